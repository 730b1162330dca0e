"""Vectors of the vocabulary: what stands together in the collection, factorised.

Positive pointwise mutual information of co-occurrence counts, then a truncated SVD. Some ten
thousand short texts are too few to learn vectors by gradient descent, and enough to count.

SPDX-License-Identifier: Apache-2.0
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from tokenizers import Tokenizer
from torch import Tensor

from data import Film
from vocabulary import LINE_ID


@dataclass(frozen=True)
class Counting:
    window: int = 8
    near: float = 1.0  # of a pair within the window
    film: float = 1.0  # of a pair anywhere in a film's text
    keyword: float = 0.5  # of a word of the text and a word of a keyword or genre
    smoothing: float = 0.75  # exponent of the context's counts: rare words attract too much
    shift: float = 0.0
    power: float = 0.5  # exponent of the singular values


def token_lists(tokenizer: Tokenizer, texts: list[str]) -> list[list[int]]:
    encodings = tokenizer.encode_batch(texts, add_special_tokens=False)
    return [[token for token in encoding.ids if token > LINE_ID] for encoding in encodings]


def cooccurrences(
    films: list[Film], tokenizer: Tokenizer, counting: Counting
) -> Tensor:
    """Weighted counts [vocabulary, vocabulary], symmetric."""
    size = tokenizer.get_vocab_size()
    counts = torch.zeros(size, size)
    texts = token_lists(tokenizer, [f"{film.title}. {film.overview} {film.tagline}" for film in films])
    labels = token_lists(tokenizer, [" . ".join((*film.keywords, *film.genres)) for film in films])
    stream = torch.tensor([token for text in texts for token in text])
    owner = torch.tensor([row for row, text in enumerate(texts) for _ in text])
    for distance in range(1, counting.window + 1):
        within = owner[:-distance] == owner[distance:]
        cells = (stream[:-distance] * size + stream[distance:])[within]
        counts += counting.near * torch.bincount(cells, minlength=size * size).view(size, size)
    counts += counts.t().clone()
    text, label = (_presence(lists, size) for lists in (texts, labels))
    counts += counting.film * torch.sparse.mm(text.t(), text.to_dense())
    across = torch.sparse.mm(text.t(), label.to_dense())
    counts += counting.keyword * (across + across.t())
    counts += counting.keyword * torch.sparse.mm(label.t(), label.to_dense())
    return counts


def _presence(lists: list[list[int]], size: int) -> Tensor:
    """Which film has which token [films, vocabulary], sparse."""
    pairs = [(row, token) for row, tokens in enumerate(lists) for token in sorted(set(tokens))]
    indices = torch.tensor(pairs).t()
    return torch.sparse_coo_tensor(indices, torch.ones(len(pairs)), (len(lists), size)).coalesce()


def factorise(counts: Tensor, width: int, counting: Counting, seed: int) -> Tensor:
    """Vectors [vocabulary, width] of the positive PMI of the counts."""
    counts = counts.fill_diagonal_(0.0)
    total = counts.sum()
    words = counts.sum(1).clamp(min=1e-9)
    contexts = words**counting.smoothing
    contexts = contexts / contexts.sum() * total
    pmi = counts * total
    pmi /= words[:, None]
    pmi /= contexts[None, :]
    pmi = pmi.clamp_(min=1e-9).log_().sub_(counting.shift).clamp_(min=0.0)
    left, values = _svd(pmi, width, seed)
    return left * values**counting.power


def _svd(matrix: Tensor, width: int, seed: int, rounds: int = 6) -> tuple[Tensor, Tensor]:
    """Left singular vectors and singular values, by iteration from a random subspace."""
    chance = torch.Generator().manual_seed(seed)
    basis = torch.randn(matrix.shape[1], width + 16, generator=chance)
    for _ in range(rounds):
        basis = torch.linalg.qr(matrix @ basis).Q
        basis = torch.linalg.qr(matrix.t() @ basis).Q
    left, values, _ = torch.linalg.svd(matrix @ basis, full_matrices=False)
    return left[:, :width], values[:width]


def rarities(lists: list[list[int]], size: int) -> Tensor:
    """The inverse document frequency of each token [vocabulary], above zero."""
    found = _presence(lists, size).to_dense().sum(0)
    return torch.log((len(lists) + 1) / (found + 1)).clamp(min=0.05)


def centroids(lists: list[list[int]], vectors: Tensor, rarity: Tensor) -> Tensor:
    """The weighted mean direction of each text [texts, width]."""
    unit = torch.nn.functional.normalize(vectors, dim=1) * rarity[:, None]
    return torch.sparse.mm(_presence(lists, len(vectors)), unit)
