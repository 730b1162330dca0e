"""Attention of the tokens around: blocks of a long pair, a band of a short one."""

from __future__ import annotations

import numpy as np
from onnx import TensorProto

from attention import HIDDEN, AttentionWriter

# Tokens of a block are as many as it sees to a side, and not fewer: blocks of 32 and of 128 cost 2
# and 4 % more than those of 64 for a window of 64, and blocks do not pay below 256 tokens.
LEAST_BLOCK = 32


class LocalAttentionWriter(AttentionWriter):
    def prepare(self, window: int) -> None:
        """Writes what all layers of this window share."""
        self.window = window
        self.block = max(window, LEAST_BLOCK)
        self.around = self.block + 2 * window  # tokens that those of a block may see
        self.blocked = self.from_tokens(self.around + self.block)
        integers = (TensorProto.FLOAT, TensorProto.INT64, TensorProto.INT64)
        self.band, self.queries, self.seen = self.choose(
            self.blocked, self._blocks, self._whole, integers
        )

    def attend_locally(self, query: str, key: str, value: str) -> str:
        """Each token to those of its pair that are near."""
        return self.choose(
            self.blocked,
            lambda: [self._in_blocks(query, key, value)],
            lambda: [self._written(query, key, value, self.band)],
        )[0]

    def near_first(self, rows: str) -> tuple[str, str | None]:
        """The rows that the first tokens see, and their part of the mask."""
        start, end = self.constant([0]), self.constant([self.window + 1])
        seen = self.node("Mul", [self.pairs, end])
        near = self.first_rows(rows, seen)
        if self.pair_mask is None:
            return near, None
        return near, self.node("Slice", [self.pair_mask, start, end, self.constant([2])])

    def _whole(self) -> list[str]:
        """Its mask [1 or pairs * heads, tokens, tokens], and no places."""
        square = self.node("Concat", [self.tokens, self.tokens], axis=0)
        all_ = self.node("Expand", [self.constant(HIDDEN), square])
        reach = self.window + 1
        after = self.node("Trilu", [all_, self.constant(np.array(reach))], upper=1)
        before = self.node("Trilu", [all_, self.constant(np.array(-reach))], upper=0)
        band = self.node("Add", [before, after])
        band = (
            self.node("Add", [band, self.head_mask])
            if self.head_mask
            else self.node("Unsqueeze", [band, self.constant([0])])
        )
        none = self.constant([0])
        return [band, self.node("Identity", [none]), self.node("Identity", [none])]

    def _blocks(self) -> list[str]:
        """Their mask [blocks, 1, block, around], and the places of queries and of what they see.

        The first of a block, then the second of each: heads are slices in this order, too.
        """
        count = self.node("Add", [self.tokens, self.constant([self.block - 1])])
        count = self.node("Div", [count, self.constant([self.block])])
        starts = self.node("Mul", [self._range(count), self.constant([self.block])])
        own = np.arange(self.block)
        seen = np.arange(-self.window, self.block + self.window)
        queries = self.node("Add", [self.constant(own[:, None]), starts])
        keys = self.node("Add", [self.constant(seen[:, None]), starts])
        before = self.node("Less", [keys, self.constant([0])])
        behind = self.node("GreaterOrEqual", [keys, self.tokens])
        outside = self._hidden(self.node("Or", [before, behind]))
        outside = self.node("Transpose", [outside], perm=[1, 0])
        outside = self.node("Reshape", [outside, self.constant([-1, 1, 1, self.around])])
        far = np.abs(own[:, None] - seen) > self.window
        mask = self.node("Add", [outside, self.constant(np.where(far, HIDDEN, 0.0))])
        return [mask, self._within(queries), self._within(keys)]

    def _within(self, places: str) -> str:
        """What is outside is masked, and reads some token of the pair."""
        last = self.node("Sub", [self.tokens, self.constant([1])])
        places = self.node("Max", [self.node("Min", [places, last]), self.constant([0])])
        return self.node("Reshape", [places, self.constant([-1])])

    def _range(self, count: str) -> str:
        zero, one = (self.constant(np.array(number)) for number in (0, 1))
        return self.node("Range", [zero, self.node("Squeeze", [count]), one])

    def _hidden(self, condition: str) -> str:
        numbers = self.node("Cast", [condition], to=TensorProto.FLOAT)
        return self.node("Mul", [numbers, self.constant(HIDDEN)])

    def _in_blocks(self, query: str, key: str, value: str) -> str:
        heads, size = self.heads, self.size
        own, seen = self.constant([self.block, -1, size]), self.constant([self.around, -1, size])
        query = self.node("Reshape", [self.node("Gather", [query, self.queries]), own])
        key, value = (
            self.node("Reshape", [self.node("Gather", [rows, self.seen]), seen]) for rows in (key, value)
        )
        # [blocks * heads, block, around]
        scores = self.fused_matmul(query, key, transBatchA=1, transBatchB=1, transB=1)
        by_block = self.constant([-1, heads, self.block, self.around])
        scores = self.node("Add", [self.node("Reshape", [scores, by_block]), self.band])
        weights = self.node("Softmax", [scores], axis=-1)
        weights = self.node("Reshape", [weights, self.constant([-1, self.block, self.around])])
        context = self.fused_matmul(weights, value, transBatchB=1)
        by_block = self.constant([-1, heads, self.block, size])
        context = self.node("Reshape", [context, by_block])
        context = self.node("Transpose", [context], perm=[0, 2, 1, 3])
        context = self.node("Reshape", [context, self.rows])
        return self.first_rows(context, self.tokens)
