"""Real (query, passage) pairs as the batches that the plugin would run."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Encoding, Tokenizer

QUERIES = ("vietnam war", "space travel", "detective hunting a serial killer", "romantic comedy")
CELLS = 256  # tokens of a batch, padding included, as the plugin has them
# Lengths at which the code differs: one token, the windows of local layers, long pairs, the usual limit.
LENGTHS = (1, 2, 16, 64, 65, 66, 127, 128, 129, 200, 255, 256, 300, 511, 512, 1000)
Batch = dict[str, NDArray[np.int64]]


class Workload:
    def __init__(self, tokenizer: Path, passages: list[str], limit: int, pad: int) -> None:
        self._tokenizer = Tokenizer.from_file(str(tokenizer))
        # Many tokenizer.json files contain the truncation and padding of the training.
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

    def fifty(self) -> list[Encoding]:
        return self.query_pairs(QUERIES[0], 25) + self.query_pairs(QUERIES[2], 25)

    def of_length(self, tokens: int, count: int) -> list[Encoding]:
        """Pairs of so many tokens, or as many as the model reads."""
        texts = (" ".join(self._passages[place : place + tokens]) for place in range(count))
        pairs = self._tokenizer.encode_batch([(QUERIES[0], text) for text in texts])
        for pair in pairs:
            pair.truncate(min(tokens, self._limit))
        return pairs

    def checking(self) -> tuple[list[Batch], list[Batch]]:
        """Pairs that are alone, and batches with padding: usual, and very unequal."""
        pairs = sorted(self.fifty(), key=_length)
        lengths = [tokens for tokens in LENGTHS if tokens <= self._limit] or [self._limit]
        edges = [self.of_length(tokens, 1)[0] for tokens in lengths]
        unequal = [[pairs[0], edges[-1], pairs[len(pairs) // 2], edges[0]], [pairs[-1], edges[-1]]]
        return self.alone(pairs + edges), self.batches(pairs) + [*map(self._batch, unequal)]

    def batches(self, pairs: list[Encoding]) -> list[Batch]:
        """The plugin's policy: a few pairs of about the same length at a time."""
        ordered = sorted(pairs, key=_length, reverse=True)
        found = []
        while ordered:
            size = max(1, CELLS // _length(ordered[0]))
            found.append(self._batch(ordered[:size]))
            ordered = ordered[size:]
        return found

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
