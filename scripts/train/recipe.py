"""The recipe: vocabulary, vectors, alignment, network, calibration, files.

SPDX-License-Identifier: Apache-2.0
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import torch

from alignment import Alignment, align
from card import write_card
from data import Collection, collect, read_films, read_topics
from embeddings import centroids, make_table, token_lists
from export import write_model
from model import KernelCrossEncoder, mean_of
from pairs import Pairs
from pretrained import encode, joined
from samples import Sampler
from training import Schedule, calibrate, collect_features, train
from validation import evaluate, questions, scores
from vocabulary import train_tokenizer

HELD_OUT = 300
THREADS = 2  # sums depend on how they are split


@dataclass(frozen=True)
class Settings:
    vocabulary: int
    width: int
    seed: int
    words: Path | None = None  # directory of an encoder, for further vectors of words
    networks: int = 1
    alignment: Alignment = Alignment()
    schedule: Schedule = Schedule()


def make(tmdb: Path, topics: Path, directory: Path, settings: Settings, report: Callable[[str], None]) -> None:
    torch.set_num_threads(THREADS)
    torch.manual_seed(settings.seed)
    collection = collect(read_films(tmdb), read_topics(topics), HELD_OUT, settings.seed)
    films = collection.films
    held_out = len(collection.validation_keywords)
    report(f"{len(films):,} films, {len(collection.by_keyword):,} keywords; {held_out} held out")
    texts = (text for film in films for text in (film.passage, film.tagline, *film.keywords))
    tokenizer = train_tokenizer(texts, settings.vocabulary)
    counted = make_table(films, tokenizer, settings.width, settings.seed)
    table = joined(counted, encode(settings.words, tokenizer)) if settings.words else counted
    report(f"{tokenizer.get_vocab_size():,} tokens, vectors of {settings.width} numbers")
    alignment = align(
        collection, tokenizer, table, settings.alignment, settings.seed,
        lambda step, loss: report(f"alignment, step {step}: loss {loss:.3f}"),
    )
    passages = [film.passage for film in films]
    sampler = Sampler(collection, centroids(token_lists(tokenizer, passages), counted), settings.seed)
    pairs = Pairs(tokenizer, passages)
    model = KernelCrossEncoder(table, alignment)
    features = collect_features(
        model, pairs, sampler, settings.schedule.queries, lambda done: report(f"{done:,} queries looked at"),
    )
    networks = [model, *(KernelCrossEncoder(table, alignment) for _ in range(settings.networks - 1))]
    for network in networks:
        train(
            network, features, settings.schedule,
            lambda number, loss: report(f"network, round {number}: loss {loss:.4f}"),
        )
    model = mean_of(networks) if len(networks) > 1 else model
    quality = _calibrated(model, collection, sampler, pairs, settings.seed)
    write_model(model, tokenizer, directory)
    write_card(
        directory, len(films), len(collection.by_keyword), tokenizer.get_vocab_size(), settings.width,
        len(model.mean), settings.seed, quality, settings.words,
    )
    report(", ".join(f"{name} {value:.3f}" for name, value in quality.items()))
    report(f"wrote {directory}")


def _calibrated(
    model: KernelCrossEncoder, collection: Collection, sampler: Sampler, pairs: Pairs, seed: int
) -> dict[str, float]:
    """nDCG@10 of the held-out questions; then calibrates with them, which changes no order."""
    asked = questions(collection, sampler, seed + 1)
    quality = {name: evaluate(model, pairs, group) for name, group in asked.items()}
    mixed = [question for group in asked.values() for question in group]
    random.Random(seed).shuffle(mixed)
    logits = [logit for row in scores(model, pairs, mixed) for logit in row]
    answers = [float(place < one.answers) for one in mixed for place in range(len(one.films))]
    calibrate(model, torch.tensor(logits), torch.tensor(answers))
    return quality
