"""Creates training pairs for ``finetune.sh --pairs`` from a tmdb.json, as a substitute for clicks.

A query consists of three keywords of a film, similar to the description of a film whose title a user forgot. The films that have
all three keywords are relevant. One keyword would not be a fair test: the keywords of TMDB are incomplete, and most films that fit
a keyword do not have it.

SPDX-License-Identifier: Apache-2.0
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import sys
from pathlib import Path

KEYWORDS = 3
# Keywords of more films are too general.
MAX_FILMS = 100


def _names(film: dict) -> set[str]:
    found = film.get("keywords")
    names = [item.get("name") for item in found if isinstance(item, dict)] if isinstance(found, list) else []
    return {name.strip() for name in names if isinstance(name, str)}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("tmdb", type=Path, help="a JSON object of TMDB records, keyed by id")
    parser.add_argument("--seed", type=int, default=1, metavar="N")
    arguments = parser.parse_args()
    try:
        records = json.loads(arguments.tmdb.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as failure:
        parser.exit(1, f"error: {arguments.tmdb}: {failure}\n")
    if not isinstance(records, dict):
        parser.exit(1, f"error: {arguments.tmdb} is not a JSON object keyed by id\n")
    keywords = {
        identifier: sorted(_names(film))
        for identifier, film in sorted(records.items()) if isinstance(film, dict) and film.get("title") and film.get("overview")
    }
    films: dict[str, set[str]] = {}
    for identifier, film_keywords in keywords.items():
        for keyword in film_keywords:
            films.setdefault(keyword, set()).add(identifier)
    rng = random.Random(arguments.seed)
    relevant: dict[str, set[str]] = {}
    for film_keywords in keywords.values():
        specific = [keyword for keyword in film_keywords if len(films[keyword]) <= MAX_FILMS]
        if len(specific) >= KEYWORDS:
            chosen = rng.sample(specific, KEYWORDS)
            relevant[" ".join(chosen)] = set.intersection(*(films[keyword] for keyword in chosen))
    rows = csv.writer(sys.stdout, lineterminator="\n")
    rows.writerow(["query", "docid", "weight"])
    for query, found in relevant.items():
        rows.writerows([query, identifier, 1] for identifier in sorted(found))
    return 0


if __name__ == "__main__":
    sys.exit(main())
