"""A map from what people ask to what films say: "heist" lies near "gang" and "diamonds".

Keywords against all films at once. One matrix has too few numbers to learn the keywords by heart,
and so it helps those too that it has never seen.

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

from data import Collection, draw_keyword
from embeddings import Table, centroids, token_lists


@dataclass(frozen=True)
class Alignment:
    steps: int = 150
    keywords: int = 256  # a step
    rate: float = 2e-3
    sharpness: float = 12.0  # of the softmax over cosines, at first


def align(
    collection: Collection, tokenizer: Tokenizer, table: Table, settings: Alignment, seed: int,
    report: Callable[[int, float], None],
) -> Tensor:
    """The matrix [width, width] that a query's vectors are multiplied with."""
    chance = random.Random(seed)
    films = centroids(token_lists(tokenizer, [film.passage for film in collection.films]), table)
    keywords = list(collection.by_keyword)
    asked = dict(zip(keywords, centroids(token_lists(tokenizer, keywords), table), strict=True))
    matrix = torch.eye(films.shape[1], requires_grad=True)
    sharpness = torch.tensor(settings.sharpness, requires_grad=True)
    optimizer = torch.optim.Adam([{"params": [matrix], "lr": settings.rate}, {"params": [sharpness], "lr": 0.05}])
    rates = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: 1 - step / settings.steps)
    labeled = collection.labeled()
    for step in range(1, settings.steps + 1):
        drawn = [draw_keyword(collection, labeled, chance) for _ in range(settings.keywords)]
        chosen, answers = [keyword for keyword, _ in drawn], [answer for _, answer in drawn]
        queries = functional.normalize(torch.stack([asked[keyword] for keyword in chosen]) @ matrix, dim=1)
        # The other films of a keyword are no mistakes.
        others = torch.zeros(len(answers), len(films), dtype=torch.bool)
        for row, (keyword, answer) in enumerate(drawn):
            others[row, collection.by_keyword[keyword]] = True
            others[row, answer] = False
        logits = (sharpness * queries @ films.t()).masked_fill(others, -1e9)
        loss = functional.cross_entropy(logits, torch.tensor(answers))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        rates.step()
        if step % 50 == 0:
            report(step, loss.item())
    return matrix.detach()
