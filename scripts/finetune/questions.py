"""What training and measuring ask: queries with their candidates, in three parts that share no query.

SPDX-License-Identifier: Apache-2.0
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

# Of the queries; the rest are trained on.
TEST, VALIDATION = 0.2, 0.1
MOST_VALIDATION, CANDIDATES_OF_VALIDATION = 60, 20
# Behind a first pass the first hits are the ones that nobody judged and that are right after all.
FIRST_NEGATIVE_RANK = 10
POSITIVES = 2
# Fewer, and what is learned is these queries by heart.
ENOUGH_QUERIES, ENOUGH_RELEVANT = 300, 1000


@dataclass(frozen=True)
class Candidate:
    id: str
    rank: int | None  # in the first pass, from 1
    label: float | None  # 0 to 1; None: nobody judged it
    score: float = 0.0  # of the first pass; 0 where it did not find it


@dataclass(frozen=True)
class Question:
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
    """All of a file of ``scripts/finetune.sh``'s first step."""

    fields: list[str]
    passages: dict[str, str] = field(default_factory=dict)
    questions: list[Question] = field(default_factory=list)


def read(path: Path, clicks: bool) -> Data:
    """Reads what ``training-data`` wrote: a line with the fields, then a line a document or query.

    Grades become shares of the highest of all, clicks shares of the highest of their query.
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
        raise ValueError("no judgment above 0: there is nothing to learn")
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
    validation: list[Question]  # says when to stop, and how to blend
    test: list[Question]  # looked at twice: before and after


def split(questions: list[Question], most_test: int, seed: int) -> Parts:
    """Deterministic for its seed, whatever order the queries come in. Queries of the same words stay together."""
    by_words: dict[str, list[Question]] = {}
    for question in sorted((q for q in questions if q.relevant()), key=lambda q: (q.query.lower(), q.id)):
        by_words.setdefault(" ".join(sorted(question.query.lower().split())), []).append(question)
    groups = list(by_words.values())
    random.Random(seed).shuffle(groups)
    test = min(round(len(groups) * TEST), most_test)
    validation = min(round(len(groups) * VALIDATION), MOST_VALIDATION)
    if test < 2 or validation < 2:
        raise ValueError(
            f"{len(groups)} queries with a relevant document in the index are too few to hold some of them out: "
            "20 are the least, and hundreds are what training needs"
        )
    parts = (groups[test + validation :], groups[test : test + validation], groups[:test])
    train, chosen, held_out = ([question for group in part for question in group] for part in parts)
    return Parts(train, chosen, held_out)


def short(question: Question) -> Question:
    """Asked often, so with few candidates: half of them relevant at the most, and last, so that equal scores gain nothing."""
    relevant = question.relevant()[: CANDIDATES_OF_VALIDATION // 2]
    others = [candidate for candidate in question.first_pass() if not candidate.label]
    few = others[: CANDIDATES_OF_VALIDATION - len(relevant)] + relevant
    return Question(question.id, question.query, [replace(c, rank=place + 1) for place, c in enumerate(few)])


def warning(parts: Parts) -> str | None:
    """With numbers, if there is too little to train on."""
    relevant = sum(len(question.relevant()) for question in parts.train)
    if len(parts.train) >= ENOUGH_QUERIES and relevant >= ENOUGH_RELEVANT:
        return None
    return (
        f"only {len(parts.train):,} queries with {relevant:,} relevant documents to train on: below about "
        f"{ENOUGH_QUERIES:,} queries and {ENOUGH_RELEVANT:,} relevant documents a model mostly learns them by heart. "
        "Judge more, or give clicks by --pairs; and believe the table of held-out queries, not the loss"
    )


def lists(questions: list[Question], everything: list[str], size: int, per_query: int, seed: int) -> Iterator[dict]:
    """A query, its documents and their labels: up to two relevant ones, hard ones of the first pass, random ones.

    Hard ones are judged 0, or stand behind the tenth hit: nearer to the top most of what nobody judged is right.
    """
    chance = random.Random(seed)
    rows = []
    for question in questions:
        relevant = question.relevant()
        judged = {candidate.id for candidate in question.candidates if candidate.label is not None}
        wrong = [candidate.id for candidate in question.candidates if candidate.label == 0]
        behind = [c.id for c in question.first_pass() if c.label is None and c.rank > FIRST_NEGATIVE_RANK]
        seen = {candidate.id for candidate in question.candidates}
        chance.shuffle(relevant)
        for start in range(0, min(len(relevant), per_query * POSITIVES), POSITIVES):
            chosen = {candidate.id: candidate.label for candidate in relevant[start : start + POSITIVES]}
            hard = (size - len(chosen) + 1) // 2
            for identifier in _some(wrong, hard, chance) + _some(behind, hard, chance):
                if len(chosen) < POSITIVES + hard:
                    chosen.setdefault(identifier, 0.0)
            while len(chosen) < size and len(everything) > len(judged) + size:
                identifier = chance.choice(everything)
                if identifier not in seen:
                    chosen.setdefault(identifier, 0.0)
            rows.append({"query": question.query, "docs": list(chosen), "labels": list(chosen.values())})
    chance.shuffle(rows)
    yield from rows


def _some(identifiers: list[str], number: int, chance: random.Random) -> list[str]:
    return chance.sample(identifiers, min(number, len(identifiers)))


def without(questions: list[Question], file: Path) -> list[Question]:
    """Without the queries of a file, and those that have all words of one: singular or plural is the same."""
    text = (line.split("#")[0] for line in file.read_text(encoding="utf-8").splitlines())
    hidden = [_words(entry) for line in text for entry in line.split(",") if _words(entry)]
    return [question for question in questions if not any(words <= _words(question.query) for words in hidden)]


def _words(text: str) -> frozenset[str]:
    return frozenset(word.removesuffix("s") for word in re.findall(r"[^\W_]+", text.lower()))
