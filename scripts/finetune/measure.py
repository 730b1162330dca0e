"""Ranking metrics, confidence intervals and significance tests, defined as in ``scripts/evaluate.sh``.

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
WEIGHTS = (0.0, 0.03, 0.1, 0.2, 0.3, 0.5, 1.0)  # of the first-pass score in a blend
BATCH = 32


def _dcg(labels: list[float]) -> float:
    return sum(label / np.log2(index + 2) for index, label in enumerate(labels[:K]))


def ndcg(question: Question, ranking: list[Candidate]) -> float:
    """Returns nDCG@10 with linear gain. Unjudged documents count as 0."""
    ideal = _dcg([candidate.label for candidate in question.relevant()])
    return _dcg([candidate.label or 0.0 for candidate in ranking]) / ideal if ideal else 0.0


def condensed(question: Question, ranking: list[Candidate]) -> float:
    """Returns nDCG'@10 (Sakai, SIGIR 2007): nDCG@10 of the ranking without its unjudged documents."""
    return ndcg(question, [candidate for candidate in ranking if candidate.label is not None])


@dataclass(frozen=True)
class Column:
    """The metrics of one ranking method, with one value per query."""

    name: str
    ndcg: np.ndarray
    condensed: np.ndarray
    judged: float


def first_pass(questions: list[Question]) -> Column | None:
    """Returns the metrics of the first pass, or None if there was no first pass."""
    rankings = [question.first_pass() for question in questions]
    return _column("first pass", questions, rankings) if any(rankings) else None


@dataclass(frozen=True)
class Scored:
    """The logits of a model for the first-pass candidates of each query, or for all its documents if there was no first pass."""

    questions: list[Question]
    pools: list[list[tuple[Candidate, float]]]

    @classmethod
    def from_model(cls, encoder: CrossEncoder, questions: list[Question], passages: dict[str, str]) -> Scored:
        pools = [question.first_pass() or question.candidates for question in questions]
        pairs = [(q.query, passages[c.id]) for q, pool in zip(questions, pools, strict=True) for c in pool]
        logits = iter(encoder.predict(pairs, batch_size=BATCH, show_progress_bar=False).tolist())
        return cls(questions, [[(c, next(logits)) for c in pool] for pool in pools])

    def rankings(self, weight: float = 0.0) -> list[list[Candidate]]:
        """Returns the candidates of each query, sorted by the blend ``ce + weight*score``."""
        return [[c for c, _ in sorted(pool, key=lambda each: -each[1] - weight * each[0].score)] for pool in self.pools]

    def column(self, name: str, weight: float = 0.0) -> Column:
        return _column(name, self.questions, self.rankings(weight))

    def best_weight(self) -> float:
        """Returns the first-pass weight with the highest nDCG@10. Ties are broken in favor of the smaller weight."""
        return max(WEIGHTS, key=lambda weight: (round(float(self.column("", weight).ndcg.mean()), 4), -weight))


def _column(name: str, questions: list[Question], rankings: list[list[Candidate]]) -> Column:
    both = list(zip(questions, rankings, strict=True))
    top = [candidate for ranking in rankings for candidate in ranking[:K]]
    judged = sum(candidate.label is not None for candidate in top) / max(1, len(top))
    values = (np.array([measure(*each) for each in both]) for measure in (ndcg, condensed))
    return Column(name, *values, judged)


def confidence_interval(values: np.ndarray, seed: int) -> tuple[float, float]:
    """Returns the 95 % confidence interval of the mean, by the percentile bootstrap over queries."""
    drawn = np.random.default_rng(seed).integers(len(values), size=(RESAMPLES, len(values)))
    low, high = np.quantile(values[drawn].mean(axis=1), (0.025, 0.975))
    return float(low), float(high)


def p_value(differences: np.ndarray, seed: int) -> float:
    """Returns the two-sided p-value of the mean difference, by Fisher's randomization test."""
    signs = np.random.default_rng(seed).choice((-1.0, 1.0), size=(RESAMPLES, len(differences)))
    as_large = np.abs((signs * differences).sum(axis=1)) >= abs(differences.sum()) - 1e-9
    return float((as_large.sum() + 1) / (RESAMPLES + 1))


def table(columns: list[Column], seed: int) -> str:
    """Returns a Markdown table that compares each column with the first one."""
    lines = ["| held-out queries | nDCG@10 | 95 % | difference | 95 % | p | nDCG'@10 | judged@10 |", "|---|---|---|---|---|---|---|---|"]
    for column in columns:
        low, high = confidence_interval(column.ndcg, seed)
        cells = [column.name, f"{column.ndcg.mean():.3f}", f"[{low:.3f}, {high:.3f}]", "", "", ""]
        if column is not columns[0]:
            differences = column.ndcg - columns[0].ndcg
            low, high = confidence_interval(differences, seed)
            cells[3:] = [f"{differences.mean():+.3f}", f"[{low:+.3f}, {high:+.3f}]", f"{p_value(differences, seed):.3f}"]
        cells += [f"{column.condensed.mean():.3f}", f"{column.judged:.2f}"]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def not_better_than(columns: list[Column | None]) -> str | None:
    """Returns the name of the best baseline if the last column is not better, otherwise None.

    The baselines are all columns whose names do not begin with "after".
    """
    others = [column for column in columns if column and not column.name.startswith("after")]
    best = max(others, key=lambda column: column.ndcg.mean(), default=None)
    return best.name if best and columns[-1].ndcg.mean() <= best.ndcg.mean() else None


class HeldOutEvaluator(BaseEvaluator):
    """Computes nDCG@10 of the validation queries during training."""

    primary_metric = "ndcg"

    def __init__(self, questions: list[Question], passages: dict[str, str]) -> None:
        super().__init__()
        self.questions, self.passages = questions, passages

    def __call__(self, model: CrossEncoder, output_path=None, epoch=-1, steps=-1) -> dict[str, float]:  # noqa: ANN001
        return {"ndcg": float(Scored.from_model(model, self.questions, self.passages).column("now").ndcg.mean())}
