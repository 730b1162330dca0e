"""Makes pairs for ``finetune.sh --pairs`` of a tmdb.json, where nobody has clicked yet: titles and keywords as queries.

SPDX-License-Identifier: Apache-2.0
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import sys
from pathlib import Path

# A keyword of fewer films says little, one of more is nearly a genre.
FEW, MANY = 3, 100
MOST_FILMS = 12


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("tmdb", type=Path, help="one JSON object of TMDB records, keyed by id")
    parser.add_argument("--titles", type=int, default=1500, metavar="N", help="titles as queries (default: 1500)")
    parser.add_argument("--keywords", type=int, default=2500, metavar="N", help="keywords as queries (default: 2500)")
    parser.add_argument("--seed", type=int, default=1, metavar="N")
    arguments = parser.parse_args()
    records = json.loads(arguments.tmdb.read_text(encoding="utf-8")).items()
    films = {identifier: film for identifier, film in records if film.get("title") and film.get("overview")}
    by_keyword: dict[str, list[str]] = {}
    by_title: dict[str, list[str]] = {}
    for identifier, film in films.items():
        by_title.setdefault(film["title"].lower(), []).append(identifier)
        for keyword in film.get("keywords") or []:
            by_keyword.setdefault(keyword["name"], []).append(identifier)
    chance = random.Random(arguments.seed)
    keywords = sorted(keyword for keyword, found in by_keyword.items() if FEW <= len(found) <= MANY)
    titles = sorted(by_title)
    rows = csv.writer(sys.stdout, lineterminator="\n")
    rows.writerow(["query", "docid", "weight"])
    for title in chance.sample(titles, min(arguments.titles, len(titles))):
        rows.writerows([title, identifier, 1] for identifier in by_title[title])
    for keyword in chance.sample(keywords, min(arguments.keywords, len(keywords))):
        found = by_keyword[keyword]
        rows.writerows([keyword, identifier, 1] for identifier in chance.sample(found, min(MOST_FILMS, len(found))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
