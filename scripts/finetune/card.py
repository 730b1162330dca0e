"""Writes the model card: training data, settings and results with held-out queries.

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

A passage consists of the fields {fields}, in this order, separated by an empty line. Set `fields` of the parser to these fields.

## Held-out queries

{questions:,} queries that were not used in training, each with up to {candidates} candidates of the first pass:

{table}

nDCG@10 counts unjudged documents as not relevant. nDCG'@10 ignores unjudged documents (Sakai, SIGIR 2007). judged@10 is
the ratio of judged documents among the first ten. The intervals are bootstrap intervals over queries, and p is the
p-value of Fisher's randomization test.
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
