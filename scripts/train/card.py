"""Writes the model card with the results of this run.

SPDX-License-Identifier: Apache-2.0
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

# This section is measured by hand. It is kept if it names the SHA-256 of the current ONNX file.
MEASURED = "\n## Results with relevance judgments\n"

CARD = """\
# tmdb-starter: a small cross-encoder for films

It scores films for queries in English. It was created by `scripts/train/train.sh` from {sources};
see `scripts/train/README.md` in the source.

| | |
|---|---|
| inputs | `input_ids`, `attention_mask`, `token_type_ids`, int64 [batch, tokens], at most 256 tokens |
| output | `logits`, float32 [batch, 1]; 0 is between relevant and other films of the held-out queries below |
| tokens | {vocabulary:,}, lower-cased WordPiece; the line break after the title, the first line of a passage, is a token |
| file | {size:.1f} MB, vectors of {width} half-precision numbers, the rest fp32; opset 17 |
| data | {films:,} films of TMDB: titles, overviews, taglines, {keywords:,} keywords |
| seed | {seed} |

It has no attention layers. It compares each of the first 31 tokens of a query with each token of the passage, by the cosine of
their vectors, which are computed from co-occurrence in the collection (PPMI, SVD), and by identity. From these comparisons it
computes {features} features, which are the input of a network with one hidden layer.

## Results with held-out queries

nDCG@10; training used neither these keywords nor these titles as queries:

| | |
|---|---|
{rows}

Keywords of TMDB are incomplete judgments: many films have a keyword that their overview does not suggest, and many lack one
that fits. Use these numbers only to compare two runs. No judgment was used in training, and no keyword that is
or contains one of the queries in `scripts/train/topics.txt`.

## Limitations

- It is for films in English only.
- Questions and sentences: it was trained on titles, keywords and parts of overviews. Only the order of adjacent words
  counts; negation is ignored.
- Words that occur only a few times in the collection ("campy"), and facts that an overview does not mention.
- Names that are in no title and no overview: actors, directors.
- Query words after the first 31 tokens are ignored.

Published models such as ms-marco-MiniLM-L6-v2 are much better for other data.

`reference.json` contains pairs with their token ids (computed by Python's tokenizers) and logits (computed by PyTorch).
"""


def write_card(
    directory: Path, films: int, keywords: int, vocabulary: int, width: int, features: int, seed: int,
    quality: Mapping[str, float], encoder: Path | None,
) -> None:
    graph = (directory / "onnx" / "model.onnx").read_bytes()
    size = len(graph) / 1e6
    rows = "\n".join(f"| {name} | {value:.3f} |" for name, value in quality.items())
    sources = f"a tmdb.json and the word vectors of {encoder.name}" if encoder else "a tmdb.json alone"
    text = CARD.format(
        sources=sources,
        films=films, keywords=keywords, vocabulary=vocabulary, width=width, features=features, seed=seed,
        size=size, rows=rows,
    )
    card = directory / "README.md"
    card.write_text(text + _measured(card, hashlib.sha256(graph).hexdigest()[:12]), encoding="utf-8")


def _measured(card: Path, fingerprint: str) -> str:
    _, heading, results = (card.read_text(encoding="utf-8") if card.exists() else "").partition(MEASURED)
    return heading + results if f"`{fingerprint}`" in results else ""
