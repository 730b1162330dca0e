"""Held-out questions to choose settings by. The judgments are no part of this.

SPDX-License-Identifier: Apache-2.0
"""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass

import torch

from data import Collection, words
from model import KernelCrossEncoder
from pairs import Pairs
from samples import Sampler, mistyped

DEPTH = 10
ANSWERS, OTHERS = 4, 24


@dataclass(frozen=True)
class Question:
    query: str
    films: list[int]
    answers: int  # the first so many of the films


def questions(collection: Collection, sampler: Sampler, seed: int) -> dict[str, list[Question]]:
    """Topics among any films, topics among the films most like an answer, and titles."""
    chance = random.Random(seed)
    topics, near, titles = [], [], []
    for keyword, having in collection.validation_keywords.items():
        answers = chance.sample(having, min(ANSWERS, len(having)))
        others = _without(chance.sample(sampler.with_overview, 2 * OTHERS), set(having))
        topics.append(Question(keyword, answers + others[:OTHERS], len(answers)))
        alike = [film for answer in answers for film in sampler.near(answer, OTHERS)[8:]]
        others = _without(chance.sample(alike, len(alike)), set(having))
        near.append(Question(keyword, answers + others[:OTHERS], len(answers)))
    for film in collection.validation_films:
        query = mistyped(collection.films[film].title, chance)
        asked = set(words(query))
        lexical = sampler.lexical(query, OTHERS // 2)
        others = [*lexical, *sampler.near(film, 4), *chance.sample(sampler.with_overview, OTHERS // 2)]
        same = {other for other in others if asked <= set(words(collection.films[other].title))}
        titles.append(Question(query, [film, *_without(others, same | {film})], 1))
    return {"topics": topics, "topics, near films": near, "titles": titles}


def _without(films: Sequence[int], unwanted: set[int]) -> list[int]:
    return [film for film in dict.fromkeys(films) if film not in unwanted]


def ndcg(grades: Sequence[float], scores: Sequence[float]) -> float:
    """nDCG@10 with the grade as gain; among equal scores the lower grade comes first."""
    order = sorted(range(len(grades)), key=lambda place: (-scores[place], grades[place]))
    gained = _gain([grades[place] for place in order])
    best = _gain(sorted(grades, reverse=True))
    return gained / best if best else 0.0


def _gain(grades: Sequence[float]) -> float:
    return sum(grade / math.log2(rank + 2) for rank, grade in enumerate(grades[:DEPTH]))


@torch.no_grad()
def scores(model: KernelCrossEncoder, pairs: Pairs, asked: Sequence[Question]) -> list[list[float]]:
    model.eval()
    found = []
    for start in range(0, len(asked), 8):
        part = asked[start : start + 8]
        batch = pairs.batch([one.query for one in part], [one.films for one in part])
        logits = model(*batch).squeeze(1).split([len(one.films) for one in part])
        found += [row.tolist() for row in logits]
    return found


def evaluate(model: KernelCrossEncoder, pairs: Pairs, asked: Sequence[Question]) -> float:
    found = scores(model, pairs, asked)
    grades = [[1.0] * one.answers + [0.0] * (len(one.films) - one.answers) for one in asked]
    return sum(map(ndcg, grades, found)) / len(asked)
