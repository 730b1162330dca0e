"""Creates the optimized ONNX models for the tests from the other test models.

    pip install -r scripts/optimize/requirements.txt
    python -B scripts/test-models/make_optimized.py src/test/resources/models
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

import onnx

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "optimize"))

import attention
import optimization

# A low threshold, so that the short pairs of the tests use both kinds of attention.
attention.LONG = 32
MODELS = ("bert", "roberta", "modernbert", "ettin-tiny")


def main() -> None:
    models = Path(sys.argv[1])
    target = models / "optimized"
    target.mkdir(exist_ok=True)
    for name in MODELS:
        directory = models / name
        config = json.loads((directory / "config.json").read_text(encoding="utf-8"))
        with tempfile.TemporaryDirectory() as folder:
            source = optimization.with_logits(
                directory / "onnx" / "model.onnx", directory, Path(folder)
            )
            batches, one_pair = optimization.rewritten(source, config)
        onnx.save(batches, target / f"{name}.onnx")
        onnx.save(one_pair, target / f"{name}_one_pair.onnx")


if __name__ == "__main__":
    main()
