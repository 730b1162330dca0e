"""Begins with what an encoder of embeddings knows already: how like a query and a passage are.

A new head knows nothing, and labels of 0 and 1 teach it slowly. The cosine of the encoder's own embeddings is a number for
each pair, so that a few thousand pairs are enough to learn it.

SPDX-License-Identifier: Apache-2.0
"""

from __future__ import annotations

import itertools
import random
from pathlib import Path

import numpy as np
from sentence_transformers import SentenceTransformer

from questions import Data, Question

# To embed: takes less than a minute.
MOST_PASSAGES = 2500
# The standard deviation of the logits that are learned, about that of a trained reranker's.
SPREAD = 2.0


def knows_likeness(directory: Path) -> bool:
    """Whether it is a model of sentence embeddings: another encoder's cosine means little."""
    return (directory / "modules.json").is_file() and any(directory.glob("*_Pooling"))


def lists(directory: Path, asked: list[Question], data: Data, size: int, number: int, max_length: int, seed: int) -> list[dict]:
    """So many queries with documents: a half of them from the first pass, a half random. Labels are cosines, made wider."""
    chance = random.Random(seed)
    own: dict[str, list[str]] = {}
    passages: dict[str, str] = {}
    for question in chance.sample(asked, min(len(asked), number)):
        near = [*_some(question.relevant(), 1, chance), *_some(question.first_pass(), size, chance)]
        own[question.query] = list(dict.fromkeys(candidate.id for candidate in near))[: size // 2]
        passages |= {identifier: data.passages[identifier] for identifier in own[question.query]}
        if len(passages) >= MOST_PASSAGES:
            break
    teacher = SentenceTransformer(str(directory), device="cpu")
    teacher.max_seq_length = max_length
    queries, documents = (
        dict(zip(keys, teacher.encode(texts, normalize_embeddings=True, show_progress_bar=False), strict=True))
        for keys, texts in ((list(own), list(own)), (list(passages), list(passages.values())))
    )
    everything, found = list(passages), []
    for _, (query, near) in zip(range(number), itertools.cycle(own.items())):
        chosen = dict.fromkeys(near)
        while len(chosen) < min(size, len(everything)):
            chosen.setdefault(chance.choice(everything))
        found.append((query, list(chosen), [float(queries[query] @ documents[each]) for each in chosen]))
    values = np.concatenate([cosines for _, _, cosines in found])
    middle, spread = float(values.mean()), float(values.std()) or 1.0
    return [
        {
            "query": query, "docs": [passages[identifier] for identifier in chosen],
            "labels": [SPREAD * (cosine - middle) / spread for cosine in cosines],
        }
        for query, chosen, cosines in found
    ]


def _some(candidates: list, number: int, chance: random.Random) -> list:
    return chance.sample(candidates, min(number, len(candidates)))
