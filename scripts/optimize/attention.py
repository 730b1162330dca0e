"""Attention between tokens, in the fastest form for the length.

Rows are [tokens * pairs, hidden], tokens first, pairs second: the matrices of one head are then
slices that the multiplication reads where they lie, and the first tokens are the first rows.
"""

from __future__ import annotations

import numpy as np
from onnx import ModelProto, TensorProto, helper, numpy_helper

from bert_encoder import CONTRIB, MASK, Linear, Pooled
from graph_writer import GraphWriter, replaced

IDS = "input_ids"
HIDDEN = -10000.0  # added to a score, it leaves nothing of it
# From so many tokens on, the scores of a pair are better not written to memory. CPU time of int8
# relative to writing them, at 140, 200, 260 and 512 tokens: 1.05, 1.04, 0.97, 0.85 for 12 heads of
# 32, and 1.04, 1.01, 1.01 for 4 heads of 64 at the first three.
LONG = 256


class AttentionWriter(GraphWriter):
    """Of a graph that runs batches with padding, or one pair at a time without."""

    def __init__(self, hidden: int, heads: int, one_pair: bool) -> None:
        super().__init__()
        self.hidden, self.heads, self.one_pair = hidden, heads, one_pair
        self.size = hidden // heads
        self.rows = self.constant([-1, hidden])
        shape = self.node("Shape", [IDS])
        self.tokens = self.node("Gather", [shape, self.constant([1])], axis=0)
        self.pair_mask: str | None = None  # [pairs, 1, tokens]
        self.head_mask: str | None = None  # [pairs * heads, 1, tokens]
        if one_pair:
            self.pairs = self.constant([1])
            # [tokens, pairs * heads, size of a head] and [tokens, pairs, hidden]
            self.by_head = self.constant([-1, heads, self.size])
            self.by_pair = self.constant([-1, 1, hidden])
        else:
            self.pairs = self.node("Gather", [shape, self.constant([0])], axis=0)
            many = self.node("Mul", [self.pairs, self.constant([heads])])
            any_ = self.constant([-1])
            self.by_head = self.node("Concat", [any_, many, self.constant([self.size])], axis=0)
            self.by_pair = self.node("Concat", [any_, self.pairs, self.constant([hidden])], axis=0)
            self._write_masks()
        self.long = self.from_tokens(LONG)

    def _write_masks(self) -> None:
        mask = self.node("Cast", [MASK], to=TensorProto.FLOAT)
        padding = self.node("Sub", [self.constant(1.0), mask])
        penalty = self.node("Mul", [padding, self.constant(HIDDEN)])
        one_row = self.node("Concat", [self.constant([-1, 1]), self.tokens], axis=0)
        self.pair_mask = self.node("Reshape", [penalty, one_row])
        repeated = self.node("Tile", [self.pair_mask, self.constant([1, self.heads, 1])])
        self.head_mask = self.node("Reshape", [repeated, one_row])
        one = self.node("Equal", [self.pairs, self.constant([1])])
        most = self.node("ReduceMax", [padding], keepdims=0)
        self._alone = self.node("And", [one, self.node("Less", [most, self.constant(0.5)])])

    def from_tokens(self, least: int) -> str:
        """Whether there is one pair, without padding, of so many tokens."""
        long = self.node("Greater", [self.tokens, self.constant([least - 1])])
        if not self.one_pair:
            long = self.node("And", [long, self._alone])
        return self.node("Squeeze", [long])

    def enter(self, states: str) -> str:
        """The rows of states [pairs, tokens, hidden]."""
        if not self.one_pair:
            states = self.node("Transpose", [states], perm=[1, 0, 2])
        return self.node("Reshape", [states, self.rows])

    def leave(self, rows: str) -> str:
        states = self.node("Reshape", [rows, self.by_pair])
        return self.node("Transpose", [states], perm=[1, 0, 2])

    def first_rows(self, rows: str, count: str) -> str:
        start = self.constant([0])
        return self.node("Slice", [rows, start, count, start])

    def attend(self, query: str, key: str, value: str) -> str:
        """Each token to all of its pair; the scale is in the query."""
        return self.choose(
            self.long,
            lambda: [self._unwritten(query, key, value)],
            lambda: [self._written(query, key, value, self.head_mask)],
        )[0]

    def _written(self, query: str, key: str, value: str, mask: str | None) -> str:
        query, key, value = (
            self.node("Reshape", [rows, self.by_head]) for rows in (query, key, value)
        )
        scores = self.fused_matmul(query, key, transBatchA=1, transBatchB=1, transB=1)
        if mask:
            scores = self.node("Add", [scores, mask])
        weights = self.node("Softmax", [scores], axis=-1)
        context = self.fused_matmul(weights, value, transBatchB=1)
        swapped = self.node("Transpose", [context], perm=[1, 0, 2])
        return self.node("Reshape", [swapped, self.rows])

    def _unwritten(self, query: str, key: str, value: str) -> str:
        """Of one pair; without a mask onnxruntime computes block by block, in the cache."""
        shape = self.constant([1, -1, self.hidden])
        states = [self.node("Reshape", [rows, shape]) for rows in (query, key, value)]
        context = self.node("MultiHeadAttention", states, CONTRIB, num_heads=self.heads, scale=1.0)
        return self.node("Reshape", [context, self.rows])

    def mean_value(self, scores: str, mask: str | None, tokens: str, value: Linear) -> str:
        """What the first tokens attend to, from scores [pairs, heads, tokens].

        The weights sum to one, so the mean of the values is (the mean of the tokens) W_v + b_v.
        """
        heads, size, hidden = self.heads, self.size, self.hidden
        if mask:
            scores = self.node("Add", [scores, mask])
        weights = self.node("Softmax", [scores], axis=-1)
        mean = self.fused_matmul(weights, tokens, transBatchB=1)
        mean = self.node("Transpose", [mean], perm=[1, 0, 2])
        by_head = value.weight.reshape(hidden, heads, size).transpose(1, 0, 2)
        context = self.node("MatMul", [mean, self.constant(by_head)])
        context = self.node("Transpose", [context], perm=[1, 0, 2])
        context = self.node("Reshape", [context, self.rows])
        return self.node("Add", [context, self.constant(value.bias)]) if value.bias.any() else context

    def finish(self, model: ModelProto, rows: str, pooled: Pooled, hidden: set[str]) -> ModelProto:
        """The model with these rows in place of what its head read."""
        self.prefix = "states"
        if not pooled.first_token:
            self.leave(rows)
        model = replaced(model, self, pooled.name, hidden - {pooled.name})
        return of_one_pair(model) if self.one_pair else model


def of_one_pair(model: ModelProto) -> ModelProto:
    """Declares inputs of [1, tokens] without a mask: what still reads it, sees ones."""
    inputs = [tensor for tensor in model.graph.input if tensor.name != MASK]
    del model.graph.input[:]
    model.graph.input.extend(inputs)
    for tensor in model.graph.input:
        tensor.type.tensor_type.shape.dim[0].dim_value = 1
    shape = helper.make_node("Shape", [IDS], ["one_pair/shape"])
    one = numpy_helper.from_array(np.array([1], np.int64))
    mask = helper.make_node("ConstantOfShape", ["one_pair/shape"], [MASK], value=one)
    if any(MASK in node.input for node in model.graph.node):
        model.graph.node.insert(0, shape)
        model.graph.node.insert(1, mask)
    return model
