"""Vectors of single words from a published encoder: what the films alone are too few to teach.

The encoder is one such as all-MiniLM-L6-v2 (Apache-2.0). Only these vectors are taken, none of its layers.

SPDX-License-Identifier: Apache-2.0
"""

from __future__ import annotations

from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional

from embeddings import Table
from vocabulary import CONTINUED, LINE_ID

AT_ONCE = 256


@torch.no_grad()
def encode(directory: Path, tokenizer: Tokenizer) -> Tensor:
    """The mean of the encoder's last layer for each token of the vocabulary alone [vocabulary, hidden]."""
    # Late, because training without these vectors does not need this package.
    from transformers import AutoModel, AutoTokenizer

    encoder = AutoModel.from_pretrained(directory, local_files_only=True).eval()
    pieces = AutoTokenizer.from_pretrained(directory, local_files_only=True)
    entries = sorted(tokenizer.get_vocab().items(), key=lambda entry: entry[1])
    texts = [entry.removeprefix(CONTINUED) for entry, _ in entries]
    vectors = torch.zeros(len(texts), encoder.config.hidden_size)
    # Of like length together: less padding.
    order = sorted(range(len(texts)), key=lambda token: len(texts[token]))
    for start in range(0, len(order), AT_ONCE):
        tokens = order[start : start + AT_ONCE]
        batch = pieces([texts[token] for token in tokens], padding=True, return_tensors="pt")
        mask = batch["attention_mask"][:, :, None].float()
        vectors[tokens] = (encoder(**batch).last_hidden_state * mask).sum(1) / mask.sum(1)
    return vectors


def joined(table: Table, vectors: Tensor) -> Table:
    """Both vectors of a token side by side, in the directions in which tokens differ the most."""
    known = functional.normalize(vectors - vectors.mean(0), dim=1)
    both = torch.cat([table.vectors.float(), known], dim=1)
    both[: LINE_ID + 1] = 0.0
    directions = torch.linalg.svd(both, full_matrices=False)[2][: table.vectors.shape[1]]
    return Table(functional.normalize(both @ directions.t(), dim=1).half(), table.rarity, table.stems)
