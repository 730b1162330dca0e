"""Writes attention between tokens in the form that is fastest for the length of the pair.

Rows have the shape [tokens * pairs, hidden]: the first token of each pair, then the second token of
each pair, and so on. In this order, the matrices of one head are slices that the multiplication
reads without a copy, and the first tokens are the first rows.
"""

from __future__ import annotations

import numpy as np
from onnx import ModelProto, TensorProto, helper, numpy_helper

from bert_encoder import CONTRIB, MASK, Linear, Pooled
from graph_writer import GraphWriter, replaced

IDS = "input_ids"
MASKED = -10000.0  # added to a masked score: its weight after the softmax is 0
# Least number of tokens of a pair at which fused attention, which does not write the scores to
# memory, is used. CPU time of int8 with fused attention relative to unfused attention: 1.05, 1.04,
# 0.97 and 0.85 at 140, 200, 260 and 512 tokens for 12 heads of size 32, and 1.04, 1.01 and 1.01 at
# 140, 200 and 260 tokens for 4 heads of size 64.
LONG = 256


class AttentionWriter(GraphWriter):
    """Writes a graph for batches with padding, or for one pair per run without padding."""

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
            # Shapes [tokens, pairs * heads, size of a head] and [tokens, pairs, hidden].
            self.by_head = self.constant([-1, heads, self.size])
            self.by_pair = self.constant([-1, 1, hidden])
        else:
            self.pairs = self.node("Gather", [shape, self.constant([0])], axis=0)
            many = self.node("Mul", [self.pairs, self.constant([heads])])
            any_ = self.constant([-1])
            self.by_head = self.node("Concat", [any_, many, self.constant([self.size])], axis=0)
            self.by_pair = self.node("Concat", [any_, self.pairs, self.constant([hidden])], axis=0)
            self._write_masks()
        self.long = self.has_at_least(LONG)

    def _write_masks(self) -> None:
        mask = self.node("Cast", [MASK], to=TensorProto.FLOAT)
        padding = self.node("Sub", [self.constant(1.0), mask])
        penalty = self.node("Mul", [padding, self.constant(MASKED)])
        one_row = self.node("Concat", [self.constant([-1, 1]), self.tokens], axis=0)
        self.pair_mask = self.node("Reshape", [penalty, one_row])
        repeated = self.node("Tile", [self.pair_mask, self.constant([1, self.heads, 1])])
        self.head_mask = self.node("Reshape", [repeated, one_row])
        one = self.node("Equal", [self.pairs, self.constant([1])])
        most = self.node("ReduceMax", [padding], keepdims=0)
        self._alone = self.node("And", [one, self.node("Less", [most, self.constant(0.5)])])

    def has_at_least(self, least: int) -> str:
        """Returns whether the batch is one pair, without padding, with at least this many tokens."""
        long = self.node("Greater", [self.tokens, self.constant([least - 1])])
        if not self.one_pair:
            long = self.node("And", [long, self._alone])
        return self.node("Squeeze", [long])

    def enter(self, states: str) -> str:
        """Converts hidden states [pairs, tokens, hidden] to rows [tokens * pairs, hidden]."""
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
        """Computes attention of each token to all tokens of its pair. The query is scaled."""
        return self.choose(
            self.long,
            lambda: [self._attend_fused(query, key, value)],
            lambda: [self._attend_unfused(query, key, value, self.head_mask)],
        )[0]

    def _attend_unfused(self, query: str, key: str, value: str, mask: str | None) -> str:
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

    def _attend_fused(self, query: str, key: str, value: str) -> str:
        """Computes attention of one pair without a mask.

        onnxruntime then computes the scores block by block, so that they stay in the CPU cache.
        """
        shape = self.constant([1, -1, self.hidden])
        states = [self.node("Reshape", [rows, shape]) for rows in (query, key, value)]
        context = self.node("MultiHeadAttention", states, CONTRIB, num_heads=self.heads, scale=1.0)
        return self.node("Reshape", [context, self.rows])

    def mean_value(self, scores: str, mask: str | None, tokens: str, value: Linear) -> str:
        """Computes the attention output of the first tokens from scores [pairs, heads, tokens].

        The attention weights sum to 1, so the weighted mean of the values is
        (the weighted mean of the tokens) W_v + b_v.
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
        """Returns the model with these rows as the input of its head."""
        self.prefix = "states"
        if not pooled.first_token:
            self.leave(rows)
        model = replaced(model, self, pooled.name, hidden - {pooled.name})
        return of_one_pair(model) if self.one_pair else model


def of_one_pair(model: ModelProto) -> ModelProto:
    """Declares inputs [1, tokens] without a mask. Nodes that still read the mask read ones."""
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
