"""Learns a linear map from query vectors to film vectors: "heist" is mapped near "gang" and "diamonds".

The map is trained with a softmax of each keyword over all films. One matrix has too few parameters to memorize the keywords, so it
also improves keywords that were not used in training.

SPDX-License-Identifier: Apache-2.0
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional

from data import Collection, sample_keyword
from embeddings import TokenTable, centroids, token_lists


@dataclass(frozen=True)
class AlignmentSettings:
    steps: int = 150
    keywords: int = 256  # per step
    learning_rate: float = 2e-3
    logit_scale: float = 12.0  # initial inverse temperature of the softmax over cosines


def align(
    collection: Collection, tokenizer: Tokenizer, table: TokenTable, settings: AlignmentSettings, seed: int,
    report: Callable[[int, float], None],
) -> Tensor:
    """Returns the matrix [width, width] by which the vectors of a query are multiplied."""
    rng = random.Random(seed)
    films = centroids(token_lists(tokenizer, [film.passage for film in collection.films]), table)
    keywords = list(collection.by_keyword)
    keyword_vectors = dict(zip(keywords, centroids(token_lists(tokenizer, keywords), table), strict=True))
    matrix = torch.eye(films.shape[1], requires_grad=True)
    logit_scale = torch.tensor(settings.logit_scale, requires_grad=True)
    optimizer = torch.optim.Adam([{"params": [matrix], "lr": settings.learning_rate}, {"params": [logit_scale], "lr": 0.05}])
    scheduler = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: 1 - step / settings.steps)
    labeled = collection.labeled()
    for step in range(1, settings.steps + 1):
        sampled = [sample_keyword(collection, labeled, rng) for _ in range(settings.keywords)]
        chosen, positives = [keyword for keyword, _ in sampled], [positive for _, positive in sampled]
        queries = functional.normalize(torch.stack([keyword_vectors[keyword] for keyword in chosen]) @ matrix, dim=1)
        # The other films of a keyword are not negatives.
        other_positives = torch.zeros(len(positives), len(films), dtype=torch.bool)
        for row, (keyword, positive) in enumerate(sampled):
            other_positives[row, collection.by_keyword[keyword]] = True
            other_positives[row, positive] = False
        logits = (logit_scale * queries @ films.t()).masked_fill(other_positives, -1e9)
        loss = functional.cross_entropy(logits, torch.tensor(positives))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        scheduler.step()
        if step % 50 == 0:
            report(step, loss.item())
    return matrix.detach()
