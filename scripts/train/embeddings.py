"""Computes token vectors from co-occurrence counts of the collection.

The vectors are a truncated SVD of the positive pointwise mutual information. About ten thousand short texts are too few to learn
vectors by gradient descent, but enough for counts.

SPDX-License-Identifier: Apache-2.0
"""

from __future__ import annotations

from dataclasses import dataclass

import snowballstemmer
import torch
from tokenizers import Tokenizer
from torch import Tensor

from data import Film
from vocabulary import CONTINUATION, NEWLINE_ID


@dataclass(frozen=True)
class CountSettings:
    window: int = 8
    window_weight: float = 1.0  # weight of a pair of tokens within the window
    film_weight: float = 1.0  # weight of a pair anywhere in the text of a film
    keyword_weight: float = 0.5  # weight of a text token and a token of a keyword or genre
    smoothing: float = 0.75  # exponent of the context counts; reduces the PMI of rare words
    shift: float = 0.0
    power: float = 0.5  # exponent of the singular values
    stem_share: float = 0.5  # part of the counts that tokens with the same stem share, such as "snake" and "snakes"


@dataclass(frozen=True)
class TokenTable:
    """The vector, inverse document frequency and stem of each token."""

    vectors: Tensor  # [vocabulary, width], of length 1, half precision
    rarity: Tensor  # [vocabulary], inverse document frequency
    stems: Tensor  # [vocabulary], the same number for "snake" and "snakes"


def make_table(films: list[Film], tokenizer: Tokenizer, width: int, seed: int) -> TokenTable:
    settings = CountSettings()
    stems = stem_numbers(tokenizer)
    counts = cooccurrences(films, tokenizer, settings)
    vectors = factorize(share_with_stem(counts, stems, settings.stem_share), width, settings, seed)
    unit = torch.nn.functional.normalize(vectors, dim=1)
    lists = token_lists(tokenizer, [film.passage for film in films])
    return TokenTable(unit.half(), inverse_document_frequencies(lists, len(unit)), stems)


def token_lists(tokenizer: Tokenizer, texts: list[str]) -> list[list[int]]:
    encodings = tokenizer.encode_batch(texts, add_special_tokens=False)
    return [[token for token in encoding.ids if token > NEWLINE_ID] for encoding in encodings]


def cooccurrences(films: list[Film], tokenizer: Tokenizer, settings: CountSettings) -> Tensor:
    """Returns weighted, symmetric co-occurrence counts [vocabulary, vocabulary]."""
    size = tokenizer.get_vocab_size()
    counts = torch.zeros(size, size)
    texts = token_lists(tokenizer, [f"{film.title}. {film.overview} {film.tagline}" for film in films])
    labels = token_lists(tokenizer, [" . ".join((*film.keywords, *film.genres)) for film in films])
    stream = torch.tensor([token for text in texts for token in text])
    owner = torch.tensor([row for row, text in enumerate(texts) for _ in text])
    for distance in range(1, settings.window + 1):
        within = owner[:-distance] == owner[distance:]
        pair_ids = (stream[:-distance] * size + stream[distance:])[within]
        counts += settings.window_weight * torch.bincount(pair_ids, minlength=size * size).view(size, size)
    counts += counts.t().clone()
    text, label = (_presence(lists, size) for lists in (texts, labels))
    counts += settings.film_weight * torch.sparse.mm(text.t(), text.to_dense())
    across = torch.sparse.mm(text.t(), label.to_dense())
    counts += settings.keyword_weight * (across + across.t())
    counts += settings.keyword_weight * torch.sparse.mm(label.t(), label.to_dense())
    return counts


def _presence(lists: list[list[int]], size: int) -> Tensor:
    """Returns a sparse matrix [texts, vocabulary] with 1 for each token that a text contains."""
    pairs = [(row, token) for row, tokens in enumerate(lists) for token in sorted(set(tokens))]
    indices = torch.tensor(pairs).t()
    size = (len(lists), size)
    return torch.sparse_coo_tensor(indices, torch.ones(len(pairs)), size, check_invariants=True).coalesce()


def stem_numbers(tokenizer: Tokenizer) -> Tensor:
    """Returns for each token the lowest token id with the same stem [vocabulary]. Word pieces and short words keep their own id."""
    stemmer = snowballstemmer.stemmer("english")
    numbers = torch.arange(tokenizer.get_vocab_size())
    first: dict[str, int] = {}
    for word, number in sorted(tokenizer.get_vocab().items(), key=lambda entry: entry[1]):
        if number > NEWLINE_ID and len(word) > 3 and not word.startswith(CONTINUATION):
            numbers[number] = first.setdefault(stemmer.stemWord(word), number)
    return numbers


def share_with_stem(counts: Tensor, stems: Tensor, stem_share: float) -> Tensor:
    """Replaces the part ``stem_share`` of each row by the same part of the sum of the rows with the same stem. Changes ``counts``."""
    sums = torch.zeros_like(counts).index_add_(0, stems, counts)
    return counts.mul_(1 - stem_share).add_(sums[stems], alpha=stem_share)


def factorize(counts: Tensor, width: int, settings: CountSettings, seed: int) -> Tensor:
    """Returns vectors [vocabulary, width]: the truncated SVD of the positive PMI. Changes ``counts``."""
    counts = counts.fill_diagonal_(0.0)
    total = counts.sum()
    word_counts = counts.sum(1).clamp(min=1e-9)
    context_counts = word_counts**settings.smoothing
    context_counts = context_counts / context_counts.sum() * total
    pmi = counts * total
    pmi /= word_counts[:, None]
    pmi /= context_counts[None, :]
    pmi = pmi.clamp_(min=1e-9).log_().sub_(settings.shift).clamp_(min=0.0)
    left, values = _svd(pmi, width, seed)
    return left * values**settings.power


def _svd(matrix: Tensor, width: int, seed: int, iterations: int = 6) -> tuple[Tensor, Tensor]:
    """Returns the left singular vectors and singular values, computed by randomized subspace iteration."""
    generator = torch.Generator().manual_seed(seed)
    basis = torch.randn(matrix.shape[1], width + 16, generator=generator)
    for _ in range(iterations):
        basis = torch.linalg.qr(matrix @ basis).Q
        basis = torch.linalg.qr(matrix.t() @ basis).Q
    left, values, _ = torch.linalg.svd(matrix @ basis, full_matrices=False)
    return left[:, :width], values[:width]


def inverse_document_frequencies(lists: list[list[int]], size: int) -> Tensor:
    """Returns the inverse document frequency of each token [vocabulary], at least 0.05."""
    document_frequency = _presence(lists, size).to_dense().sum(0)
    return torch.log((len(lists) + 1) / (document_frequency + 1)).clamp(min=0.05)


def centroids(lists: list[list[int]], table: TokenTable) -> Tensor:
    """Returns the normalized weighted mean vector of each text [texts, width]. A repeated token counts once."""
    weighted = table.vectors.float() * table.rarity[:, None]
    return torch.nn.functional.normalize(torch.sparse.mm(_presence(lists, len(weighted)), weighted), dim=1)
