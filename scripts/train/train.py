"""Creates conf/models/tmdb-starter from a tmdb.json; see ``--help``.

SPDX-License-Identifier: Apache-2.0
"""

from __future__ import annotations

import argparse
import sys
import time
from dataclasses import replace
from pathlib import Path

HERE = Path(__file__).resolve().parent


def parse(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="train.sh",
        description="Trains the bundled model: a small cross-encoder for films. It needs no network and no GPU.",
        epilog=(
            "If PYTHON=... is not set in the environment, train.sh creates a virtual environment in"
            " target/train-venv and installs scripts/train/requirements.txt there, once."
        ),
    )
    parser.add_argument("--tmdb", type=Path, required=True, metavar="FILE", help="a tmdb.json: a JSON object of TMDB records, keyed by id")
    parser.add_argument(
        "--to", type=Path, default=HERE.parents[1] / "conf/models/tmdb-starter", metavar="DIR",
        help="output directory (default: conf/models/tmdb-starter)",
    )
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="the same seed gives the same model (default: 1)")
    parser.add_argument(
        "--leave-out", type=Path, default=HERE / "topics.txt", metavar="FILE",
        help="queries whose keywords are excluded from training (default: scripts/train/topics.txt)",
    )
    parser.add_argument(
        "--words", type=Path, metavar="DIR",
        help="directory of an encoder such as all-MiniLM-L6-v2, for additional word vectors; requires the package transformers",
    )
    parser.add_argument(
        "--networks", type=int, default=1, metavar="N", help="number of networks to train and average (default: 1)"
    )
    parser.add_argument("--vocabulary", type=int, default=12_000, metavar="N", help="number of tokens (default: 12000)")
    parser.add_argument("--width", type=int, default=192, metavar="N", help="length of a token's vector (default: 192)")
    parser.add_argument("--steps", type=int, metavar="N", help="number of alignment steps (default: 150)")
    parser.add_argument("--queries", type=int, metavar="N", help="number of training queries of the network (default: 16000)")
    parser.add_argument("--check", action="store_true", help=argparse.SUPPRESS)
    parsed = parser.parse_args(arguments)
    for file in (parsed.tmdb, parsed.leave_out):
        if not file.is_file():
            parser.exit(1, f"no such file: {file}\n")
    if parsed.words and not (parsed.words / "model.safetensors").is_file():
        parser.exit(1, f"no such file: {parsed.words / 'model.safetensors'}\n")
    if parsed.networks < 1:
        parser.error(f"--networks must be at least 1: {parsed.networks}")
    return parsed


def main() -> int:
    arguments = parse(sys.argv[1:])
    if arguments.check:
        return 0
    try:
        # Imported here, so that --help works without the packages.
        import recipe
    except ModuleNotFoundError as missing:
        print(f"Python package {missing.name} is missing: pip install -r {HERE}/requirements.txt", file=sys.stderr)
        return 2
    started = time.monotonic()

    def report(line: str) -> None:
        print(f"{time.monotonic() - started:6.0f} s  {line}", flush=True)

    settings = recipe.Settings(
        arguments.vocabulary, arguments.width, arguments.seed, arguments.words, arguments.networks
    )
    if arguments.steps:
        settings = replace(settings, alignment=replace(settings.alignment, steps=arguments.steps))
    if arguments.queries:
        settings = replace(settings, schedule=replace(settings.schedule, queries=arguments.queries))
    try:
        recipe.make(arguments.tmdb, arguments.leave_out, arguments.to, settings, report)
    except (OSError, ValueError, RuntimeError) as failure:
        print(failure, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
