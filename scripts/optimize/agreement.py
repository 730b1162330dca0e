"""Measures how far the logits of a quantized model differ from those of the original model."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

TOP = 10


@dataclass(frozen=True)
class Bound:
    spearman: float  # at least
    change: float  # at most, in standard deviations of the logits

    def __str__(self) -> str:
        return f"Spearman at least {self.spearman}, mean change at most {self.change} sd"


@dataclass(frozen=True)
class Agreement:
    spearman: float  # rank correlation over all pairs
    top: float  # overlap of the ten best pairs of a query, as a fraction; mean over the queries
    change: float  # mean change of a logit, in standard deviations of the logits
    largest: float  # largest change of a logit

    def within(self, bound: Bound) -> bool:
        return self.distance(bound) <= 1

    def distance(self, bound: Bound) -> float:
        """Returns the distance from perfect agreement: 0 is perfect, 1 is exactly at the bound."""
        return max(self.change / bound.change, (1 - self.spearman) / (1 - bound.spearman))

    @property
    def words(self) -> str:
        return f"Spearman {self.spearman:.4f}"

    @property
    def cells(self) -> str:
        return f"{self.spearman:9.4f}{self.top:8.2f}{self.change:8.4f}{self.largest:9.3f}"


def agreement(
    expected: NDArray[np.float32], found: NDArray[np.float32], groups: list[int]
) -> Agreement:
    """Compares two logits per pair; groups contains the number of pairs of each query, in order."""
    if not np.isfinite(found).all():
        return Agreement(-1.0, 0.0, np.inf, np.inf)
    moved = np.abs(expected - found)
    ends = np.cumsum(groups)[:-1]
    overlaps = [
        len(_best(before) & _best(after)) / TOP
        for before, after in zip(np.split(expected, ends), np.split(found, ends))
        if len(before) > TOP
    ]
    return Agreement(
        spearman=float(np.corrcoef(_ranks(expected), _ranks(found))[0, 1]),
        top=float(np.mean(overlaps)) if overlaps else float("nan"),
        change=float(moved.mean() / max(expected.std(), 1e-9)),
        largest=float(moved.max()),
    )


def _best(logits: NDArray[np.float32]) -> set[int]:
    return set(np.argsort(-logits, kind="stable")[:TOP].tolist())


def _ranks(values: NDArray[np.float32]) -> NDArray[np.int64]:
    return np.argsort(np.argsort(values, kind="stable"))
