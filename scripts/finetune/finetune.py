"""Command line of the fine-tuning script; see ``--help``.

SPDX-License-Identifier: Apache-2.0
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

FAILED, UNUSABLE = 1, 2
# The limit of NumPy's generator.
MAX_SEED = 2**32 - 1


def parse(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="finetune.sh",
        description=(
            "Fine-tunes a cross-encoder on your own judgments or clicks, and writes a model directory that Solr loads:"
            " ONNX model, optimized model, reference pairs, and a card with a table of held-out queries. It runs on the CPU."
            " To continue an interrupted run, run the same command again."
        ),
        epilog=(
            "Exit status: 0 success; 1 failure; 2 invalid usage, or a file or package is missing. If PYTHON=... is not set in"
            " the environment, the script creates a virtual environment in target/finetune-venv and installs"
            " scripts/finetune/requirements.txt there, once."
        ),
    )
    add = parser.add_argument
    add("--from", dest="base", type=Path, required=True, metavar="DIR",
        help="PyTorch weights to start from: a cross-encoder, or an encoder, which gets a new head")
    add("--to", type=Path, required=True, metavar="DIR", help="model directory to create, such as solr-home/models/mine")
    data = parser.add_argument_group("training data")
    data.add_argument("--judgments", type=Path, nargs="+", default=[], metavar="FILE",
                      help="judgments, in any format of scripts/evaluate.sh; later files override earlier ones")
    data.add_argument("--pairs", type=Path, metavar="FILE",
                      help="clicks: a CSV with the header query,docid,weight")
    data.add_argument("--depth", type=int, default=100, metavar="N", help="candidates per query (default: 100)")
    data.add_argument("--leave-out", type=Path, metavar="FILE",
                      help="queries to exclude from training, one per line; queries that contain one are excluded, too")
    documents = parser.add_argument_group("documents")
    documents.add_argument("--solr", default="http://127.0.0.1:8983/solr", metavar="URL", help="(default: %(default)s)")
    documents.add_argument("--collection", default="tmdb", metavar="NAME", help="(default: %(default)s)")
    documents.add_argument("--documents", type=Path, metavar="FILE",
                       help="JSON file to use instead of Solr: an object keyed by id, or an array; without Solr, there is no first pass")
    documents.add_argument("--fields", metavar="F,F", help="fields of the passage (default: those of the parser in Solr)")
    documents.add_argument("--id-field", default="id", metavar="F",
                           help="field that contains the document ids of the judgments (default: id)")
    documents.add_argument("--def-type", metavar="PARSER", help="query parser of the first pass (default: edismax)")
    documents.add_argument("--qf", metavar="FIELDS", help="fields of the first pass (default: those of /select)")
    documents.add_argument("--param", action="append", default=[], metavar="NAME=VALUE", help="additional parameter of the first pass")
    training = parser.add_argument_group("training")
    training.add_argument("--held-out", type=int, default=100, metavar="N",
                     help="number of held-out queries for the results table, at most a fifth of all queries (default: 100)")
    training.add_argument("--steps", type=int, metavar="N", help="maximum number of training steps (default: one epoch)")
    training.add_argument("--warm-up", type=int, metavar="N",
                     help="number of warm-up steps, in which a new head learns the cosine of the encoder's own embeddings"
                               " (default: 200; 0: no warm-up)")
    training.add_argument("--queries", type=int, default=12, metavar="N", help="lists per step (default: 12)")
    training.add_argument("--documents-per-query", dest="size", type=int, default=6, metavar="N",
                     help="documents per list, of which up to two are relevant (default: 6)")
    training.add_argument("--lists-per-query", dest="lists", type=int, default=4, metavar="N",
                          help="maximum number of lists per query (default: 4)")
    training.add_argument("--rate", type=float, metavar="X",
                     help="learning rate, decreasing to 0 (default: 2e-5; for a new head 1e-4 after a warm-up, or 2e-4)")
    training.add_argument("--max-length", type=int, default=256, metavar="N",
                     help="maximum sequence length, in training and in Solr (default: 256)")
    training.add_argument("--seed", type=int, default=1, metavar="N", help="the same seed gives the same model (default: 1)")
    training.add_argument("--threads", type=int, default=2, metavar="N", help="number of threads; the result depends on it (default: 2)")
    training.add_argument("--fp32", action="store_true", help="do not use bfloat16, even if the CPU supports it")
    training.add_argument("--no-int8", action="store_true",
                          help="do not write int8 files; this saves minutes, and scripts/optimize-model.sh can write them later")
    add("--check", action="store_true", help=argparse.SUPPRESS)
    return _checked(parser, parser.parse_args(arguments))


def _checked(parser: argparse.ArgumentParser, parsed: argparse.Namespace) -> argparse.Namespace:
    if bool(parsed.judgments) == bool(parsed.pairs):
        parser.error("specify either --judgments or --pairs")
    if parsed.documents and not parsed.fields:
        parser.error("--documents requires --fields, because there is no Solr that defines the fields of the passage")
    minimums = {
        "--queries": (parsed.queries, 1), "--documents-per-query": (parsed.size, 3), "--lists-per-query": (parsed.lists, 1),
        "--threads": (parsed.threads, 1), "--depth": (parsed.depth, 1), "--max-length": (parsed.max_length, 16),
        "--held-out": (parsed.held_out, 2), "--steps": (parsed.steps, 1), "--warm-up": (parsed.warm_up, 0),
    }
    for option, (value, minimum) in minimums.items():
        if value is not None and value < minimum:
            parser.error(f"{option} must be at least {minimum}")
    if parsed.rate is not None and not 0 < parsed.rate < 1:
        parser.error("--rate must be a number between 0 and 1, such as 2e-5")
    if not 0 <= parsed.seed <= MAX_SEED:
        parser.error(f"--seed must be an integer from 0 to {MAX_SEED}")
    for parameter in parsed.param:
        if parameter.find("=") < 1:
            parser.error(f"--param must be NAME=VALUE, not '{parameter}'")
    if parsed.to.exists():
        parser.exit(UNUSABLE, f"{parsed.to} already exists; specify a new directory\n")
    for file in (*parsed.judgments, parsed.pairs, parsed.documents, parsed.leave_out):
        if file and not file.is_file():
            parser.exit(UNUSABLE, f"no such file: {file}\n")
    if not parsed.base.is_dir():
        parser.exit(UNUSABLE, f"no such directory: {parsed.base}\n")
    return parsed


def main() -> int:
    arguments = parse(sys.argv[1:])
    if arguments.check:
        return 0
    try:
        # Imported here, so that --help works without the packages.
        import stages
    except ModuleNotFoundError as missing:
        print(f"Python package {missing.name} is missing: pip install -r scripts/finetune/requirements.txt", file=sys.stderr)
        return UNUSABLE
    started = time.monotonic()

    def report(line: str) -> None:
        print(f"{time.monotonic() - started:6.0f} s  {line}", flush=True)

    try:
        stages.run(arguments, report)
        return 0
    except (OSError, ValueError, RuntimeError) as failure:
        print(f"error: {failure}", file=sys.stderr)
        return FAILED


if __name__ == "__main__":
    sys.exit(main())
