"""The model card: what the model is made of, and what held-out queries say of it.

SPDX-License-Identifier: Apache-2.0
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

CARD = """\
# {name}

A cross-encoder, fine-tuned by `scripts/finetune.sh` of solr-crossencoder from {base}.

| | |
|---|---|
{facts}

It reads a passage of the fields {fields}, in this order, with an empty line between: name them in `fields` of the parser.

## Held-out queries

{questions:,} queries that training never saw, each with up to {candidates} candidates of the first pass:

{table}

nDCG@10 counts what nobody judged as wrong; nDCG'@10 is that of the judged ones alone (Sakai, SIGIR 2007); judged@10 is
the share of the first ten that somebody judged. Intervals are the bootstrap's over queries, p is Fisher's
randomization test.
"""


def write(directory: Path, name: str, base: str, facts: Mapping[str, object], fields: list[str], questions: int,
          candidates: int, table: str) -> None:
    rows = "\n".join(f"| {key} | {value} |" for key, value in facts.items())
    (directory / "README.md").write_text(
        CARD.format(
            name=name, base=base, facts=rows, fields=", ".join(f"`{field}`" for field in fields),
            questions=questions, candidates=candidates, table=table,
        ),
        encoding="utf-8",
    )
