"""Begins with what an encoder of embeddings knows already: how like a query and a passage are.

A new head knows nothing, and labels of 0 and 1 teach it slowly. The cosine of the encoder's own embeddings is a number for
each pair, so that a few thousand pairs are enough to learn it.

SPDX-License-Identifier: Apache-2.0
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from sentence_transformers import SentenceTransformer

from questions import Data, Question

# What is embedded: as many as give a list something to tell apart, and few enough to take half a minute.
MOST_QUERIES, MOST_PASSAGES = 2000, 2000
NEAR = 50
# The standard deviation of the logits that are learned, about that of a trained reranker's.
SPREAD = 2.0


def knows_likeness(directory: Path) -> bool:
    """Whether it is a model of sentence embeddings: another encoder's cosine means little."""
    return (directory / "modules.json").is_file() and any(directory.glob("*_Pooling"))


def lists(directory: Path, asked: list[Question], data: Data, size: int, number: int, max_length: int, seed: int) -> list[dict]:
    """So many queries with documents: a half of them near by the cosine, a half random. Labels are cosines, made wider."""
    chance = random.Random(seed)
    some = chance.sample(asked, min(len(asked), MOST_QUERIES))
    wanted = dict.fromkeys(c.id for q in some for c in _some(q.relevant(), 1, chance) + _some(q.first_pass(), 2, chance))
    identifiers = list(wanted)[:MOST_PASSAGES]
    teacher = SentenceTransformer(str(directory), device="cpu")
    teacher.max_seq_length = max_length
    queries, passages = (
        teacher.encode(texts, normalize_embeddings=True, show_progress_bar=False)
        for texts in ([q.query for q in some], [data.passages[identifier] for identifier in identifiers])
    )
    cosines = queries @ passages.T
    found = list(_chosen(cosines, size, number, chance))
    values = np.concatenate([cosines[place, chosen] for place, chosen in found])
    middle, spread = float(values.mean()), float(values.std()) or 1.0
    return [
        {
            "query": some[place].query, "docs": [data.passages[identifiers[n]] for n in chosen],
            "labels": [float(SPREAD * (cosines[place, n] - middle) / spread) for n in chosen],
        }
        for place, chosen in found
    ]


def _chosen(cosines: np.ndarray, size: int, number: int, chance: random.Random) -> Iterator[tuple[int, list[int]]]:
    queries, passages = cosines.shape
    for turn in range(number):
        place = turn % queries
        near = np.argsort(-cosines[place], kind="stable")[:NEAR].tolist()
        chosen = dict.fromkeys(chance.sample(near, min(len(near), (size + 1) // 2)))
        while len(chosen) < min(size, passages):
            chosen.setdefault(chance.randrange(passages))
        yield place, list(chosen)


def _some(candidates: list, number: int, chance: random.Random) -> list:
    return chance.sample(candidates, min(number, len(candidates)))
