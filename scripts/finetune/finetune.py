"""Command line of the fine-tuning; see ``--help``.

SPDX-License-Identifier: Apache-2.0
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

FAILED, UNUSABLE = 1, 2


def parse(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="finetune.sh",
        description=(
            "Fine-tunes a cross-encoder on your own judgments or clicks, and writes a model directory that Solr loads:"
            " ONNX graph, optimized graph, probe pairs, and a card with a table of held-out queries. On the CPU."
            " A run that was cut off goes on where it stopped when the command is run again."
        ),
        epilog=(
            "Exit status: 0 done; 1 it failed; 2 bad usage, or a file or package is missing. Without PYTHON=... in the"
            " environment, the script makes a virtual environment in target/finetune-venv and installs"
            " scripts/finetune/requirements.txt there, once."
        ),
    )
    add = parser.add_argument
    add("--from", dest="base", type=Path, required=True, metavar="DIR",
        help="PyTorch weights to begin with: a cross-encoder, or an encoder, which gets a new head")
    add("--to", type=Path, required=True, metavar="DIR", help="the model directory to make, as solr-home/models/mine")
    data = parser.add_argument_group("what to learn from")
    data.add_argument("--judgments", type=Path, nargs="+", default=[], metavar="FILE",
                      help="grades, in any format of scripts/evaluate.sh; of several files later ones win")
    data.add_argument("--pairs", type=Path, metavar="FILE",
                      help="clicks: a CSV with the header query,docid,weight")
    data.add_argument("--depth", type=int, default=100, metavar="N", help="candidates of a query (default: 100)")
    data.add_argument("--leave-out", type=Path, metavar="FILE",
                      help="queries that training must not see, one a line; those that contain one are left out too")
    place = parser.add_argument_group("where the documents are")
    place.add_argument("--solr", default="http://127.0.0.1:8983/solr", metavar="URL", help="(default: %(default)s)")
    place.add_argument("--collection", default="tmdb", metavar="NAME", help="(default: %(default)s)")
    place.add_argument("--documents", type=Path, metavar="FILE",
                       help="a JSON file in place of Solr: an object by id, or an array; without a first pass")
    place.add_argument("--fields", metavar="F,F", help="what the model reads (default: the parser's in Solr)")
    place.add_argument("--id-field", default="id", metavar="F", help="the field with the ids of the judgments (default: id)")
    place.add_argument("--def-type", metavar="PARSER", help="of the first pass (default: edismax)")
    place.add_argument("--qf", metavar="FIELDS", help="of the first pass (default: those of /select)")
    place.add_argument("--param", action="append", default=[], metavar="NAME=VALUE", help="one more of the first pass")
    how = parser.add_argument_group("how")
    how.add_argument("--held-out", type=int, default=100, metavar="N",
                     help="queries of the table, a fifth of all at the most (default: 100)")
    how.add_argument("--steps", type=int, metavar="N", help="the most (default: each list once)")
    how.add_argument("--queries", type=int, default=12, metavar="N", help="lists a step (default: 12)")
    how.add_argument("--documents-per-query", dest="size", type=int, default=6, metavar="N",
                     help="of a list, up to two of them relevant (default: 6)")
    how.add_argument("--lists-per-query", dest="lists", type=int, default=4, metavar="N", help="the most (default: 4)")
    how.add_argument("--rate", type=float, metavar="X",
                     help="learning rate, falling (default: 2e-5, or 2e-4 where the head is new)")
    how.add_argument("--max-length", type=int, default=256, metavar="N",
                     help="tokens of a pair, in training and in Solr (default: 256)")
    how.add_argument("--seed", type=int, default=1, metavar="N", help="the same seed, the same model (default: 1)")
    how.add_argument("--threads", type=int, default=2, metavar="N", help="sums depend on them (default: 2)")
    how.add_argument("--fp32", action="store_true", help="no bfloat16, even where the CPU has it")
    add("--check", action="store_true", help=argparse.SUPPRESS)
    return _checked(parser, parser.parse_args(arguments))


def _checked(parser: argparse.ArgumentParser, parsed: argparse.Namespace) -> argparse.Namespace:
    if bool(parsed.judgments) == bool(parsed.pairs):
        parser.error("give --judgments or --pairs, one of them")
    if parsed.documents and not parsed.fields:
        parser.error("--documents needs --fields: there is no Solr to ask what the model reads")
    for name, least in (("queries", 1), ("size", 3), ("lists", 1), ("threads", 1), ("depth", 1), ("max_length", 16), ("held_out", 2)):
        if getattr(parsed, name) < least:
            parser.error(f"--{name.replace('_', '-')} must be at least {least}")
    if parsed.steps is not None and parsed.steps < 1:
        parser.error("--steps must be at least 1")
    if parsed.to.exists():
        parser.exit(UNUSABLE, f"{parsed.to} exists; name a directory that does not\n")
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
        # Late, so that --help works without the packages.
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
