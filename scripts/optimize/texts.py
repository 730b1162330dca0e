"""Reads real pairs of query and passage for the choice of int8 and for its check."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

QUERIES = 24
PAIRS_PER_QUERY = 20
FEWEST_PAIRS = 60
# A keyword of fewer records is as specific as a title, so it is not used as a topic.
FEWEST_RECORDS = 3

Pairs = list[tuple[str, str]]


@dataclass(frozen=True)
class Sample:
    """Two sets of pairs without a common query."""

    choice: list[Pairs]  # calibration pairs
    check: list[Pairs]


@dataclass(frozen=True)
class Texts:
    passages: list[str]
    pairs: list[Pairs]  # grouped by query

    def sample(self) -> Sample:
        sample = Sample(self.pairs[::2], self.pairs[1::2])
        fewest = min(sum(map(len, part)) for part in (sample.choice, sample.check))
        if fewest < FEWEST_PAIRS:
            raise ValueError(
                f"the texts have {sum(map(len, self.pairs))} pairs of {len(self.pairs)} queries."
                f" One half of the queries is used to choose int8 and the other half to check it;"
                f" each half needs {FEWEST_PAIRS} pairs"
            )
        return sample


def read_texts(path: Path) -> Texts:
    """Reads lines "query TAB passage", or TMDB records in a JSON list or an object of objects."""
    text = path.read_text(encoding="utf-8")
    if text.lstrip()[:1] in ("{", "["):
        return _from_records(path, json.loads(text))
    by_query: dict[str, Pairs] = {}
    for number, line in enumerate(text.splitlines(), 1):
        query, tab, passage = line.partition("\t")
        if not tab or not query.strip() or not passage.strip():
            raise ValueError(f"{path}, line {number}: not a query, a tab and a passage")
        by_query.setdefault(query, []).append((query, passage))
    passages = list(dict.fromkeys(passage for pairs in by_query.values() for _, passage in pairs))
    return Texts(passages, list(by_query.values()))


def _from_records(path: Path, content: Any) -> Texts:
    records = content.values() if isinstance(content, dict) else content
    kept = [record for record in records if record.get("title") and record.get("overview")]
    if not kept:
        raise ValueError(f"{path} contains no record with a title and an overview")
    passages = [f"{record['title']}\n\n{record['overview']}" for record in kept]
    words = [_words(passage) for passage in passages]
    pairs = [
        [(query, passages[number]) for number in _candidates(query, words)]
        for query in _queries(kept)
    ]
    return Texts(passages, pairs)


def _queries(records: list[dict[str, Any]]) -> list[str]:
    """Returns topics (keywords of many records) and names (titles of records) as queries."""
    counts = Counter(
        keyword["name"] for record in records for keyword in record.get("keywords") or []
    )
    topics = [name for name, count in counts.most_common(QUERIES) if count >= FEWEST_RECORDS]
    step = max(1, len(records) // QUERIES)
    titles = [record["title"] for record in records[::step]][:QUERIES]
    half = QUERIES // 2
    mixed = topics[:half] + titles[: QUERIES - len(topics[:half])]
    return list(dict.fromkeys(mixed))


def _candidates(query: str, words: list[set[str]]) -> list[int]:
    """Returns passages as after a first pass.

    At most half of them share words with the query; the others are spread over all passages.
    """
    wanted = _words(query)
    shared = [len(wanted & found) for found in words]
    matching = sorted(range(len(words)), key=lambda number: -shared[number])
    chosen = [number for number in matching[: PAIRS_PER_QUERY // 2] if shared[number]]
    step = max(1, len(words) // PAIRS_PER_QUERY)
    others = [number for number in range(0, len(words), step) if number not in chosen]
    return chosen + others[: PAIRS_PER_QUERY - len(chosen)]


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.lower()))
