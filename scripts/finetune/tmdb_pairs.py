"""Makes pairs for ``finetune.sh --pairs`` of a tmdb.json, where nobody has clicked yet.

A query is three keywords of a film, as somebody describes a film whose title he forgot; right are the films that have all
three. One keyword would be no fair test: TMDB's are incomplete, and most films that fit one do not have it.

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
# One of more films says little.
MANY = 100


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("tmdb", type=Path, help="one JSON object of TMDB records, keyed by id")
    parser.add_argument("--seed", type=int, default=1, metavar="N")
    arguments = parser.parse_args()
    records = json.loads(arguments.tmdb.read_text(encoding="utf-8")).items()
    keywords = {
        identifier: sorted({keyword["name"].strip() for keyword in film.get("keywords") or []})
        for identifier, film in sorted(records) if film.get("title") and film.get("overview")
    }
    films: dict[str, set[str]] = {}
    for identifier, own in keywords.items():
        for keyword in own:
            films.setdefault(keyword, set()).add(identifier)
    chance = random.Random(arguments.seed)
    right: dict[str, set[str]] = {}
    for own in keywords.values():
        telling = [keyword for keyword in own if len(films[keyword]) <= MANY]
        if len(telling) >= KEYWORDS:
            chosen = chance.sample(telling, KEYWORDS)
            right[" ".join(chosen)] = set.intersection(*(films[keyword] for keyword in chosen))
    rows = csv.writer(sys.stdout, lineterminator="\n")
    rows.writerow(["query", "docid", "weight"])
    for query, found in right.items():
        rows.writerows([query, identifier, 1] for identifier in sorted(found))
    return 0


if __name__ == "__main__":
    sys.exit(main())
