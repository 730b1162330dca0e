"""Computes vectors of single words with a published encoder, because the films alone are too few to learn such vectors.

The encoder is a model such as all-MiniLM-L6-v2 (Apache-2.0). Only these vectors are used, and none of the encoder's layers.

SPDX-License-Identifier: Apache-2.0
"""

from __future__ import annotations

from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional

from embeddings import TokenTable
from vocabulary import CONTINUATION, NEWLINE_ID

BATCH_SIZE = 256


@torch.no_grad()
def encode(directory: Path, tokenizer: Tokenizer) -> Tensor:
    """Returns the mean of the encoder's last layer for each token of the vocabulary, encoded on its own [vocabulary, hidden]."""
    # Imported here, because training without these vectors does not need this package.
    from transformers import AutoModel, AutoTokenizer

    encoder = AutoModel.from_pretrained(directory, local_files_only=True).eval()
    pieces = AutoTokenizer.from_pretrained(directory, local_files_only=True)
    entries = sorted(tokenizer.get_vocab().items(), key=lambda entry: entry[1])
    texts = [entry.removeprefix(CONTINUATION) for entry, _ in entries]
    vectors = torch.zeros(len(texts), encoder.config.hidden_size)
    # Texts of similar lengths are in the same batch, to reduce padding.
    order = sorted(range(len(texts)), key=lambda token: len(texts[token]))
    for start in range(0, len(order), BATCH_SIZE):
        tokens = order[start : start + BATCH_SIZE]
        batch = pieces([texts[token] for token in tokens], padding=True, return_tensors="pt")
        mask = batch["attention_mask"][:, :, None].float()
        vectors[tokens] = (encoder(**batch).last_hidden_state * mask).sum(1) / mask.sum(1)
    return vectors


def join_vectors(table: TokenTable, vectors: Tensor) -> TokenTable:
    """Concatenates both vectors of each token and projects them to the first right singular vectors."""
    pretrained = functional.normalize(vectors - vectors.mean(0), dim=1)
    both = torch.cat([table.vectors.float(), pretrained], dim=1)
    both[: NEWLINE_ID + 1] = 0.0
    directions = torch.linalg.svd(both, full_matrices=False)[2][: table.vectors.shape[1]]
    return TokenTable(functional.normalize(both @ directions.t(), dim=1).half(), table.rarity, table.stems)
