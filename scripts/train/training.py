"""Gradient descent over samples, and the calibration that follows it.

SPDX-License-Identifier: Apache-2.0
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional

from model import KernelCrossEncoder
from pairs import Pairs
from samples import Sampler

QUERY_WORDS = 12
PASSAGE_TOKENS = 110
# Tables that start from what is known: decay would pull them to zero, not to where they started.
NO_DECAY = ("weight.weight", "turn.weight")


@dataclass(frozen=True)
class Schedule:
    steps: int = 1500
    queries: int = 32  # a step
    rate: float = 2e-3
    weight_rate: float = 1e-3
    decay: float = 0.1
    warm_up: int = 50


def train(
    model: KernelCrossEncoder, pairs: Pairs, sampler: Sampler, schedule: Schedule,
    report: Callable[[int, float, float], None],
) -> None:
    """Softmax over the answer and its negatives; the learning rate falls to zero."""
    tables = [parameter for name, parameter in model.named_parameters() if name in NO_DECAY]
    others = [p for name, p in model.named_parameters() if name not in NO_DECAY and p.requires_grad]
    optimiser = torch.optim.AdamW(
        [
            {"params": others, "lr": schedule.rate, "weight_decay": schedule.decay},
            {"params": tables, "lr": schedule.weight_rate, "weight_decay": 0.0},
        ]
    )
    rates = torch.optim.lr_scheduler.LambdaLR(
        optimiser,
        lambda step: min((step + 1) / schedule.warm_up, 1 - step / schedule.steps),
    )
    model.train()
    started, total = time.monotonic(), 0.0
    for step in range(1, schedule.steps + 1):
        samples = [sampler.sample() for _ in range(schedule.queries)]
        queries = [" ".join(sample.query.split()[:QUERY_WORDS]) for sample in samples]
        batch = pairs.batch(queries, [sample.films for sample in samples], PASSAGE_TOKENS)
        logits = model(*batch).view(len(samples), -1)
        loss = functional.cross_entropy(logits, torch.zeros(len(samples), dtype=torch.long))
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        rates.step()
        total += loss.item()
        if step % 100 == 0:
            report(step, total / 100, time.monotonic() - started)
            total = 0.0
    model.eval()


def calibrate(model: KernelCrossEncoder, logits: Tensor, answers: Tensor) -> None:
    """Sets the affine map after which sigmoid(logit) is how often such a film is an answer."""
    scale, offset = torch.ones(1, requires_grad=True), torch.zeros(1, requires_grad=True)
    optimiser = torch.optim.LBFGS([scale, offset], max_iter=100, line_search_fn="strong_wolfe")

    def closure() -> Tensor:
        optimiser.zero_grad()
        loss = functional.binary_cross_entropy_with_logits(logits * scale + offset, answers)
        loss.backward()
        return loss

    optimiser.step(closure)
    if scale.item() <= 0:
        raise ValueError("the logits of held-out answers are not above those of other films")
    model.offset.copy_(model.offset * scale.item() + offset.item())
    model.scale.mul_(scale.item())
