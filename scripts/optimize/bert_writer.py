"""Writes the layers of a BERT-like cross-encoder anew, so that they cost less on a CPU.

What comes before them (embeddings) and after them (pooler and classifier) is kept.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from onnx import ModelProto, NodeProto, TensorProto, helper, numpy_helper
from onnxruntime.transformers.onnx_model import OnnxModel

from bert_encoder import CONTRIB, MASK, Encoder, Layer, Linear, Norm, NotUnderstood


class _Writer:
    """Appends nodes; every tensor is float unless said otherwise."""

    def __init__(self, encoder: Encoder) -> None:
        self.encoder = encoder
        self.hidden = encoder.layers[0].query.weight.shape[0]
        self.size = self.hidden // encoder.heads
        self.nodes: list[NodeProto] = []
        self.initializers: list[TensorProto] = []
        self.prefix = "encoder"

    def node(self, operator: str, inputs: list[str], domain: str = "", **attributes: Any) -> str:
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
        self.by_head = self.node("Concat", [tokens, self.constant([-1, self.size])], axis=0)
        # [tokens, pairs, hidden]
        self.by_pair = self.node("Concat", [tokens, self.constant([-1, self.hidden])], axis=0)
        mask = self.node("Cast", [MASK], to=TensorProto.FLOAT)
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

    def attend(self, layer: Layer) -> str:
        query, key, value = (
            self.node("Reshape", [self.linear(self.entering, linear), self.by_head])
            for linear in (layer.query, layer.key, layer.value)
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
        by_head = self.constant([-1, heads, size])
        query = self.node("Reshape", [self.linear(first, layer.query), by_head])
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
    kept = [node for node in model.graph.node if encoder.first_token not in node.output]
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
    # Right all the same, but what still reads the old layers would have them computed as well.
    remaining = {name for node in tidy.model.graph.node for name in node.input}
    if remaining & encoder.hidden:
        raise NotUnderstood("it reads more of its layers than the first token of the last")
    return tidy.model
