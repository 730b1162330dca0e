"""The small network over the features, and the calibration that follows it.

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

QUERIES_AT_ONCE = 16


@dataclass(frozen=True)
class Schedule:
    queries: int = 16_000
    rounds: int = 12
    batch: int = 64  # queries
    rate: float = 2e-3
    decay: float = 0.02


@torch.no_grad()
def collect_features(
    model: KernelCrossEncoder, pairs: Pairs, sampler: Sampler, queries: int, report: Callable[[int], None]
) -> Tensor:
    """Of each query's answer, and then of the films that do not answer it [queries, films, features]."""
    found = []
    for done in range(0, queries, QUERIES_AT_ONCE):
        samples = [sampler.sample() for _ in range(min(QUERIES_AT_ONCE, queries - done))]
        batch = pairs.batch([sample.query for sample in samples], [sample.films for sample in samples])
        found.append(model.features(*batch).view(len(samples), -1, len(model.mean)))
        if (done // QUERIES_AT_ONCE) % 100 == 99:
            report(done + len(samples))
    return torch.cat(found)


def train(
    model: KernelCrossEncoder, features: Tensor, schedule: Schedule, report: Callable[[int, float], None]
) -> None:
    """Softmax over the answer and the films that do not answer; the learning rate falls to zero."""
    flat = features.flatten(0, 1)
    model.mean.copy_(flat.mean(0))
    model.deviation.copy_(flat.std(0).clamp(min=1e-3))
    optimizer = torch.optim.AdamW(model.parameters(), lr=schedule.rate, weight_decay=schedule.decay)
    steps = schedule.rounds * -(-len(features) // schedule.batch)
    rates = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: 1 - step / steps)
    model.train()
    for number in range(1, schedule.rounds + 1):
        total = 0.0
        for rows in torch.randperm(len(features)).split(schedule.batch):
            logits = model.weigh(features[rows]).squeeze(2)
            loss = functional.cross_entropy(logits, torch.zeros(len(rows), dtype=torch.long))
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            rates.step()
            total += loss.item() * len(rows)
        report(number, total / len(features))
    model.eval()


def calibrate(model: KernelCrossEncoder, logits: Tensor, answers: Tensor) -> None:
    """Sets the affine map after which sigmoid(logit) is a probability, were answers as frequent as others.

    So 0 lies between the two. With the shares that the questions happen to have, and with keywords that
    many a fitting film lacks, the logits of good answers would be below it.
    """
    others_for_one = (1 - answers).sum() / answers.sum()
    scale, offset = torch.ones(1, requires_grad=True), torch.zeros(1, requires_grad=True)
    optimizer = torch.optim.LBFGS([scale, offset], max_iter=100, line_search_fn="strong_wolfe")

    def closure() -> Tensor:
        optimizer.zero_grad()
        loss = functional.binary_cross_entropy_with_logits(logits * scale + offset, answers, pos_weight=others_for_one)
        loss.backward()
        return loss

    optimizer.step(closure)
    if scale.item() <= 0:
        raise ValueError("the logits of held-out responses have the outcome not above those of other films")
    model.offset.copy_(model.offset * scale.item() + offset.item())
    model.scale.mul_(scale.item())
