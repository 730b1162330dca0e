"""Trains the model: vocabulary, vectors, alignment, network, calibration, files.

SPDX-License-Identifier: Apache-2.0
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import torch

from alignment import AlignmentSettings, align
from card import write_card
from data import Collection, collect, read_films, read_topics
from embeddings import centroids, make_table, token_lists
from export import write_model
from model import KernelCrossEncoder, average_networks
from pairs import Pairs
from pretrained import encode, join_vectors
from samples import Sampler
from training import Schedule, calibrate, collect_features, train
from validation import evaluate, held_out_queries, scores
from vocabulary import train_tokenizer

HELD_OUT = 300
THREADS = 2  # fixed, because the rounding of sums depends on it


@dataclass(frozen=True)
class Settings:
    vocabulary: int
    width: int
    seed: int
    encoder: Path | None = None  # directory of an encoder for additional word vectors
    networks: int = 1
    alignment: AlignmentSettings = AlignmentSettings()
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
    counted_table = make_table(films, tokenizer, settings.width, settings.seed)
    table = join_vectors(counted_table, encode(settings.encoder, tokenizer)) if settings.encoder else counted_table
    report(f"{tokenizer.get_vocab_size():,} tokens, vectors of length {settings.width}")
    alignment = align(
        collection, tokenizer, table, settings.alignment, settings.seed,
        lambda step, loss: report(f"alignment, step {step}: loss {loss:.3f}"),
    )
    passages = [film.passage for film in films]
    sampler = Sampler(collection, centroids(token_lists(tokenizer, passages), counted_table), settings.seed)
    pairs = Pairs(tokenizer, passages)
    model = KernelCrossEncoder(table, alignment)
    features = collect_features(
        model, pairs, sampler, settings.schedule.queries, lambda done: report(f"features of {done:,} queries computed"),
    )
    networks = [model, *(KernelCrossEncoder(table, alignment) for _ in range(settings.networks - 1))]
    for network in networks:
        train(
            network, features, settings.schedule,
            lambda epoch, loss: report(f"network, epoch {epoch}: loss {loss:.4f}"),
        )
    model = average_networks(networks) if len(networks) > 1 else model
    quality = _calibrate(model, collection, sampler, pairs, settings.seed)
    write_model(model, tokenizer, directory)
    write_card(
        directory, len(films), len(collection.by_keyword), tokenizer.get_vocab_size(), settings.width,
        len(model.mean), settings.seed, quality, settings.encoder,
    )
    report(", ".join(f"{name} {value:.3f}" for name, value in quality.items()))
    report(f"wrote {directory}")


def _calibrate(
    model: KernelCrossEncoder, collection: Collection, sampler: Sampler, pairs: Pairs, seed: int
) -> dict[str, float]:
    """Returns nDCG@10 of the held-out queries, then calibrates with them. Calibration does not change the order."""
    groups = held_out_queries(collection, sampler, seed + 1)
    quality = {name: evaluate(model, pairs, group) for name, group in groups.items()}
    queries = [query for group in groups.values() for query in group]
    random.Random(seed).shuffle(queries)
    logits = [logit for row in scores(model, pairs, queries) for logit in row]
    labels = [float(index < query.relevant) for query in queries for index in range(len(query.films))]
    calibrate(model, torch.tensor(logits), torch.tensor(labels))
    return quality
