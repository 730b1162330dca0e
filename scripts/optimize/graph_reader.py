"""Reads a graph from a tensor backward to the tensors from which it is computed."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from onnx import ModelProto, NodeProto, helper, numpy_helper
from onnxruntime.transformers import optimizer
from onnxruntime.transformers.fusion_options import FusionOptions

from bert_encoder import Array, Linear, NotUnderstood, Pooled

NORMS = ("LayerNormalization", "SkipLayerNormalization")


def attribute(node: NodeProto, name: str, default: Any = None) -> Any:
    for candidate in node.attribute:
        if candidate.name == name:
            return helper.get_attribute_value(candidate)
    return default


def fuse(path: Path, residuals: bool = True) -> ModelProto:
    """Fuses layer norms and GELUs, which exporters write in many ways, and optionally residuals."""
    options = FusionOptions("bert")
    # onnxruntime does not know all exported forms of attention, and the readers do not need it.
    options.enable_attention = False
    # The embeddings stay as they are: BERT and RoBERTa number positions differently.
    options.enable_embed_layer_norm = False
    # onnxruntime would use the same table for all layers of a ModernBERT, which has two tables.
    options.enable_rotary_embeddings = False
    options.enable_skip_layer_norm = residuals
    options.enable_bias_skip_layer_norm = residuals
    # Level 0 disables onnxruntime's own passes, which differ between versions and processors.
    with contextlib.redirect_stdout(io.StringIO()):  # it prints failed fusions
        fused = optimizer.optimize_model(
            str(path), model_type="bert", optimization_options=options, opt_level=0, use_gpu=False
        )
    return fused.model


class GraphReader:
    def __init__(self, model: ModelProto) -> None:
        self.nodes = model.graph.node
        self.producers = {name: node for node in model.graph.node for name in node.output}
        self.initializers = {tensor.name: tensor for tensor in model.graph.initializer}

    def pooled(self, name: str) -> Pooled:
        """Returns the states that the head reads: those of the first tokens, or all states."""
        readers = [node for node in self.nodes if name in node.input and node.op_type != "Shape"]
        if len(readers) == 1 and readers[0].op_type == "Gather":
            index = self.constant(readers[0].input[1])
            first = index is not None and index.ndim == 0 and index == 0
            if first and attribute(readers[0], "axis", 0) == 1:
                return Pooled(readers[0].output[0], True)
        return Pooled(name, False)

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
        """Returns the terms of a sum, also of nested additions."""
        found = []
        for name in names:
            node = self.producers.get(name)
            found += self.terms(node.input) if node and node.op_type == "Add" else [name]
        return found

    def through(self, name: str, *operators: str) -> str:
        """Goes backward through the given operators, which only move values or replace NaN."""
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
        return node is not None and node.op_type in NORMS

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
