"""Pairs of texts as the tensors that the model reads.

SPDX-License-Identifier: Apache-2.0
"""

from __future__ import annotations

import torch
from tokenizers import Tokenizer
from torch import Tensor

CLS, SEP = 2, 3
LIMIT = 256
Batch = tuple[Tensor, Tensor, Tensor]


class Pairs:
    """Knows the tokens of every passage, so that only queries are tokenized."""

    def __init__(self, tokenizer: Tokenizer, passages: list[str]) -> None:
        self.tokenizer = tokenizer
        self.passages = self._tokens(passages)

    def batch(self, queries: list[str], films: list[list[int]], longest: int = LIMIT) -> Batch:
        """input_ids, attention_mask, token_type_ids [all films of all queries, tokens]."""
        rows, firsts = [], []
        for query, numbers in zip(self._tokens(queries), films, strict=True):
            head = [CLS, *query[: LIMIT // 2], SEP]
            for number in numbers:
                rows.append([*head, *self.passages[number][: longest - len(head) - 1], SEP])
                firsts.append(len(head))
        width = max(map(len, rows))
        ids = torch.zeros(len(rows), width, dtype=torch.long)
        for row, tokens in enumerate(rows):
            ids[row, : len(tokens)] = torch.tensor(tokens)
        places = torch.arange(width)[None]
        mask = (places < torch.tensor([len(row) for row in rows])[:, None]).long()
        kinds = (places >= torch.tensor(firsts)[:, None]).long() * mask
        return ids, mask, kinds

    def _tokens(self, texts: list[str]) -> list[list[int]]:
        encodings = self.tokenizer.encode_batch(texts, add_special_tokens=False)
        return [encoding.ids for encoding in encodings]
