"""What training asks: a query, a film that answers it, and films that do not.

SPDX-License-Identifier: Apache-2.0
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass

import torch
from torch import Tensor

from data import Collection, draw_keyword, words

NEGATIVES = 7
NEIGHBORS = 30
# Of the negatives of a title or a piece of text: near by their vectors, and having words of it.
NEAR, LEXICAL = 2, 2
# Films near one with a keyword often merely lack the keyword: they would teach that likeness means
# nothing. Those with its words would teach that words mean nothing, unless the answer has them too.
LEXICAL_OF_KEYWORD = 2
KEYWORD, TITLE, TAGLINE = 0.5, 0.3, 0.08  # of the queries; the rest are pieces of an overview
NUMERALS = {"2": "ii", "3": "iii", "4": "iv", "5": "v"}
SMALL_WORDS = frozenset("a an and at for from in is of on or the to with".split())
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


@dataclass(frozen=True)
class Sample:
    query: str
    films: list[int]  # the answer first


class Sampler:
    """Deterministic for its seed."""

    def __init__(self, collection: Collection, centroids: Tensor, seed: int) -> None:
        self.collection = collection
        self.chance = random.Random(seed)
        self.neighbors = _neighbors(centroids)
        films = collection.films
        held_out = set(collection.validation_films)
        self.all = list(range(len(films)))
        self.titled = [number for number in self.all if number not in held_out]
        self.labeled = collection.labeled()
        self.with_tagline = [number for number in self.titled if films[number].tagline and films[number].overview]
        self.with_overview = [number for number in self.all if films[number].overview]
        self.words = [set(words(film.passage)) for film in films]
        self.having: dict[str, list[int]] = {}
        for number, present in enumerate(self.words):
            for word in sorted(present):
                self.having.setdefault(word, []).append(number)

    def sample(self) -> Sample:
        films, kind = self.collection.films, self.chance.random()
        if kind < KEYWORD:
            keyword, answer = draw_keyword(self.collection, self.labeled, self.chance)
            answers = set(self.collection.by_keyword[keyword])
            has_words = self.words[answer].issuperset(words(keyword))
            return self._with_negatives(keyword, answer, answers, 0, LEXICAL_OF_KEYWORD if has_words else 0)
        if kind < KEYWORD + TITLE:
            answer = self.chance.choice(self.titled)
            query = mistyped(films[answer].title, self.chance)
            asked = set(words(query))
            same = {number for number in self._having(asked) if asked <= set(words(films[number].title))}
            return self._with_negatives(query, answer, same)
        if kind < KEYWORD + TITLE + TAGLINE and self.with_tagline:
            answer = self.chance.choice(self.with_tagline)
            return self._with_negatives(films[answer].tagline, answer, set())
        answer = self.chance.choice(self.with_overview)
        text = _WORD.findall(films[answer].overview)
        start = self.chance.randrange(len(text) - 1) if len(text) > 1 else 0
        return self._with_negatives(" ".join(text[start : start + self.chance.randint(2, 6)]), answer, set())

    def near(self, film: int, number: int) -> list[int]:
        """The films whose texts are the most like that of a film, beside itself."""
        return [other for other in self.neighbors[film].tolist() if other != film][:number]

    def lexical(self, query: str, number: int) -> list[int]:
        """Films that have a word of the query, the rarer words more often."""
        known = [word for word in words(query) if len(self.having.get(word, ())) > 1]
        if not known:
            return []
        rarity = [len(self.having[word]) ** -0.5 for word in known]
        chosen = self.chance.choices(known, rarity, k=number)
        return [self.chance.choice(self.having[word]) for word in chosen]

    def _having(self, asked: set[str]) -> list[int]:
        return min((self.having.get(word, []) for word in sorted(asked)), key=len, default=[])

    def _with_negatives(
        self, query: str, answer: int, answers: set[int], near: int = NEAR, lexical: int = LEXICAL
    ) -> Sample:
        alike = self.chance.sample(self.near(answer, NEIGHBORS), near)
        chosen = [answer]
        for candidate in [*alike, *self.lexical(query, lexical)]:
            if candidate not in answers and candidate not in chosen:
                chosen.append(candidate)
        while len(chosen) <= NEGATIVES:
            candidate = self.chance.choice(self.all)
            if candidate not in answers and candidate not in chosen:
                chosen.append(candidate)
        return Sample(query, chosen)


def _neighbors(unit: Tensor) -> Tensor:
    number = min(NEIGHBORS + 1, len(unit))
    return torch.cat([torch.topk(part @ unit.t(), number).indices for part in unit.split(1000)])


def mistyped(title: str, chance: random.Random) -> str:
    """A title as people type it: whole, without some words, misspelled or in another order."""
    text = [word for word in _WORD.findall(title.lower())] or [title]
    kind = chance.random()
    if kind < 0.4:
        return " ".join(text)
    if kind < 0.55:
        kept = [word for word in text if word not in SMALL_WORDS]
        return " ".join(kept or text)
    if kind < 0.75 and len(text) > 1:
        kept = [word for word in text if chance.random() < 0.65]
        return " ".join(kept or text)
    if kind < 0.85:
        place = max(range(len(text)), key=lambda index: (len(text[index]), index))
        return " ".join([*text[:place], _misspelled(text[place], chance), *text[place + 1 :]])
    if kind < 0.92:
        return " ".join(NUMERALS.get(word, _roman(word)) for word in text)
    return " ".join(chance.sample(text, len(text)))


def _roman(word: str) -> str:
    return next((digit for digit, roman in NUMERALS.items() if roman == word), word)


def _misspelled(word: str, chance: random.Random) -> str:
    """One letter left out, doubled, or swapped with the next."""
    if len(word) < 4:
        return word
    place = chance.randrange(1, len(word) - 1)
    before, letter, after = word[:place], word[place], word[place + 1 :]
    return chance.choice([before + after, before + letter + letter + after, before + after[0] + letter + after[1:]])
