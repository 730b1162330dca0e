"""The films, and which of their keywords training may see.

SPDX-License-Identifier: Apache-2.0
"""

from __future__ import annotations

import json
import random
import re
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

# A keyword of fewer films says little, one of more is nearly a genre.
VALIDATION_FILMS = (4, 100)
# A held-out keyword takes those that contain it along: too many, for one like "war".
MOST_VARIANTS = 8


@dataclass(frozen=True)
class Film:
    id: str
    title: str
    overview: str
    tagline: str
    keywords: tuple[str, ...]
    genres: tuple[str, ...]

    @property
    def passage(self) -> str:
        """What the plugin gives the model: its fields that have a value, an empty line between."""
        return f"{self.title}\n\n{self.overview}" if self.overview else self.title


@dataclass(frozen=True)
class Collection:
    """All texts are there to learn words from; the two held-out sets are never asked for."""

    films: list[Film]
    by_keyword: dict[str, list[int]]  # keywords that training may see, with their films
    validation_keywords: dict[str, list[int]]
    validation_films: list[int]  # their titles are never a query in training

    def labeled(self) -> list[int]:
        return [number for number, film in enumerate(self.films) if film.overview and film.keywords]


def read_films(path: Path) -> list[Film]:
    """Reads a JSON object of TMDB records by id, in the order of the file."""
    films = []
    for identifier, record in json.loads(path.read_text(encoding="utf-8")).items():
        if record.get("title"):
            films.append(
                Film(
                    identifier,
                    record["title"],
                    record.get("overview") or "",
                    record.get("tagline") or "",
                    tuple(entry["name"] for entry in record.get("keywords") or []),
                    tuple(entry["name"] for entry in record.get("genres") or []),
                )
            )
    if not films:
        raise ValueError(f"{path} holds no film with a title")
    return films


def read_topics(path: Path) -> list[str]:
    lines = (line.split("#")[0] for line in path.read_text(encoding="utf-8").splitlines())
    return [topic.strip() for line in lines for topic in line.split(",") if topic.strip()]


@cache
def words(text: str) -> tuple[str, ...]:
    """Lower-cased words, plurals as singulars."""
    return tuple(word.removesuffix("s") for word in re.findall(r"[^\W_]+", text.lower()))


def contains(text: str, topic: str) -> bool:
    """Whether the words of the topic, singular or plural, stand side by side in the text."""
    present, wanted = words(text), words(topic)
    ends = range(len(wanted), len(present) + 1)
    return any(present[end - len(wanted) : end] == wanted for end in ends)


def collect(films: list[Film], topics: list[str], held_out: int, seed: int) -> Collection:
    """Takes the judged topics out, then holds keywords and titles back to choose settings by.

    Genres are taken out by the same rule: a genre is a keyword that all films have.
    """
    chance = random.Random(seed)
    names = {name for film in films for name in (*film.keywords, *film.genres)}
    judged = {name for name in names if any(contains(name, topic) for topic in topics)}
    seen = _index(films, judged)
    few, many = VALIDATION_FILMS
    candidates = sorted(word for word, found in seen.items() if few <= len(found) <= many)
    chosen: list[str] = []
    hidden = set(judged)
    for keyword in chance.sample(candidates, len(candidates)):
        variants = {name for name in names if contains(name, keyword)}
        if len(variants) <= MOST_VARIANTS and len(chosen) < min(held_out, len(candidates) // 4):
            chosen.append(keyword)
            hidden |= variants
    allowed = [
        replace(
            film,
            keywords=tuple(name for name in film.keywords if name not in hidden),
            genres=tuple(name for name in film.genres if name not in hidden),
        )
        for film in films
    ]
    with_text = [number for number, film in enumerate(films) if film.overview]
    titles = chance.sample(with_text, min(held_out * 2, len(with_text) // 10))
    validation = {keyword: seen[keyword] for keyword in sorted(chosen)}
    return Collection(allowed, _index(allowed, set()), validation, sorted(titles))


def draw_keyword(collection: Collection, labeled: list[int], chance: random.Random) -> tuple[str, int]:
    """A film and one of its keywords: famous films have many keywords, and are not asked for more often."""
    film = chance.choice(labeled)
    return chance.choice(collection.films[film].keywords), film


def _index(films: list[Film], hidden: set[str]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for number, film in enumerate(films):
        for keyword in film.keywords:
            if film.overview and keyword not in hidden:
                found.setdefault(keyword, []).append(number)
    return found
