"""Short word vectors for the demo's hybrid search, from the vectors of the starter model.

A text is the sum of its words: each as rare as the model says, its 192 numbers projected to the 64
that tell words apart best, without the first direction, which all words share. Written as one byte
a number, for `solr-config/word-vectors.bin`: two big-endian integers, the length of a vector and
how many there are; then, for each, the word in UTF-8 behind its length (two bytes), and its numbers.

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
    constants = {each.name: numpy_helper.to_array(each) for each in graph.initializer}
    vocabulary = Tokenizer.from_file(str(options.model / "tokenizer.json")).get_vocab()
    words = {word: place for word, place in sorted(vocabulary.items()) if WORD.fullmatch(word)}

    places = list(words.values())
    vectors = constants["vectors"][places].astype(numpy.float64)
    vectors /= numpy.maximum(numpy.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    vectors *= constants["rarity"][places].astype(numpy.float64)[:, None]
    directions = numpy.linalg.svd(vectors, full_matrices=False)[2][1 : options.width + 1]
    # The sign of a direction is arbitrary, and differs from one library to another.
    largest = numpy.abs(directions).argmax(axis=1)
    directions *= numpy.sign(directions[numpy.arange(len(directions)), largest])[:, None]
    short = vectors @ directions.T
    numbers = numpy.rint(short * (127 / numpy.abs(short).max())).astype(numpy.int8)

    with options.to.open("wb") as file:
        file.write(struct.pack(">ii", options.width, len(words)))
        for word, row in zip(words, numbers, strict=True):
            text = word.encode()
            file.write(struct.pack(">H", len(text)) + text + row.tobytes())
    print(f"{options.to}: {len(words)} words, {options.to.stat().st_size} bytes")


if __name__ == "__main__":
    main()
