"""Converts pairs of texts to the input tensors of the model.

SPDX-License-Identifier: Apache-2.0
"""

from __future__ import annotations

import torch
from tokenizers import Tokenizer
from torch import Tensor

CLS, SEP = 2, 3
MAX_LENGTH = 256
Batch = tuple[Tensor, Tensor, Tensor]


class Pairs:
    """Tokenizes all passages once, so that a batch tokenizes only its queries."""

    def __init__(self, tokenizer: Tokenizer, passages: list[str]) -> None:
        self.tokenizer = tokenizer
        self.passages = self._tokens(passages)

    def batch(self, queries: list[str], films: list[list[int]], max_length: int = MAX_LENGTH) -> Batch:
        """Returns input_ids, attention_mask and token_type_ids [all films of all queries, tokens]."""
        rows, passage_starts = [], []
        for query, numbers in zip(self._tokens(queries), films, strict=True):
            query_part = [CLS, *query[: MAX_LENGTH // 2], SEP]
            for number in numbers:
                rows.append([*query_part, *self.passages[number][: max_length - len(query_part) - 1], SEP])
                passage_starts.append(len(query_part))
        width = max(map(len, rows))
        ids = torch.zeros(len(rows), width, dtype=torch.long)
        for row, tokens in enumerate(rows):
            ids[row, : len(tokens)] = torch.tensor(tokens)
        positions = torch.arange(width)[None]
        mask = (positions < torch.tensor([len(row) for row in rows])[:, None]).long()
        type_ids = (positions >= torch.tensor(passage_starts)[:, None]).long() * mask
        return ids, mask, type_ids

    def _tokens(self, texts: list[str]) -> list[list[int]]:
        encodings = self.tokenizer.encode_batch(texts, add_special_tokens=False)
        return [encoding.ids for encoding in encodings]
