"""Command line of the export; see ``--help``.

SPDX-License-Identifier: Apache-2.0
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
CHECK_FAILED, UNUSABLE, NOT_UNDERSTOOD = 1, 2, 3


def parse(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="export-model.sh",
        description=(
            "Exports a cross-encoder that has no ONNX file, plain or modular (modules.json), to a"
            " model directory. The graph contains the head and returns logits. The logits of 20 pairs"
            " are compared with those of sentence-transformers, and the scores are written to probe.json."
        ),
        epilog=(
            "Exit status: 0 success; 1 a check failed, nothing written; 2 a file or package is"
            " missing; 3 the model is not supported, nothing written. If PYTHON is not set in the"
            " environment, the first run creates a virtual environment in target/export-venv and"
            " installs scripts/export/requirements.txt there."
        ),
    )
    parser.add_argument(
        "source",
        metavar="SOURCE",
        help="a directory with the publisher's files of the model, or OWNER/NAME on the Hugging Face Hub",
    )
    parser.add_argument(
        "directory",
        metavar="DIR",
        type=Path,
        help="the model directory to create, such as solr-home/models/my-model; it must not exist",
    )
    parser.add_argument(
        "--revision", metavar="REV", help="a commit, tag or branch on the Hub (default: main)"
    )
    parser.add_argument(
        "--tolerance",
        type=float,
        default=1e-4,
        metavar="NUMBER",
        help="largest accepted difference of a logit from sentence-transformers (default: 1e-4)",
    )
    parser.add_argument(
        "--template",
        type=Path,
        metavar="FILE",
        help="JSON file with the texts prefix, between and suffix to insert before, between and after"
        " query and passage, for models such as Qwen3-Reranker-0.6B-seq-cls; written as template.json"
        " (default: the model's own template.json, otherwise its default prompt)",
    )
    parser.add_argument("--check", action="store_true", help=argparse.SUPPRESS)
    parsed = parser.parse_args(arguments)
    if parsed.directory.exists():
        parser.exit(UNUSABLE, f"{parsed.directory} already exists; specify a new directory\n")
    if not Path(parsed.source).is_dir() and (
        parsed.source.count("/") != 1 or parsed.source.startswith((".", "/", "~"))
    ):
        parser.exit(
            UNUSABLE, f"{parsed.source} is neither a directory nor OWNER/NAME of a repository\n"
        )
    return parsed


def main() -> int:
    arguments = parse(sys.argv[1:])
    if arguments.check:
        return 0
    try:
        # Imported here so that --help works without the packages.
        import exporting
    except ModuleNotFoundError as missing:
        print(
            f"Python package {missing.name} is missing: pip install -r {HERE}/requirements.txt",
            file=sys.stderr,
        )
        return UNUSABLE
    try:
        exporting.run(
            arguments.source,
            arguments.revision,
            arguments.directory,
            arguments.tolerance,
            arguments.template,
            print,
        )
        return 0
    except exporting.NotSupported as reason:
        print(f"{arguments.source} is not supported: {reason}", file=sys.stderr)
        return NOT_UNDERSTOOD
    except (exporting.CheckFailed, RuntimeError) as reason:
        print(f"Nothing written: {reason}", file=sys.stderr)
        return CHECK_FAILED
    except (OSError, ValueError) as reason:
        print(reason, file=sys.stderr)
        return UNUSABLE
    except Exception as failure:  # libraries do not document all exceptions that they raise
        print(f"Nothing written: {type(failure).__name__}: {failure}", file=sys.stderr)
        return CHECK_FAILED


if __name__ == "__main__":
    sys.exit(main())
