"""Rewrites the graph of a BERT-like cross-encoder so that it costs less on a CPU.

onnxruntime's transformers optimiser first brings the many shapes in which exporters write a layer
down to one: Attention, MatMul, SkipLayerNormalization, MatMul, BiasGelu, MatMul,
SkipLayerNormalization. ``read_encoder`` recognises a chain of those, ``rewrite`` writes each layer
anew. What comes before the layers (embeddings) and after them (pooler and classifier) is kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from onnx import ModelProto, NodeProto, TensorProto, helper, numpy_helper
from onnxruntime.transformers import optimizer
from onnxruntime.transformers.fusion_options import FusionOptions
from onnxruntime.transformers.onnx_model import OnnxModel

CONTRIB = "com.microsoft"
Array = NDArray[np.float32]


class NotUnderstood(Exception):
    """The graph is not a chain of BERT layers whose classifier reads the first token alone."""


@dataclass(frozen=True)
class Linear:
    weight: Array  # [input, output]
    bias: Array


@dataclass(frozen=True)
class Norm:
    scale: Array
    bias: Array
    epsilon: float


@dataclass(frozen=True)
class Layer:
    query: Linear
    key: Linear
    value: Linear
    output: Linear
    output_norm: Norm
    intermediate: Linear
    result: Linear
    result_norm: Norm


@dataclass(frozen=True)
class Encoder:
    layers: list[Layer]
    heads: int
    embeddings: str  # name of the tensor [batch, tokens, hidden] that enters the first layer
    mask: str  # name of the tensor [batch, tokens] of ones and zeros
    first_token: str  # name of the tensor [batch, hidden] that the classifier reads
    replaced: set[str]  # first outputs of the nodes that the rewritten layers stand for


class _Graph:
    """Look-ups over one graph."""

    def __init__(self, model: ModelProto) -> None:
        self.graph = model.graph
        self.producers = {name: node for node in self.graph.node for name in node.output}
        self.consumers: dict[str, list[NodeProto]] = {}
        for node in self.graph.node:
            for name in node.input:
                self.consumers.setdefault(name, []).append(node)
        self.initializers = {tensor.name: tensor for tensor in self.graph.initializer}
        self.outputs = {output.name for output in self.graph.output}

    def constant(self, name: str) -> NDArray:
        if name in self.initializers:
            return numpy_helper.to_array(self.initializers[name])
        node = self.producers.get(name)
        if node is not None and node.op_type == "Constant":
            return numpy_helper.to_array(attribute(node, "value"))
        raise NotUnderstood(f"{name or 'an input'} is not a constant")

    def only_consumer(self, name: str, operator: str) -> NodeProto:
        found = self.consumers.get(name, [])
        if len(found) != 1 or found[0].op_type != operator or name in self.outputs:
            raise NotUnderstood(
                f"{name} should be read by one {operator}, not by "
                + (", ".join(node.op_type for node in found) or "nothing")
            )
        return found[0]


def attribute(node: NodeProto, name: str, default: object = None) -> object:
    for candidate in node.attribute:
        if candidate.name == name:
            return helper.get_attribute_value(candidate)
    return default


def fuse(path: Path, heads: int, hidden: int) -> ModelProto:
    options = FusionOptions("bert")
    # Without it the mask is turned into lengths, which is wrong for a mask with holes.
    options.use_raw_attention_mask(True)
    # The embeddings stay as they are: BERT and RoBERTa number positions differently.
    options.enable_embed_layer_norm = False
    # Level 0 keeps onnxruntime's own passes out: they differ between versions and CPUs.
    fused = optimizer.optimize_model(
        str(path),
        model_type="bert",
        num_heads=heads,
        hidden_size=hidden,
        optimization_options=options,
        opt_level=0,
        use_gpu=False,
    )
    return fused.model


def read_encoder(model: ModelProto) -> Encoder:
    graph = _Graph(model)
    found = [node for node in model.graph.node if node.op_type == "Attention"]
    if not found:
        raise NotUnderstood("it has no attention layer of the BERT kind")
    embeddings, mask = found[0].input[0], found[0].input[3] if len(found[0].input) > 3 else ""
    heads = int(attribute(found[0], "num_heads"))
    current, layers, replaced = embeddings, [], set()
    for attention in found:
        if attention.input[0] != current:
            raise NotUnderstood("its layers do not follow one another")
        layer, current, names = _read_layer(graph, attention, heads, mask)
        layers.append(layer)
        replaced |= names
    gather = graph.only_consumer(current, "Gather")
    index = graph.constant(gather.input[1])
    if attribute(gather, "axis", 0) != 1 or index.ndim != 0 or int(index) != 0:
        raise NotUnderstood("its classifier reads more than the first token")
    replaced.add(gather.output[0])
    return Encoder(layers, heads, embeddings, mask, gather.output[0], replaced)


def _read_layer(
    graph: _Graph, attention: NodeProto, heads: int, mask: str
) -> tuple[Layer, str, set[str]]:
    known = {"num_heads", "mask_filter_value"}
    extra = {candidate.name for candidate in attention.attribute} - known
    inputs = list(attention.input)
    if extra or len(inputs) != 4 or inputs[3] != mask or attribute(attention, "num_heads") != heads:
        raise NotUnderstood(f"attention {attention.name} is not plain self-attention with one mask")
    entering = inputs[0]
    # Besides the attention only the residual connection may read what enters a layer.
    readers = [node.op_type for node in graph.consumers[entering]]
    if sorted(readers) != ["Attention", "SkipLayerNormalization"] or entering in graph.outputs:
        raise NotUnderstood(f"{entering} is read by {', '.join(readers)}")
    weights = np.split(graph.constant(inputs[1]), 3, axis=1)
    biases = np.split(graph.constant(inputs[2]), 3)
    query, key, value = (Linear(weight, bias) for weight, bias in zip(weights, biases))

    output = graph.only_consumer(attention.output[0], "MatMul")
    output_norm = graph.only_consumer(output.output[0], "SkipLayerNormalization")
    between = output_norm.output[0]
    readers = [node.op_type for node in graph.consumers[between]]
    if sorted(readers) != ["MatMul", "SkipLayerNormalization"] or between in graph.outputs:
        raise NotUnderstood(f"{between} is read by {', '.join(readers)}")
    intermediate = next(node for node in graph.consumers[between] if node.op_type == "MatMul")
    gelu = graph.only_consumer(intermediate.output[0], "BiasGelu")
    result = graph.only_consumer(gelu.output[0], "MatMul")
    result_norm = graph.only_consumer(result.output[0], "SkipLayerNormalization")

    layer = Layer(
        query,
        key,
        value,
        Linear(graph.constant(output.input[1]), _skip_bias(graph, output_norm, entering)),
        _norm(graph, output_norm),
        Linear(graph.constant(intermediate.input[1]), graph.constant(gelu.input[1])),
        Linear(graph.constant(result.input[1]), _skip_bias(graph, result_norm, between)),
        _norm(graph, result_norm),
    )
    chain = (attention, output, output_norm, intermediate, gelu, result, result_norm)
    return layer, result_norm.output[0], {node.output[0] for node in chain}


def _skip_bias(graph: _Graph, norm: NodeProto, skip: str) -> Array:
    if skip not in norm.input[:2] or len(norm.input) != 5 or len(norm.output) != 1:
        raise NotUnderstood(f"{norm.name} does not add the residual connection")
    return graph.constant(norm.input[4])


def _norm(graph: _Graph, node: NodeProto) -> Norm:
    scale, bias = graph.constant(node.input[2]), graph.constant(node.input[3])
    return Norm(scale, bias, float(attribute(node, "epsilon", 1e-12)))


class _Writer:
    """Appends nodes; every tensor is float unless said otherwise."""

    def __init__(self, encoder: Encoder) -> None:
        self.encoder = encoder
        self.hidden = encoder.layers[0].query.weight.shape[0]
        self.size = self.hidden // encoder.heads
        self.nodes: list[NodeProto] = []
        self.initializers: list[TensorProto] = []
        self.prefix = "encoder"

    def node(self, operator: str, inputs: list[str], domain: str = "", **attributes: object) -> str:
        name = f"{self.prefix}/{operator}_{len(self.nodes)}"
        self.nodes.append(
            helper.make_node(operator, inputs, [name], name, domain=domain, **attributes)
        )
        return name

    def constant(self, value: NDArray | list[int] | float) -> str:
        array = np.asarray(value, dtype=np.int64 if isinstance(value, list) else np.float32)
        name = f"{self.prefix}/constant_{len(self.initializers)}"
        self.initializers.append(numpy_helper.from_array(np.ascontiguousarray(array), name))
        return name

    def linear(self, source: str, linear: Linear) -> str:
        # A Gemm starts from the bias: no pass of its own over the activations.
        return self.node("Gemm", [source, self.constant(linear.weight), self.constant(linear.bias)])

    def fused_matmul(self, left: str, right: str, **attributes: int) -> str:
        return self.node("FusedMatMul", [left, right], CONTRIB, **attributes)

    def start(self) -> None:
        # Tokens first, pairs second: the matrices of one head are then slices that the
        # multiplication reads where they lie, and the first tokens are the first rows.
        swapped = self.node("Transpose", [self.encoder.embeddings], perm=[1, 0, 2])
        shape = self.node("Shape", [self.encoder.embeddings])
        self.batch = self.node("Gather", [shape, self.constant([0])], axis=0)
        tokens = self.node("Gather", [shape, self.constant([1])], axis=0)
        self.rows = self.constant([-1, self.hidden])
        # [tokens, pairs * heads, size of a head]
        self.by_head = self.node(
            "Concat", [tokens, self.constant([-1, self.size])], axis=0
        )
        # [tokens, pairs, hidden]
        self.by_pair = self.node(
            "Concat", [tokens, self.constant([-1, self.hidden])], axis=0
        )
        mask = self.node("Cast", [self.encoder.mask], to=TensorProto.FLOAT)
        hidden_tokens = self.node("Sub", [self.constant(1.0), mask])
        penalty = self.node("Mul", [hidden_tokens, self.constant(-10000.0)])
        one_row = self.node("Concat", [self.constant([-1, 1]), tokens], axis=0)
        # [pairs, 1, tokens]
        self.pair_mask = self.node("Reshape", [penalty, one_row])
        every_head = self.constant([1, self.encoder.heads, 1])
        repeated = self.node("Tile", [self.pair_mask, every_head])
        # [pairs * heads, 1, tokens]
        self.head_mask = self.node("Reshape", [repeated, one_row])
        self.entering = self.node("Reshape", [swapped, self.rows])

    def layer(self, layer: Layer, last: bool) -> None:
        if last:
            residual = self.node(
                "Slice", [self.entering, self.constant([0]), self.batch, self.constant([0])]
            )
            attended = self.attend_from_first_token(residual, layer)
        else:
            residual = self.entering
            attended = self.attend(layer)
        between = self.add_and_norm(attended, residual, layer.output, layer.output_norm)
        wide = self.node("Gelu", [self.linear(between, layer.intermediate)], CONTRIB)
        self.entering = self.add_and_norm(wide, between, layer.result, layer.result_norm)

    def scaled(self, query: Linear) -> Linear:
        scale = np.float32(1 / np.sqrt(self.size))
        return Linear(query.weight * scale, query.bias * scale)

    def attend(self, layer: Layer) -> str:
        query, key, value = (
            self.node("Reshape", [self.linear(self.entering, linear), self.by_head])
            for linear in (self.scaled(layer.query), layer.key, layer.value)
        )
        scores = self.fused_matmul(query, key, transBatchA=1, transBatchB=1, transB=1)
        masked = self.node("Add", [scores, self.head_mask])
        weights = self.node("Softmax", [masked], axis=-1)
        context = self.fused_matmul(weights, value, transBatchB=1)
        swapped = self.node("Transpose", [context], perm=[1, 0, 2])
        return self.node("Reshape", [swapped, self.rows])

    def attend_from_first_token(self, first: str, layer: Layer) -> str:
        """One query a pair: neither keys nor values of the tokens are needed.

        query . (token W_k + b_k) = (query W_k^T) . token + a term equal for all tokens, which the
        softmax removes; and the weights sum to one, so the mean of the values is
        (the mean of the tokens) W_v + b_v.
        """
        heads, size, hidden = self.encoder.heads, self.size, self.hidden
        key = layer.key.weight.T.reshape(heads, size, hidden)
        value = layer.value.weight.reshape(hidden, heads, size).transpose(1, 0, 2)
        tokens = self.node("Reshape", [self.entering, self.by_pair])
        query = self.node(
            "Reshape",
            [self.linear(first, self.scaled(layer.query)), self.constant([-1, heads, size])],
        )
        query = self.node("Transpose", [query], perm=[1, 0, 2])
        query = self.node("MatMul", [query, self.constant(key)])
        query = self.node("Transpose", [query], perm=[1, 0, 2])  # [pairs, heads, hidden]
        scores = self.fused_matmul(query, tokens, transBatchB=1, transB=1)
        masked = self.node("Add", [scores, self.pair_mask])
        weights = self.node("Softmax", [masked], axis=-1)
        mean = self.fused_matmul(weights, tokens, transBatchB=1)
        mean = self.node("Transpose", [mean], perm=[1, 0, 2])
        context = self.node("MatMul", [mean, self.constant(value)])
        context = self.node("Transpose", [context], perm=[1, 0, 2])
        context = self.node("Reshape", [context, self.rows])
        return self.node("Add", [context, self.constant(layer.value.bias)])

    def add_and_norm(self, source: str, residual: str, linear: Linear, norm: Norm) -> str:
        product = self.node("MatMul", [source, self.constant(linear.weight)])
        inputs = [product, residual, *map(self.constant, (norm.scale, norm.bias, linear.bias))]
        return self.node("SkipLayerNormalization", inputs, CONTRIB, epsilon=norm.epsilon)


def rewrite(model: ModelProto, encoder: Encoder) -> ModelProto:
    writer = _Writer(encoder)
    writer.start()
    for number, layer in enumerate(encoder.layers):
        writer.prefix = f"layer.{number}"
        writer.layer(layer, last=number == len(encoder.layers) - 1)
    # The classifier goes on reading the name it knows.
    writer.nodes[-1].output[0] = encoder.first_token

    result = ModelProto()
    result.CopyFrom(model)
    kept = [node for node in model.graph.node if node.output[0] not in encoder.replaced]
    del result.graph.node[:]
    result.graph.node.extend(kept + writer.nodes)
    result.graph.initializer.extend(writer.initializers)
    # Shapes noted for tensors that are gone would mislead onnxruntime.
    del result.graph.value_info[:]
    if CONTRIB not in {opset.domain for opset in result.opset_import}:
        result.opset_import.append(helper.make_opsetid(CONTRIB, 1))
    tidy = OnnxModel(result)
    tidy.prune_graph()
    tidy.topological_sort()
    return tidy.model
