"""Writes local attention: in blocks for a long pair, with a band mask for a short pair."""

from __future__ import annotations

import numpy as np
from onnx import TensorProto

from attention import MASKED, AttentionWriter

# A block has as many tokens as the window on one side, and at least this many. For a window of 64,
# blocks of 32 and 128 tokens cost 2 and 4 % more than blocks of 64. Below 256 tokens, blocks are
# not faster.
LEAST_BLOCK = 32


class LocalAttentionWriter(AttentionWriter):
    def prepare(self, window: int) -> None:
        """Writes the mask and the indices that all layers with this window share."""
        self.window = window
        self.block = max(window, LEAST_BLOCK)
        self.around = self.block + 2 * window  # tokens that the tokens of a block can attend to
        self.blocked = self.has_at_least(self.around + self.block)
        integers = (TensorProto.FLOAT, TensorProto.INT64, TensorProto.INT64)
        self.band, self.queries, self.seen = self.choose(
            self.blocked, self._block_mask, self._band_mask, integers
        )

    def attend_locally(self, query: str, key: str, value: str) -> str:
        """Computes attention of each token to the tokens of its pair in the window."""
        return self.choose(
            self.blocked,
            lambda: [self._in_blocks(query, key, value)],
            lambda: [self._attend_unfused(query, key, value, self.band)],
        )[0]

    def near_first(self, rows: str) -> tuple[str, str | None]:
        """Returns the rows that the first tokens can attend to, and their part of the mask."""
        start, end = self.constant([0]), self.constant([self.window + 1])
        seen = self.node("Mul", [self.pairs, end])
        near = self.first_rows(rows, seen)
        if self.pair_mask is None:
            return near, None
        return near, self.node("Slice", [self.pair_mask, start, end, self.constant([2])])

    def _band_mask(self) -> list[str]:
        """Returns the band mask [1 or pairs * heads, tokens, tokens], and unused indices."""
        square = self.node("Concat", [self.tokens, self.tokens], axis=0)
        all_ = self.node("Expand", [self.constant(MASKED), square])
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

    def _block_mask(self) -> list[str]:
        """Returns the mask [blocks, 1, block, around] and the indices of queries and of keys.

        The indices list the first token of each block, then the second token of each block, and so
        on, because the matrices of one head are slices in this order, too.
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
        outside = self._penalty(self.node("Or", [before, behind]))
        outside = self.node("Transpose", [outside], perm=[1, 0])
        outside = self.node("Reshape", [outside, self.constant([-1, 1, 1, self.around])])
        far = np.abs(own[:, None] - seen) > self.window
        mask = self.node("Add", [outside, self.constant(np.where(far, MASKED, 0.0))])
        return [mask, self._clamped(queries), self._clamped(keys)]

    def _clamped(self, places: str) -> str:
        """Clamps indices to the tokens of the pair. The tokens outside are masked."""
        last = self.node("Sub", [self.tokens, self.constant([1])])
        places = self.node("Max", [self.node("Min", [places, last]), self.constant([0])])
        return self.node("Reshape", [places, self.constant([-1])])

    def _range(self, count: str) -> str:
        zero, one = (self.constant(np.array(number)) for number in (0, 1))
        return self.node("Range", [zero, self.node("Squeeze", [count]), one])

    def _penalty(self, condition: str) -> str:
        numbers = self.node("Cast", [condition], to=TensorProto.FLOAT)
        return self.node("Mul", [numbers, self.constant(MASKED)])

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
