"""Real (query, passage) pairs as the batches that the plugin would run."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Encoding, Tokenizer

QUERIES = ("vietnam war", "space travel", "detective hunting a serial killer", "romantic comedy")
BATCH_SIZE = 4
Batch = dict[str, NDArray[np.int64]]


class Workload:
    def __init__(self, tokenizer: Path, passages: list[str], limit: int, pad: int) -> None:
        self._tokenizer = Tokenizer.from_file(str(tokenizer))
        # Many tokenizer.json carry the truncation and padding of their training.
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self._tokenizer.enable_truncation(limit, strategy="only_second")
        self._limit = limit
        self._pad = pad
        self._passages = passages

    def query_pairs(self, query: str, count: int) -> list[Encoding]:
        # Spread over the whole file: collections are often sorted by popularity or date.
        step = max(1, len(self._passages) // count)
        chosen = self._passages[::step][:count]
        return self.encode([(query, passage) for passage in chosen])

    def encode(self, pairs: list[tuple[str, str]]) -> list[Encoding]:
        return self._tokenizer.encode_batch(pairs)

    def alone(self, pairs: list[Encoding]) -> list[Batch]:
        """Each in a batch of its own, in their order: what another pair is does not count."""
        return [self._batch([pair]) for pair in pairs]

    def timing_batches(self) -> list[Batch]:
        return self.batches(self._fifty())

    def checking_batches(self) -> list[Batch]:
        """Besides the usual batches: alone, very unequal lengths together, and the longest."""
        pairs = sorted(self._fifty(), key=_length)
        text = " ".join(self._passages[: self._limit])
        longest = self._tokenizer.encode_batch([(query, text) for query in QUERIES[:2]])
        unequal = [pairs[0], longest[0], pairs[len(pairs) // 2], pairs[-1]]
        return self.batches(pairs) + [
            self._batch(part) for part in (pairs[:1], unequal, longest, longest[:1])
        ]

    def batches(self, pairs: list[Encoding]) -> list[Batch]:
        """The plugin's policy: a few pairs of about the same length at a time."""
        ordered = sorted(pairs, key=_length)
        starts = range(0, len(ordered), BATCH_SIZE)
        return [self._batch(ordered[start : start + BATCH_SIZE]) for start in starts]

    def _fifty(self) -> list[Encoding]:
        return self.query_pairs(QUERIES[0], 25) + self.query_pairs(QUERIES[2], 25)

    def _batch(self, pairs: list[Encoding]) -> Batch:
        shape = (len(pairs), max(map(_length, pairs)))
        batch = {
            "input_ids": np.full(shape, self._pad, dtype=np.int64),
            "attention_mask": np.zeros(shape, dtype=np.int64),
            "token_type_ids": np.zeros(shape, dtype=np.int64),
        }
        for row, pair in enumerate(pairs):
            length = len(pair.ids)
            batch["input_ids"][row, :length] = pair.ids
            batch["attention_mask"][row, :length] = pair.attention_mask
            batch["token_type_ids"][row, :length] = pair.type_ids
        return batch


def _length(pair: Encoding) -> int:
    return len(pair.ids)
