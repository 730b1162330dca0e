"""Evaluates the model with held-out queries, to choose settings. Relevance judgments are not used.

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
from samples import Sampler, vary_title

DEPTH = 10
MAX_RELEVANT, NEGATIVES = 4, 24


@dataclass(frozen=True)
class HeldOutQuery:
    text: str
    films: list[int]
    relevant: int  # number of relevant films, which come first


def held_out_queries(collection: Collection, sampler: Sampler, seed: int) -> dict[str, list[HeldOutQuery]]:
    """Returns topics with random negatives, topics with negatives similar to a relevant film, and titles."""
    rng = random.Random(seed)
    topics, near, titles = [], [], []
    for keyword, keyword_films in collection.validation_keywords.items():
        relevant = rng.sample(keyword_films, min(MAX_RELEVANT, len(keyword_films)))
        others = _excluding(rng.sample(sampler.overview_films, 2 * NEGATIVES), set(keyword_films))
        topics.append(HeldOutQuery(keyword, relevant + others[:NEGATIVES], len(relevant)))
        near_films = [film for relevant_film in relevant for film in sampler.near(relevant_film, NEGATIVES)[8:]]
        others = _excluding(rng.sample(near_films, len(near_films)), set(keyword_films))
        near.append(HeldOutQuery(keyword, relevant + others[:NEGATIVES], len(relevant)))
    for film in collection.validation_films:
        query = vary_title(collection.films[film].title, rng)
        query_words = set(words(query))
        lexical = sampler.lexical(query, NEGATIVES // 2)
        others = [*lexical, *sampler.near(film, 4), *rng.sample(sampler.overview_films, NEGATIVES // 2)]
        same_title = {other for other in others if query_words <= set(words(collection.films[other].title))}
        titles.append(HeldOutQuery(query, [film, *_excluding(others, same_title | {film})], 1))
    return {"topics": topics, "topics, near films": near, "titles": titles}


def _excluding(films: Sequence[int], unwanted: set[int]) -> list[int]:
    return [film for film in dict.fromkeys(films) if film not in unwanted]


def ndcg(grades: Sequence[float], scores: Sequence[float]) -> float:
    """Returns nDCG@10 with linear gain. Among equal scores, the lower grade comes first."""
    order = sorted(range(len(grades)), key=lambda index: (-scores[index], grades[index]))
    dcg = _dcg([grades[index] for index in order])
    ideal = _dcg(sorted(grades, reverse=True))
    return dcg / ideal if ideal else 0.0


def _dcg(grades: Sequence[float]) -> float:
    return sum(grade / math.log2(rank + 2) for rank, grade in enumerate(grades[:DEPTH]))


@torch.no_grad()
def scores(model: KernelCrossEncoder, pairs: Pairs, queries: Sequence[HeldOutQuery]) -> list[list[float]]:
    model.eval()
    found = []
    for start in range(0, len(queries), 8):
        part = queries[start : start + 8]
        batch = pairs.batch([query.text for query in part], [query.films for query in part])
        logits = model(*batch).squeeze(1).split([len(query.films) for query in part])
        found += [row.tolist() for row in logits]
    return found


def evaluate(model: KernelCrossEncoder, pairs: Pairs, queries: Sequence[HeldOutQuery]) -> float:
    found = scores(model, pairs, queries)
    grades = [[1.0] * query.relevant + [0.0] * (len(query.films) - query.relevant) for query in queries]
    return sum(map(ndcg, grades, found)) / len(queries)
