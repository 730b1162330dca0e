"""The model card, with the numbers of this run.

SPDX-License-Identifier: Apache-2.0
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

# Measured by hand, so it is kept as long as the model is the one that it names.
MEASURED = "\n## Results with relevance judgments\n"

CARD = """\
# tmdb-starter: a small cross-encoder to begin with

It scores a film for a query, in English. Made by `scripts/train/train.sh` from a tmdb.json alone;
`scripts/train/README.md` in the source describes how.

| | |
|---|---|
| inputs | `input_ids`, `attention_mask`, `token_type_ids`, int64 [batch, tokens], at most 256 tokens |
| output | `logits`, float32 [batch, 1]; 0 lies between answers and other films of the held-out questions below |
| tokens | {vocabulary:,}, lower-cased WordPiece; the end of a passage's first line, its title, is one of them |
| file | {size:.1f} MB, vectors of {width} half-precision numbers, the rest fp32; opset 17 |
| data | {films:,} films of TMDB: titles, overviews, taglines, {keywords:,} keywords |
| seed | {seed} |

It has no attention layers. It compares each of the first 31 tokens of a query with each token of the passage, by
vectors that come from what stands together in the collection (PPMI, SVD), and by identity; {features} features of
that go through a network of one hidden layer.

## How well it answers what it has not seen

nDCG@10 of held-out questions; training saw neither these keywords nor these titles as queries:

| | |
|---|---|
{rows}

TMDB's keywords are an unkind judge: many films have a keyword that their overview does not hint at, and many lack one
that fits. These numbers are to compare two runs with. No judgment was used in training, and no keyword that is
or contains one of the queries in `scripts/train/topics.txt`.

## What it is not good at

- Anything but films, and anything but English.
- Questions and sentences: it has read titles, keywords and pieces of overviews. Order counts for two words side by
  side, negation for nothing.
- Words that the collection has a few times only ("campy"), and what an overview does not say.
- Names that lie in no title and no overview: actors, directors.
- Query words after the first 31 tokens: they are not read.

It is a toy beside ms-marco-MiniLM-L6-v2.

`reference.json` has pairs with their token ids (of Python's tokenizers) and logits (of PyTorch).
"""


def write_card(
    directory: Path, films: int, keywords: int, vocabulary: int, width: int, features: int, seed: int,
    quality: Mapping[str, float],
) -> None:
    graph = (directory / "onnx" / "model.onnx").read_bytes()
    size = len(graph) / 1e6
    rows = "\n".join(f"| {name} | {value:.3f} |" for name, value in quality.items())
    text = CARD.format(
        films=films, keywords=keywords, vocabulary=vocabulary, width=width, features=features, seed=seed,
        size=size, rows=rows,
    )
    card = directory / "README.md"
    card.write_text(text + _measured(card, hashlib.sha256(graph).hexdigest()[:12]), encoding="utf-8")


def _measured(card: Path, fingerprint: str) -> str:
    _, heading, results = (card.read_text(encoding="utf-8") if card.exists() else "").partition(MEASURED)
    return heading + results if f"`{fingerprint}`" in results else ""
