"""Trains the small network on the features, and calibrates its logits.

SPDX-License-Identifier: Apache-2.0
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional

from model import KernelCrossEncoder
from pairs import Pairs
from samples import Sampler

QUERIES_PER_BATCH = 16


@dataclass(frozen=True)
class Schedule:
    queries: int = 16_000
    epochs: int = 12
    batch: int = 64  # queries
    learning_rate: float = 2e-3
    weight_decay: float = 0.02


@torch.no_grad()
def collect_features(
    model: KernelCrossEncoder, pairs: Pairs, sampler: Sampler, queries: int, report: Callable[[int], None]
) -> Tensor:
    """Returns features [queries, films, features]. The relevant film of each query comes first."""
    found = []
    for done in range(0, queries, QUERIES_PER_BATCH):
        samples = [sampler.sample() for _ in range(min(QUERIES_PER_BATCH, queries - done))]
        batch = pairs.batch([sample.query for sample in samples], [sample.films for sample in samples])
        found.append(model.features(*batch).view(len(samples), -1, len(model.mean)))
        if (done // QUERIES_PER_BATCH) % 100 == 99:
            report(done + len(samples))
    return torch.cat(found)


def train(
    model: KernelCrossEncoder, features: Tensor, schedule: Schedule, report: Callable[[int, float], None]
) -> None:
    """Trains with a softmax over the relevant film and the negatives. The learning rate decreases linearly to 0."""
    flat = features.flatten(0, 1)
    model.mean.copy_(flat.mean(0))
    model.deviation.copy_(flat.std(0).clamp(min=1e-3))
    optimizer = torch.optim.AdamW(model.parameters(), lr=schedule.learning_rate, weight_decay=schedule.weight_decay)
    steps = schedule.epochs * -(-len(features) // schedule.batch)
    scheduler = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: 1 - step / steps)
    model.train()
    for epoch in range(1, schedule.epochs + 1):
        total = 0.0
        for rows in torch.randperm(len(features)).split(schedule.batch):
            logits = model.score_features(features[rows]).squeeze(2)
            loss = functional.cross_entropy(logits, torch.zeros(len(rows), dtype=torch.long))
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            scheduler.step()
            total += loss.item() * len(rows)
        report(epoch, total / len(features))
    model.eval()


def calibrate(model: KernelCrossEncoder, logits: Tensor, labels: Tensor) -> None:
    """Sets scale and offset so that sigmoid(logit) is a probability if relevant films are as frequent as others.

    The logit 0 is therefore between relevant and other films. With the actual ratio of relevant films, and because many relevant
    films lack the keyword, the logits of relevant films would be negative.
    """
    negatives_per_positive = (1 - labels).sum() / labels.sum()
    scale, offset = torch.ones(1, requires_grad=True), torch.zeros(1, requires_grad=True)
    optimizer = torch.optim.LBFGS([scale, offset], max_iter=100, line_search_fn="strong_wolfe")

    def closure() -> Tensor:
        optimizer.zero_grad()
        loss = functional.binary_cross_entropy_with_logits(logits * scale + offset, labels, pos_weight=negatives_per_positive)
        loss.backward()
        return loss

    optimizer.step(closure)
    if scale.item() <= 0:
        raise ValueError("the logits of relevant held-out films are not higher than those of other films")
    model.offset.copy_(model.offset * scale.item() + offset.item())
    model.scale.mul_(scale.item())
