"""Finds the weights of each layer of a BERT-like cross-encoder in its graph.

onnxruntime's transformers optimiser first fuses layer norms and GELUs, which exporters write in
many ways; ``read_encoder`` then walks from the classifier back to the embeddings.
"""

from __future__ import annotations

import contextlib
import io
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from onnx import ModelProto, NodeProto, TensorProto, helper, numpy_helper
from onnxruntime.transformers import optimizer
from onnxruntime.transformers.fusion_options import FusionOptions

from bert_encoder import MASK, Array, Encoder, Layer, Linear, Norm, NotUnderstood


def attribute(node: NodeProto, name: str, default: Any = None) -> Any:
    for candidate in node.attribute:
        if candidate.name == name:
            return helper.get_attribute_value(candidate)
    return default


def fuse(path: Path) -> ModelProto:
    options = FusionOptions("bert")
    # Exporters write attention in more ways than it knows, and the reader below needs none of it.
    options.enable_attention = False
    # The embeddings stay as they are: BERT and RoBERTa number positions differently.
    options.enable_embed_layer_norm = False
    # Level 0 keeps onnxruntime's own passes out: they differ between versions and processors.
    with contextlib.redirect_stdout(io.StringIO()):  # it prints what it tries in vain
        fused = optimizer.optimize_model(
            str(path), model_type="bert", optimization_options=options, opt_level=0, use_gpu=False
        )
    return fused.model


def read_encoder(model: ModelProto, heads: int, layers: int) -> Encoder:
    """Walks from the classifier back to the embeddings.

    It looks at which weights meet which tensors, not at every transposition on the way: the
    comparison of logits that follows finds what it takes wrongly.
    """
    if MASK not in {tensor.name for tensor in model.graph.input}:
        raise NotUnderstood(f"it has no input {MASK}")
    if any(tensor.type.tensor_type.elem_type != TensorProto.INT64 for tensor in model.graph.input):
        raise NotUnderstood("its inputs are not all int64")
    reader = _Reader(model)
    found = [node for node in model.graph.node if reader.takes_first_token(node)]
    if len(found) != 1:
        raise NotUnderstood(f"its first token is taken from {len(found)} normalised tensors, not 1")
    current, hidden = found[0].input[0], set()
    read: list[Layer] = []
    for _ in range(layers):
        hidden.add(current)
        layer, current = reader.layer(current)
        read.insert(0, layer)
    if read[0].query.weight.shape[0] % heads:
        raise NotUnderstood(f"its width is not a multiple of its {heads} heads")
    return Encoder(read, heads, current, hidden, found[0].output[0])


