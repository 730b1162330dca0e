"""How good an order is, and how sure that is: the measures and tests of ``scripts/evaluate.sh``.

SPDX-License-Identifier: Apache-2.0
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from sentence_transformers import CrossEncoder
from sentence_transformers.base.evaluation import BaseEvaluator

from questions import Candidate, Question

K = 10
RESAMPLES = 10_000
WEIGHTS = (0.0, 0.03, 0.1, 0.2, 0.3, 0.5, 1.0)  # of the score of the first pass in a blend
BATCH = 32


def _dcg(labels: list[float]) -> float:
    return sum(label / np.log2(place + 2) for place, label in enumerate(labels[:K]))


def ndcg(question: Question, order: list[Candidate]) -> float:
    """Of the first ten with linear gain; what nobody judged counts as 0."""
    ideal = _dcg([candidate.label for candidate in question.relevant()])
    return _dcg([candidate.label or 0.0 for candidate in order]) / ideal if ideal else 0.0


def condensed(question: Question, order: list[Candidate]) -> float:
    """nDCG' of Sakai (SIGIR 2007): of the judged ones alone, as if the others were not there."""
    return ndcg(question, [candidate for candidate in order if candidate.label is not None])


@dataclass(frozen=True)
class Column:
    """What one order of the candidates gives: a value a query."""

    name: str
    ndcg: np.ndarray
    condensed: np.ndarray
    judged: float


def first_pass(questions: list[Question]) -> Column | None:
    """None where there was no Solr to ask."""
    orders = [question.first_pass() for question in questions]
    return _column("first pass", questions, orders) if any(orders) else None


@dataclass(frozen=True)
class Scored:
    """What a model says of the candidates of the first pass; of all of them where there was none."""

    questions: list[Question]
    pools: list[list[tuple[Candidate, float]]]

    @classmethod
    def by(cls, encoder: CrossEncoder, questions: list[Question], passages: dict[str, str]) -> Scored:
        pools = [question.first_pass() or question.candidates for question in questions]
        pairs = [(q.query, passages[c.id]) for q, pool in zip(questions, pools, strict=True) for c in pool]
        logits = iter(encoder.predict(pairs, batch_size=BATCH, show_progress_bar=False).tolist())
        return cls(questions, [[(c, next(logits)) for c in pool] for pool in pools])

    def orders(self, weight: float = 0.0) -> list[list[Candidate]]:
        """By the blend ``ce + weight*score``."""
        return [[c for c, _ in sorted(pool, key=lambda each: -each[1] - weight * each[0].score)] for pool in self.pools]

    def column(self, name: str, weight: float = 0.0) -> Column:
        return _column(name, self.questions, self.orders(weight))

    def best_weight(self) -> float:
        """Of the first pass in a blend; the smaller one of equals."""
        return max(WEIGHTS, key=lambda weight: (round(float(self.column("", weight).ndcg.mean()), 4), -weight))


def _column(name: str, questions: list[Question], orders: list[list[Candidate]]) -> Column:
    both = list(zip(questions, orders, strict=True))
    top = [candidate for order in orders for candidate in order[:K]]
    judged = sum(candidate.label is not None for candidate in top) / max(1, len(top))
    values = (np.array([measure(*each) for each in both]) for measure in (ndcg, condensed))
    return Column(name, *values, judged)


def interval(values: np.ndarray, seed: int) -> tuple[float, float]:
    """Of the mean, 95 %: the percentile bootstrap over queries."""
    drawn = np.random.default_rng(seed).integers(len(values), size=(RESAMPLES, len(values)))
    low, high = np.quantile(values[drawn].mean(axis=1), (0.025, 0.975))
    return float(low), float(high)


def probability(differences: np.ndarray, seed: int) -> float:
    """Of a mean difference as large, were both alike: Fisher's randomization test, two-sided."""
    signs = np.random.default_rng(seed).choice((-1.0, 1.0), size=(RESAMPLES, len(differences)))
    as_large = np.abs((signs * differences).sum(axis=1)) >= abs(differences.sum()) - 1e-9
    return float((as_large.sum() + 1) / (RESAMPLES + 1))


def table(columns: list[Column], seed: int) -> str:
    """As Markdown, each beside the first."""
    lines = ["| held-out queries | nDCG@10 | 95 % | to the first | 95 % | p | nDCG'@10 | judged@10 |", "|---|---|---|---|---|---|---|---|"]
    for column in columns:
        low, high = interval(column.ndcg, seed)
        cells = [column.name, f"{column.ndcg.mean():.3f}", f"[{low:.3f}, {high:.3f}]", "", "", ""]
        if column is not columns[0]:
            differences = column.ndcg - columns[0].ndcg
            low, high = interval(differences, seed)
            cells[3:] = [f"{differences.mean():+.3f}", f"[{low:+.3f}, {high:+.3f}]", f"{probability(differences, seed):.3f}"]
        cells += [f"{column.condensed.mean():.3f}", f"{column.judged:.2f}"]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def no_better(columns: list[Column | None]) -> str | None:
    """The name of what the last order does not beat: the best of those that are no "after"."""
    others = [column for column in columns if column and not column.name.startswith("after")]
    best = max(others, key=lambda column: column.ndcg.mean(), default=None)
    return best.name if best and columns[-1].ndcg.mean() <= best.ndcg.mean() else None


class HeldOut(BaseEvaluator):
    """Says the trainer how good the model is by now."""

    primary_metric = "ndcg"

    def __init__(self, questions: list[Question], passages: dict[str, str]) -> None:
        super().__init__()
        self.questions, self.passages = questions, passages

    def __call__(self, model: CrossEncoder, output_path=None, epoch=-1, steps=-1) -> dict[str, float]:  # noqa: ANN001
        return {"ndcg": float(Scored.by(model, self.questions, self.passages).column("now").ndcg.mean())}
