"""Reads the films and selects the keywords that training may use.

SPDX-License-Identifier: Apache-2.0
"""

from __future__ import annotations

import json
import random
import re
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

# Number of films of a held-out keyword. A keyword of fewer films is not informative, and one of more films is nearly a genre.
VALIDATION_KEYWORD_FILMS = (4, 100)
# All keywords that contain a held-out keyword are held out, too. A keyword with more of them, such as "war", is not chosen.
MAX_VARIANTS = 8


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
        """Returns the passage as the plugin builds it: the non-empty fields, separated by an empty line."""
        return f"{self.title}\n\n{self.overview}" if self.overview else self.title


@dataclass(frozen=True)
class Collection:
    """Films and keywords. The vocabulary uses the texts of all films, but the two held-out sets are never training queries."""

    films: list[Film]
    by_keyword: dict[str, list[int]]  # keywords for training, with their films
    validation_keywords: dict[str, list[int]]
    validation_films: list[int]  # films whose titles are never training queries

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
        raise ValueError(f"{path} does not contain a film with a title")
    return films


def read_topics(path: Path) -> list[str]:
    lines = (line.split("#")[0] for line in path.read_text(encoding="utf-8").splitlines())
    return [topic.strip() for line in lines for topic in line.split(",") if topic.strip()]


@cache
def words(text: str) -> tuple[str, ...]:
    """Returns the lower-cased words without a final "s", so that plurals equal singulars."""
    return tuple(word.removesuffix("s") for word in re.findall(r"[^\W_]+", text.lower()))


def contains(text: str, topic: str) -> bool:
    """Returns whether the text contains the words of the topic, singular or plural, side by side."""
    present, wanted = words(text), words(topic)
    ends = range(len(wanted), len(present) + 1)
    return any(present[end - len(wanted) : end] == wanted for end in ends)


def collect(films: list[Film], topics: list[str], held_out: int, seed: int) -> Collection:
    """Removes the judged topics from the keywords, then holds out keywords and titles for validation.

    Genres are removed by the same rule, because a genre is a keyword that every film has.
    """
    rng = random.Random(seed)
    names = {name for film in films for name in (*film.keywords, *film.genres)}
    excluded = {name for name in names if any(contains(name, topic) for topic in topics)}
    films_by_keyword = _index(films, excluded)
    minimum, maximum = VALIDATION_KEYWORD_FILMS
    candidates = sorted(word for word, found in films_by_keyword.items() if minimum <= len(found) <= maximum)
    chosen: list[str] = []
    hidden = set(excluded)
    for keyword in rng.sample(candidates, len(candidates)):
        variants = {name for name in names if contains(name, keyword)}
        if len(variants) <= MAX_VARIANTS and len(chosen) < min(held_out, len(candidates) // 4):
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
    titles = rng.sample(with_text, min(held_out * 2, len(with_text) // 10))
    validation = {keyword: films_by_keyword[keyword] for keyword in sorted(chosen)}
    return Collection(allowed, _index(allowed, set()), validation, sorted(titles))


def sample_keyword(collection: Collection, labeled: list[int], rng: random.Random) -> tuple[str, int]:
    """Returns a keyword and its film. The film is drawn first, so that famous films with many keywords are not drawn more often."""
    film = rng.choice(labeled)
    return rng.choice(collection.films[film].keywords), film


def _index(films: list[Film], hidden: set[str]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for number, film in enumerate(films):
        for keyword in film.keywords:
            if film.overview and keyword not in hidden:
                found.setdefault(keyword, []).append(number)
    return found
