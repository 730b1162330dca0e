"""Writes short word vectors for the hybrid search of the demo, computed from the vectors of the bundled model.

The vector of a text is the sum of its word vectors. Each word vector has 192 numbers and is weighted by the inverse document
frequency of the model. It is projected to 64 right singular vectors, without the first one, which all words share. Each number is
rounded to one byte.

The format of `solr-config/word-vectors.bin` is: two big-endian integers (length of a vector, number of words); then for each word, the
length of its UTF-8 form (two bytes), the word in UTF-8, and the numbers.

SPDX-License-Identifier: Apache-2.0
"""

from __future__ import annotations

import argparse
import re
import struct
from pathlib import Path

import numpy
import onnx
from onnx import numpy_helper
from tokenizers import Tokenizer

WORD = re.compile(r"[^\W_]+")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--model", type=Path, default=Path("conf/models/tmdb-starter"))
    parser.add_argument("--to", type=Path, default=Path("solr-config/word-vectors.bin"))
    parser.add_argument("--width", type=int, default=64)
    options = parser.parse_args()
    graph = onnx.load(options.model / "onnx" / "model.onnx").graph
    constants = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}
    vocabulary = Tokenizer.from_file(str(options.model / "tokenizer.json")).get_vocab()
    words = {word: token_id for word, token_id in sorted(vocabulary.items()) if WORD.fullmatch(word)}

    ids = list(words.values())
    vectors = constants["vectors"][ids].astype(numpy.float64)
    vectors /= numpy.maximum(numpy.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    vectors *= constants["rarity"][ids].astype(numpy.float64)[:, None]
    directions = numpy.linalg.svd(vectors, full_matrices=False)[2][1 : options.width + 1]
    # The sign of a singular vector is arbitrary and differs between libraries.
    largest = numpy.abs(directions).argmax(axis=1)
    directions *= numpy.sign(directions[numpy.arange(len(directions)), largest])[:, None]
    projected = vectors @ directions.T
    numbers = numpy.rint(projected * (127 / numpy.abs(projected).max())).astype(numpy.int8)

    with options.to.open("wb") as file:
        file.write(struct.pack(">ii", options.width, len(words)))
        for word, row in zip(words, numbers, strict=True):
            text = word.encode()
            file.write(struct.pack(">H", len(text)) + text + row.tobytes())
    print(f"{options.to}: {len(words)} words, {options.to.stat().st_size} bytes")


if __name__ == "__main__":
    main()
