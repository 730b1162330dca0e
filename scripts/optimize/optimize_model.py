"""Command line of the model optimizer; see ``--help``."""

from __future__ import annotations

import argparse
import logging
import signal
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ARCHITECTURES = ("arm64", "avx2", "avx512", "avx512_vnni")
CHECK_FAILED, UNUSABLE, NOT_UNDERSTOOD = 1, 2, 3
INTERRUPTED = 130


def parse(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="optimize-model.sh",
        description=(
            "Writes model_optimized.onnx and an int8 graph for one pair per run next to"
            " DIR/onnx/model.onnx. The graphs have fused layers, attention that depends on the length"
            " of the pair, and a last layer that computes only the input of the classifier. The graphs"
            " of a modular model contain its modules."
        ),
        epilog=(
            "Exit status: 0 success; 1 a check failed, nothing written; 2 a file or package is"
            " missing; 3 the model is not supported, nothing written."
        ),
    )
    parser.add_argument(
        "directory",
        metavar="DIR",
        type=Path,
        help="directory of a cross-encoder with config.json, tokenizer.json and onnx/model.onnx",
    )
    parser.add_argument(
        "--texts",
        "--passages",
        type=Path,
        default=HERE.parents[1] / "conf/sample/tmdb.json",
        metavar="FILE",
        help="texts for the check, for the measurement and for the choice of int8: lines with a query,"
        " a tab and a passage, or JSON records with title and overview"
        " (default: conf/sample/tmdb.json)",
    )
    parser.add_argument(
        "--arch",
        choices=ARCHITECTURES,
        help="processor on which the int8 file will run (default: the processor of this machine)",
    )
    parser.add_argument(
        "--tolerance",
        type=float,
        default=1e-4,
        metavar="NUMBER",
        help="largest accepted difference of an fp32 logit from the original (default: 1e-4)",
    )
    parser.add_argument("--no-int8", action="store_true", help="write the fp32 model only")
    parser.add_argument(
        "--int8-error",
        type=float,
        nargs=2,
        default=(0.998, 0.035),
        metavar=("SPEARMAN", "CHANGE"),
        help="bound for the error of int8: smallest Spearman rank correlation with fp32, and largest"
        " mean change of a logit in standard deviations of the logits (default: 0.998 0.035)",
    )
    parser.add_argument(
        "--int8-time",
        type=float,
        default=1.05,
        metavar="RATIO",
        help="largest CPU time of int8, relative to a model completely in int8 (default: 1.05)",
    )
    parser.add_argument(
        "--int8-strict",
        action="store_true",
        help="write nothing if int8 does not meet these bounds (default: write the most accurate file"
        " within the CPU time, and print a note)",
    )
    parser.add_argument(
        "--runtime-jar",
        type=Path,
        metavar="FILE",
        help="onnxruntime JAR for the check and for the measurement (default: the version of"
        " pom.xml in the local Maven repository; if it is not there, Python's onnxruntime)",
    )
    return parser.parse_args(arguments)


def main() -> int:
    arguments = parse(sys.argv[1:])
    try:
        # Imported here so that --help works without the packages.
        import optimization
    except ModuleNotFoundError as missing:
        print(
            f"Python package {missing.name} is missing:"
            " pip install -r scripts/optimize/requirements.txt",
            file=sys.stderr,
        )
        return UNUSABLE
    limits = optimization.Limits(
        optimization.Bound(*arguments.int8_error), arguments.int8_time
    )
    settings = optimization.Settings(
        directory=arguments.directory,
        texts=arguments.texts,
        architecture=arguments.arch,
        tolerance=arguments.tolerance,
        int8=None if arguments.no_int8 else limits,
        strict=arguments.int8_strict,
        runtime_jar=arguments.runtime_jar,
    )
    # To stderr: choosing int8 takes minutes.
    logging.basicConfig(format="%(message)s")
    optimization.LOG.setLevel(logging.INFO)
    # By default, SIGTERM would leave the temporary files.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        print(optimization.run(settings))
        return 0
    except optimization.NotUnderstood as reason:
        print(f"{arguments.directory} is not supported: {reason}", file=sys.stderr)
        return NOT_UNDERSTOOD
    except (optimization.CheckFailed, RuntimeError) as reason:
        print(f"Nothing written: {reason}", file=sys.stderr)
        return CHECK_FAILED
    except (OSError, ValueError) as reason:
        print(reason, file=sys.stderr)
        return UNUSABLE
    except KeyboardInterrupt:
        print("Interrupted", file=sys.stderr)
        return INTERRUPTED


if __name__ == "__main__":
    sys.exit(main())
