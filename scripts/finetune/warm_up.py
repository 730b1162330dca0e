"""Creates the training data of the warm-up, in which a new head learns the cosine of the encoder's own embeddings.

The weights of a new head are random, and with labels of 0 and 1 it learns slowly. The cosine of the embeddings of query and
passage is a real number for each pair, so a few thousand pairs are enough to learn it.

SPDX-License-Identifier: Apache-2.0
"""

from __future__ import annotations

import itertools
import random
from pathlib import Path

import numpy as np
from sentence_transformers import SentenceTransformer

from questions import Data, Question

# Embedding this many passages takes less than a minute.
MAX_PASSAGES = 2500
# Standard deviation of the labels, which is about that of the logits of a trained reranker.
LABEL_DEVIATION = 2.0


def is_embedding_model(directory: Path) -> bool:
    """Returns whether the directory contains an embedding model. The cosine of other encoders means little."""
    return (directory / "modules.json").is_file() and any(directory.glob("*_Pooling"))


def lists(directory: Path, questions: list[Question], data: Data, size: int, count: int, max_length: int, seed: int) -> list[dict]:
    """Returns ``count`` lists of a query and ``size`` documents, half from the first pass and half random.

    The labels are the cosines, shifted and scaled to mean 0 and standard deviation ``LABEL_DEVIATION``.
    """
    rng = random.Random(seed)
    candidate_ids: dict[str, list[str]] = {}
    passages: dict[str, str] = {}
    for question in rng.sample(questions, min(len(questions), count)):
        first_pass_ids = [*_sample(question.relevant(), 1, rng), *_sample(question.first_pass(), size, rng)]
        candidate_ids[question.query] = list(dict.fromkeys(candidate.id for candidate in first_pass_ids))[: size // 2]
        passages |= {identifier: data.passages[identifier] for identifier in candidate_ids[question.query]}
        if len(passages) >= MAX_PASSAGES:
            break
    teacher = SentenceTransformer(str(directory), device="cpu")
    teacher.max_seq_length = max_length
    queries, documents = (
        dict(zip(keys, teacher.encode(texts, normalize_embeddings=True, show_progress_bar=False), strict=True))
        for keys, texts in ((list(candidate_ids), list(candidate_ids)), (list(passages), list(passages.values())))
    )
    all_ids, rows = list(passages), []
    for _, (query, first_pass_ids) in zip(range(count), itertools.cycle(candidate_ids.items())):
        chosen = dict.fromkeys(first_pass_ids)
        while len(chosen) < min(size, len(all_ids)):
            chosen.setdefault(rng.choice(all_ids))
        rows.append((query, list(chosen), [float(queries[query] @ documents[identifier]) for identifier in chosen]))
    values = np.concatenate([cosines for _, _, cosines in rows])
    mean, deviation = float(values.mean()), float(values.std()) or 1.0
    return [
        {
            "query": query, "docs": [passages[identifier] for identifier in chosen],
            "labels": [LABEL_DEVIATION * (cosine - mean) / deviation for cosine in cosines],
        }
        for query, chosen, cosines in rows
    ]


def _sample(candidates: list, count: int, rng: random.Random) -> list:
    return rng.sample(candidates, min(count, len(candidates)))
