"""Makes batches of real (query, passage) pairs, as the plugin would run them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Encoding, Tokenizer

QUERIES = ("vietnam war", "space travel", "detective hunting a serial killer", "romantic comedy")
BATCH_TOKENS = 256  # tokens of a batch including padding, as in the plugin
# Lengths near which the graph behaves differently: one token, the windows of local layers, long
# pairs, and the usual maximum length.
LENGTHS = (1, 2, 16, 64, 65, 66, 127, 128, 129, 200, 255, 256, 300, 511, 512, 1000)
Batch = dict[str, NDArray[np.int64]]


class Workload:
    def __init__(self, tokenizer: Path, passages: list[str], limit: int, pad: int) -> None:
        self._tokenizer = Tokenizer.from_file(str(tokenizer))
        # Many tokenizer.json files contain the truncation and padding used for training.
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self._tokenizer.enable_truncation(limit, strategy="only_second")
        self._limit = limit
        self._pad = pad
        self._passages = passages

    def query_pairs(self, query: str, count: int) -> list[Encoding]:
        # Passages are spread over the file, because files are often sorted by popularity or date.
        step = max(1, len(self._passages) // count)
        chosen = self._passages[::step][:count]
        return self.encode([(query, passage) for passage in chosen])

    def encode(self, pairs: list[tuple[str, str]]) -> list[Encoding]:
        return self._tokenizer.encode_batch(pairs)

    def alone(self, pairs: list[Encoding]) -> list[Batch]:
        """Returns one batch per pair, in order, so that a score does not depend on other pairs."""
        return [self._batch([pair]) for pair in pairs]

    def fifty(self) -> list[Encoding]:
        return self.query_pairs(QUERIES[0], 25) + self.query_pairs(QUERIES[2], 25)

    def of_length(self, tokens: int, count: int) -> list[Encoding]:
        """Returns pairs with this number of tokens, or with the maximum of the model if lower."""
        texts = (" ".join(self._passages[place : place + tokens]) for place in range(count))
        pairs = self._tokenizer.encode_batch([(QUERIES[0], text) for text in texts])
        for pair in pairs:
            pair.truncate(min(tokens, self._limit))
        return pairs

    def checking(self) -> tuple[list[Batch], list[Batch]]:
        """Returns batches of one pair, and padded batches of similar and of very unequal lengths."""
        pairs = sorted(self.fifty(), key=_length)
        lengths = [tokens for tokens in LENGTHS if tokens <= self._limit] or [self._limit]
        edges = [self.of_length(tokens, 1)[0] for tokens in lengths]
        unequal = [[pairs[0], edges[-1], pairs[len(pairs) // 2], edges[0]], [pairs[-1], edges[-1]]]
        return self.alone(pairs + edges), self.batches(pairs) + [*map(self._batch, unequal)]

    def batches(self, pairs: list[Encoding]) -> list[Batch]:
        """Returns batches of a few pairs of similar length, as the plugin makes them."""
        ordered = sorted(pairs, key=_length, reverse=True)
        found = []
        while ordered:
            size = max(1, BATCH_TOKENS // _length(ordered[0]))
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
