"""Vectors of the vocabulary: what stands together in the collection, factorised.

Positive pointwise mutual information of co-occurrence counts, then a truncated SVD. Some ten
thousand short texts are too few to learn vectors by gradient descent, and enough to count.

SPDX-License-Identifier: Apache-2.0
"""

from __future__ import annotations

from dataclasses import dataclass

import snowballstemmer
import torch
from tokenizers import Tokenizer
from torch import Tensor

from data import Film
from vocabulary import CONTINUED, LINE_ID


@dataclass(frozen=True)
class Counting:
    window: int = 8
    near: float = 1.0  # of a pair within the window
    film: float = 1.0  # of a pair anywhere in a film's text
    keyword: float = 0.5  # of a word of the text and a word of a keyword or genre
    smoothing: float = 0.75  # exponent of the context's counts: rare words attract too much
    shift: float = 0.0
    power: float = 0.5  # exponent of the singular values
    relatives: float = 0.5  # how much of the counts of "snakes" those of "snake" get


@dataclass(frozen=True)
class Table:
    """What is known of each token of the vocabulary."""

    vectors: Tensor  # [vocabulary, width], of length 1, half precision
    rarity: Tensor  # [vocabulary], its inverse document frequency
    stems: Tensor  # [vocabulary], the same number for "snake" and "snakes"


def make_table(films: list[Film], tokenizer: Tokenizer, width: int, seed: int) -> Table:
    counting = Counting()
    stems = stem_numbers(tokenizer)
    counts = cooccurrences(films, tokenizer, counting)
    vectors = factorise(with_relatives(counts, stems, counting.relatives), width, counting, seed)
    unit = torch.nn.functional.normalize(vectors, dim=1)
    lists = token_lists(tokenizer, [film.passage for film in films])
    return Table(unit.half(), rarities(lists, len(unit)), stems)


def token_lists(tokenizer: Tokenizer, texts: list[str]) -> list[list[int]]:
    encodings = tokenizer.encode_batch(texts, add_special_tokens=False)
    return [[token for token in encoding.ids if token > LINE_ID] for encoding in encodings]


def cooccurrences(films: list[Film], tokenizer: Tokenizer, counting: Counting) -> Tensor:
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
    size = (len(lists), size)
    return torch.sparse_coo_tensor(indices, torch.ones(len(pairs)), size, check_invariants=True).coalesce()


def stem_numbers(tokenizer: Tokenizer) -> Tensor:
    """Of each token the lowest id that has its stem; pieces and short words stand for themselves."""
    stemmer = snowballstemmer.stemmer("english")
    numbers = torch.arange(tokenizer.get_vocab_size())
    first: dict[str, int] = {}
    for word, number in sorted(tokenizer.get_vocab().items(), key=lambda entry: entry[1]):
        if number > LINE_ID and len(word) > 3 and not word.startswith(CONTINUED):
            numbers[number] = first.setdefault(stemmer.stemWord(word), number)
    return numbers


def with_relatives(counts: Tensor, stems: Tensor, relatives: float) -> Tensor:
    """Each row with a part of the rows of the same stem."""
    sums = torch.zeros_like(counts).index_add_(0, stems, counts)
    return counts.mul_(1 - relatives).add_(sums[stems], alpha=relatives)


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


def centroids(lists: list[list[int]], table: Table) -> Tensor:
    """The weighted mean direction of each text [texts, width], a repeated token as one."""
    weighted = table.vectors.float() * table.rarity[:, None]
    return torch.nn.functional.normalize(torch.sparse.mm(_presence(lists, len(weighted)), weighted), dim=1)
