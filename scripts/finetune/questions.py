"""Queries with their candidates, split into training, validation and test sets that share no query.

SPDX-License-Identifier: Apache-2.0
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

# Ratios of the queries; the remaining queries are for training.
TEST, VALIDATION = 0.2, 0.1
MAX_VALIDATION, VALIDATION_CANDIDATES = 60, 20
# Unjudged documents up to this rank of the first pass are never negatives, because many of them are relevant.
LIKELY_RELEVANT_RANKS = 10
MAX_POSITIVES = 2
# With less training data, the model mostly memorizes these queries.
MIN_QUERIES, MIN_RELEVANT = 300, 1000


@dataclass(frozen=True)
class Candidate:
    id: str
    rank: int | None  # in the first pass, 1-based; None: not found
    label: float | None  # 0 to 1; None: not judged
    score: float = 0.0  # of the first pass; 0 if not found


@dataclass(frozen=True)
class Question:
    """A query with its candidates."""

    id: str
    query: str
    candidates: list[Candidate]

    def relevant(self) -> list[Candidate]:
        found = [candidate for candidate in self.candidates if candidate.label]
        return sorted(found, key=lambda candidate: (-candidate.label, candidate.id))

    def first_pass(self) -> list[Candidate]:
        found = [candidate for candidate in self.candidates if candidate.rank is not None]
        return sorted(found, key=lambda candidate: candidate.rank)


@dataclass
class Data:
    """The content of the file that the first step of ``scripts/finetune.sh`` writes."""

    fields: list[str]
    passages: dict[str, str] = field(default_factory=dict)
    questions: list[Question] = field(default_factory=list)


def read(path: Path, clicks: bool) -> Data:
    """Reads the output of ``training-data``: a line with the fields, then one line per document or query.

    Grades are divided by the highest grade of all queries. Click weights are divided by the highest weight of their query.
    """
    with path.open(encoding="utf-8") as lines:
        data = Data(json.loads(next(lines))["fields"])
        for line in lines:
            row = json.loads(line)
            if "passage" in row:
                data.passages[row["id"]] = row["passage"]
            else:
                data.questions.append(_question(row))
    highest = max((c.label or 0 for q in data.questions for c in q.candidates), default=0)
    if highest <= 0:
        raise ValueError("no judgment is above 0, so there is nothing to learn")
    data.questions = [_scaled(question, _highest(question) if clicks else highest) for question in data.questions]
    return data


def _highest(question: Question) -> float:
    return max((candidate.label or 0 for candidate in question.candidates), default=0) or 1


def _question(row: dict) -> Question:
    candidates = [Candidate(c["id"], c.get("rank"), c.get("grade"), c.get("score") or 0.0) for c in row["candidates"]]
    return Question(row["query"], row["text"], candidates)


def _scaled(question: Question, highest: float) -> Question:
    return Question(question.id, question.query, [
        replace(c, label=None if c.label is None else max(0.0, c.label) / highest) for c in question.candidates
    ])


@dataclass(frozen=True)
class Parts:
    train: list[Question]
    validation: list[Question]  # for early stopping and for the weight of the blend
    test: list[Question]  # used only for the results table, before and after training


def split(questions: list[Question], max_test: int, seed: int) -> Parts:
    """Splits the queries at random. The result depends on the seed, not on the order of the queries.

    Queries with the same words are always in the same part.
    """
    by_words: dict[str, list[Question]] = {}
    for question in sorted((q for q in questions if q.relevant()), key=lambda q: (q.query.lower(), q.id)):
        by_words.setdefault(" ".join(sorted(question.query.lower().split())), []).append(question)
    groups = list(by_words.values())
    random.Random(seed).shuffle(groups)
    test = min(round(len(groups) * TEST), max_test)
    validation = min(round(len(groups) * VALIDATION), MAX_VALIDATION)
    if test < 2 or validation < 2:
        raise ValueError(
            f"{len(groups)} queries with a relevant document in the index are too few to hold some of them out; "
            "at least 20 are required, and training needs hundreds"
        )
    parts = (groups[test + validation :], groups[test : test + validation], groups[:test])
    train, chosen, held_out = ([question for group in part for question in group] for part in parts)
    return Parts(train, chosen, held_out)


def shortened(question: Question) -> Question:
    """Returns the query with a few candidates only, because it is scored many times during training.

    At most half of the candidates are relevant. They come last, so that a model with equal scores gains nothing.
    """
    relevant = question.relevant()[: VALIDATION_CANDIDATES // 2]
    others = [candidate for candidate in question.first_pass() if not candidate.label]
    candidates = others[: VALIDATION_CANDIDATES - len(relevant)] + relevant
    return Question(question.id, question.query, [replace(c, rank=index + 1) for index, c in enumerate(candidates)])


def warning(parts: Parts) -> str | None:
    """Returns a warning if there is too little training data, otherwise None."""
    relevant = sum(len(question.relevant()) for question in parts.train)
    if len(parts.train) >= MIN_QUERIES and relevant >= MIN_RELEVANT:
        return None
    return (
        f"only {len(parts.train):,} queries with {relevant:,} relevant documents to train on; below about "
        f"{MIN_QUERIES:,} queries and {MIN_RELEVANT:,} relevant documents, a model mostly memorizes them. "
        "Judge more documents, or use clicks (--pairs). Trust the table of held-out queries, not the loss"
    )


def lists(questions: list[Question], all_ids: list[str], size: int, per_query: int, seed: int) -> Iterator[dict]:
    """Yields lists for training: a query, its documents and their labels.

    A list contains up to two relevant documents, hard negatives and random negatives. Hard negatives are documents that are judged 0,
    or unjudged documents below rank 10 of the first pass, because most unjudged documents above are relevant.
    """
    rng = random.Random(seed)
    rows = []
    for question in questions:
        relevant = question.relevant()
        judged = {candidate.id for candidate in question.candidates if candidate.label is not None}
        judged_negatives = [candidate.id for candidate in question.candidates if candidate.label == 0]
        unjudged_negatives = [c.id for c in question.first_pass() if c.label is None and c.rank > LIKELY_RELEVANT_RANKS]
        candidate_ids = {candidate.id for candidate in question.candidates}
        rng.shuffle(relevant)
        for start in range(0, min(len(relevant), per_query * MAX_POSITIVES), MAX_POSITIVES):
            chosen = {candidate.id: candidate.label for candidate in relevant[start : start + MAX_POSITIVES]}
            hard_count = (size - len(chosen) + 1) // 2
            for identifier in _sample(judged_negatives, hard_count, rng) + _sample(unjudged_negatives, hard_count, rng):
                if len(chosen) < MAX_POSITIVES + hard_count:
                    chosen.setdefault(identifier, 0.0)
            while len(chosen) < size and len(all_ids) > len(judged) + size:
                identifier = rng.choice(all_ids)
                if identifier not in candidate_ids:
                    chosen.setdefault(identifier, 0.0)
            rows.append({"query": question.query, "docs": list(chosen), "labels": list(chosen.values())})
    rng.shuffle(rows)
    yield from rows


def _sample(identifiers: list[str], count: int, rng: random.Random) -> list[str]:
    return rng.sample(identifiers, min(count, len(identifiers)))


def exclude(questions: list[Question], file: Path) -> list[Question]:
    """Returns the queries except those that contain all words of an entry in the file. A plural "s" is ignored."""
    lines = (line.split("#")[0] for line in file.read_text(encoding="utf-8").splitlines())
    excluded = [_words(entry) for line in lines for entry in line.split(",") if _words(entry)]
    return [question for question in questions if not any(words <= _words(question.query) for words in excluded)]


def _words(text: str) -> frozenset[str]:
    return frozenset(word.removesuffix("s") for word in re.findall(r"[^\W_]+", text.lower()))
