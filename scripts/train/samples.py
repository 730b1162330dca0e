"""Draws training samples: a query, a relevant film and negative films.

SPDX-License-Identifier: Apache-2.0
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass

import torch
from torch import Tensor

from data import Collection, sample_keyword, words

NEGATIVES = 7
NEIGHBORS = 30
# Negatives of a title or text query that have similar vectors, and negatives that share words with the query.
NEAR, LEXICAL = 2, 2
# Keyword queries have no similar negatives: films similar to a film with the keyword are often relevant, and only lack the keyword, so
# the model would learn that similarity means nothing. Negatives with the words of the keyword are used only if the relevant film has
# these words, too; otherwise the model would learn that a query word in the text is a bad sign.
KEYWORD_LEXICAL = 2
KEYWORD, TITLE, TAGLINE = 0.5, 0.3, 0.08  # ratios of the queries; the others are parts of overviews
NUMERALS = {"2": "ii", "3": "iii", "4": "iv", "5": "v"}
SMALL_WORDS = frozenset("a an and at for from in is of on or the to with".split())
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


@dataclass(frozen=True)
class Sample:
    query: str
    films: list[int]  # the relevant film first


class Sampler:
    """Draws samples at random. The same seed gives the same samples."""

    def __init__(self, collection: Collection, centroids: Tensor, seed: int) -> None:
        self.collection = collection
        self.rng = random.Random(seed)
        self.neighbors = _neighbors(centroids)
        films = collection.films
        held_out = set(collection.validation_films)
        self.all_films = list(range(len(films)))
        self.title_films = [number for number in self.all_films if number not in held_out]
        self.labeled = collection.labeled()
        self.tagline_films = [number for number in self.title_films if films[number].tagline and films[number].overview]
        self.overview_films = [number for number in self.all_films if films[number].overview]
        self.words = [set(words(film.passage)) for film in films]
        self.films_by_word: dict[str, list[int]] = {}
        for number, film_words in enumerate(self.words):
            for word in sorted(film_words):
                self.films_by_word.setdefault(word, []).append(number)

    def sample(self) -> Sample:
        films, kind = self.collection.films, self.rng.random()
        if kind < KEYWORD:
            keyword, positive = sample_keyword(self.collection, self.labeled, self.rng)
            relevant = set(self.collection.by_keyword[keyword])
            has_words = self.words[positive].issuperset(words(keyword))
            return self._with_negatives(keyword, positive, relevant, 0, KEYWORD_LEXICAL if has_words else 0)
        if kind < KEYWORD + TITLE:
            positive = self.rng.choice(self.title_films)
            query = vary_title(films[positive].title, self.rng)
            query_words = set(words(query))
            same_title = {number for number in self._films_of_rarest_word(query_words) if query_words <= set(words(films[number].title))}
            return self._with_negatives(query, positive, same_title)
        if kind < KEYWORD + TITLE + TAGLINE and self.tagline_films:
            positive = self.rng.choice(self.tagline_films)
            return self._with_negatives(films[positive].tagline, positive, set())
        positive = self.rng.choice(self.overview_films)
        text = _WORD.findall(films[positive].overview)
        start = self.rng.randrange(len(text) - 1) if len(text) > 1 else 0
        return self._with_negatives(" ".join(text[start : start + self.rng.randint(2, 6)]), positive, set())

    def near(self, film: int, number: int) -> list[int]:
        """Returns the films whose texts are the most similar to the text of a film, except the film itself."""
        return [other for other in self.neighbors[film].tolist() if other != film][:number]

    def lexical(self, query: str, number: int) -> list[int]:
        """Returns random films that contain a word of the query. Rare words are chosen more often."""
        known_words = [word for word in words(query) if len(self.films_by_word.get(word, ())) > 1]
        if not known_words:
            return []
        rarity = [len(self.films_by_word[word]) ** -0.5 for word in known_words]
        chosen = self.rng.choices(known_words, rarity, k=number)
        return [self.rng.choice(self.films_by_word[word]) for word in chosen]

    def _films_of_rarest_word(self, query_words: set[str]) -> list[int]:
        return min((self.films_by_word.get(word, []) for word in sorted(query_words)), key=len, default=[])

    def _with_negatives(
        self, query: str, positive: int, relevant: set[int], near: int = NEAR, lexical: int = LEXICAL
    ) -> Sample:
        near_films = self.rng.sample(self.near(positive, NEIGHBORS), near)
        chosen = [positive]
        for candidate in [*near_films, *self.lexical(query, lexical)]:
            if candidate not in relevant and candidate not in chosen:
                chosen.append(candidate)
        while len(chosen) <= NEGATIVES:
            candidate = self.rng.choice(self.all_films)
            if candidate not in relevant and candidate not in chosen:
                chosen.append(candidate)
        return Sample(query, chosen)


def _neighbors(unit: Tensor) -> Tensor:
    number = min(NEIGHBORS + 1, len(unit))
    return torch.cat([torch.topk(part @ unit.t(), number).indices for part in unit.split(1000)])


def vary_title(title: str, rng: random.Random) -> str:
    """Returns a title as users type it: complete, without some words, misspelled or in another order."""
    text = [word for word in _WORD.findall(title.lower())] or [title]
    kind = rng.random()
    if kind < 0.4:
        return " ".join(text)
    if kind < 0.55:
        kept = [word for word in text if word not in SMALL_WORDS]
        return " ".join(kept or text)
    if kind < 0.75 and len(text) > 1:
        kept = [word for word in text if rng.random() < 0.65]
        return " ".join(kept or text)
    if kind < 0.85:
        position = max(range(len(text)), key=lambda index: (len(text[index]), index))
        return " ".join([*text[:position], _misspell(text[position], rng), *text[position + 1 :]])
    if kind < 0.92:
        return " ".join(NUMERALS.get(word, _roman(word)) for word in text)
    return " ".join(rng.sample(text, len(text)))


def _roman(word: str) -> str:
    return next((digit for digit, roman in NUMERALS.items() if roman == word), word)


def _misspell(word: str, rng: random.Random) -> str:
    """Omits or doubles one letter, or swaps it with the next one."""
    if len(word) < 4:
        return word
    position = rng.randrange(1, len(word) - 1)
    before, letter, after = word[:position], word[position], word[position + 1 :]
    return rng.choice([before + after, before + letter + letter + after, before + after[0] + letter + after[1:]])