class _Reader:
    def __init__(self, model: ModelProto) -> None:
        self.producers = {name: node for node in model.graph.node for name in node.output}
        self.initializers = {tensor.name: tensor for tensor in model.graph.initializer}

    def takes_first_token(self, node: NodeProto) -> bool:
        if node.op_type != "Gather" or attribute(node, "axis", 0) != 1:
            return False
        index = self.constant(node.input[1])
        return index is not None and index.ndim == 0 and index == 0 and self.is_norm(node.input[0])

    def layer(self, name: str) -> tuple[Layer, str]:
        result, between, result_norm, wide = self.residual_block(name)
        intermediate, source = self.before_gelu(wide)
        if source != between:
            raise NotUnderstood(f"{name} is not the end of a feed-forward block")
        output, entering, output_norm, context = self.residual_block(between)
        query, key, value = self.attention(context, entering)
        layer = Layer(query, key, value, output, output_norm, intermediate, result, result_norm)
        return layer, entering

    def residual_block(self, name: str) -> tuple[Linear, str, Norm, str]:
        """Reads norm(residual + source W + b) as (W, b), residual, norm, source."""
        if not self.is_norm(name):
            raise NotUnderstood(f"{name} is not the end of a layer")
        node = self.producers[name]
        skip = node.op_type == "SkipLayerNormalization"
        scale, bias = map(self.weights, node.input[2:4] if skip else node.input[1:3])
        terms = self.terms([*node.input[:2], *node.input[4:]] if skip else node.input[:1])
        products = [term for term in terms if self.is_product(term)]
        constants = [term for term in terms if self.constant(term) is not None]
        others = [term for term in terms if term not in products + constants]
        if len(products) != 1 or len(others) != 1:
            raise NotUnderstood(f"{name} is not the norm of one product and one residual")
        linear, source = self.linear(products + constants)
        return linear, others[0], Norm(scale, bias, float(attribute(node, "epsilon", 1e-5))), source

    def before_gelu(self, name: str) -> tuple[Linear, str]:
        node = self.producer(name, "BiasGelu", "Gelu")
        if attribute(node, "approximate", b"none") != b"none":
            raise NotUnderstood(f"{name} is not the exact GELU")
        return self.linear(self.terms(node.input))

    def attention(self, context: str, entering: str) -> list[Linear]:
        product = self.producer(self.through(context, "Reshape", "Transpose"), "MatMul")
        # Some exporters replace the NaN of a row without tokens.
        weights = self.through(product.input[0], "Where")
        scores, factor = self.scores(self.producer(weights, "Softmax").input[0])
        query, key = (self.head(name, entering) for name in scores.input)
        return [query.times(factor), key, self.head(product.input[1], entering)]

    def scores(self, name: str) -> tuple[NodeProto, float]:
        """Finds the product of queries and keys beneath scaling and masking."""
        node = self.producer(name, "MatMul", "Mul", "Div", "Add", "Where")
        if node.op_type == "MatMul":
            return node, 1.0
        rest, factor = self.scaling(node)
        if factor is not None:
            product, inner = self.scores(rest)
            return product, inner * factor
        for candidate in node.input:
            try:
                return self.scores(candidate)
            except NotUnderstood:
                continue
        raise NotUnderstood(f"{name} is not a product of queries and keys")

    def head(self, name: str, entering: str) -> Linear:
        factor = 1.0
        node = self.producer(name, "Reshape", "Transpose", "Mul", "Div", "Add", "MatMul")
        while node.op_type not in ("Add", "MatMul"):
            name, scale = self.scaling(node)
            factor *= 1.0 if scale is None else scale
            node = self.producer(name, "Reshape", "Transpose", "Mul", "Div", "Add", "MatMul")
        linear, source = self.linear(self.terms([node.output[0]]))
        if source != entering:
            raise NotUnderstood(f"{name} is not computed from what enters its layer")
        return linear.times(factor)

    def scaling(self, node: NodeProto) -> tuple[str, float | None]:
        """The input that a node scales, and by what; no factor if it does not scale."""
        if node.op_type in ("Mul", "Div"):
            for name, other in (node.input, reversed(node.input)):
                value = self.constant(other)
                if value is not None and value.size == 1:
                    factor = float(value.item())
                    return name, factor if node.op_type == "Mul" else 1 / factor
            raise NotUnderstood(f"{node.output[0]} is scaled by something that is not a constant")
        return node.input[0], None

    def linear(self, terms: list[str]) -> tuple[Linear, str]:
        biases = [bias for bias in map(self.constant, terms) if bias is not None]
        products = [term for term in terms if self.is_product(term)]
        if len(products) != 1 or len(biases) > 1 or len(terms) != 1 + len(biases):
            raise NotUnderstood(f"{terms[0]} is not a linear layer")
        node = self.producers[products[0]]
        weight = self.weights(node.input[1])
        bias = biases[0].reshape(-1) if biases else np.zeros(weight.shape[1], np.float32)
        return Linear(weight, bias), node.input[0]

    def terms(self, names: Iterable[str]) -> list[str]:
        """The terms of a sum, however its additions are nested."""
        found = []
        for name in names:
            node = self.producers.get(name)
            found += self.terms(node.input) if node and node.op_type == "Add" else [name]
        return found

    def through(self, name: str, *operators: str) -> str:
        """Goes back over the given operators, which only move values or replace NaN."""
        node = self.producers.get(name)
        while node is not None and node.op_type in operators:
            name = node.input[2] if node.op_type == "Where" else node.input[0]
            node = self.producers.get(name)
        return name

    def producer(self, name: str, *operators: str) -> NodeProto:
        node = self.producers.get(name)
        if node is None or node.op_type not in operators:
            found = node.op_type if node else "an input"
            raise NotUnderstood(f"{name} comes from {found}, not from {' or '.join(operators)}")
        return node

    def is_norm(self, name: str) -> bool:
        node = self.producers.get(name)
        return node is not None and node.op_type in ("LayerNormalization", "SkipLayerNormalization")

    def is_product(self, name: str) -> bool:
        node = self.producers.get(name)
        return (
            node is not None
            and node.op_type == "MatMul"
            and self.constant(node.input[1]) is not None
        )

    def weights(self, name: str) -> Array:
        value = self.constant(name)
        if value is None or value.dtype != np.float32:
            raise NotUnderstood(f"{name} is not a constant of 32-bit floats")
        return value

    def constant(self, name: str) -> NDArray | None:
        node = self.producers.get(name)
        while node is not None and node.op_type == "Identity":
            name = node.input[0]
            node = self.producers.get(name)
        if name in self.initializers:
            return numpy_helper.to_array(self.initializers[name])
        if node is not None and node.op_type == "Constant":
            return numpy_helper.to_array(attribute(node, "value"))
        return None
