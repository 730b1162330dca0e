"""Measures the CPU times of the ONNX files in turns and formats them as a table."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from runtimes import Runtime
from workload import Batch, Workload

REPETITIONS = 9
LONG = 512
LONG_PAIRS = 10


@dataclass(frozen=True)
class Row:
    name: str
    path: Path
    agreement: str
    one_pair: bool = False  # whether the graph supports only one pair per run


def table(runtime: Runtime, workload: Workload, rows: list[Row]) -> list[str]:
    """Returns the lines of the table, with CPU times for one pair per run and for batches."""
    pairs, long = workload.fifty(), workload.of_length(LONG, LONG_PAIRS)
    alone = workload.alone(pairs)
    columns = [
        _column(runtime, rows, alone),
        _column(runtime, rows, workload.batches(pairs), batches=True),
        _column(runtime, rows, workload.alone(long)),
    ]
    texts = f"{len(pairs)} pairs of {_tokens(alone) // len(pairs)} tokens"
    longest = f"{len(long)} of {len(long[0].ids)}"
    return [
        f"CPU-ms and ratio to the first row, median of {REPETITIONS}, {runtime.name}, one thread",
        f"{'':18}{texts:>29}{longest:>15}",
        f"{'':18}{'one per run':>14}{'in batches':>15}{'one per run':>15}  difference",
        *(
            f"{row.name:18}{cells[0]:>14}{cells[1]:>15}{cells[2]:>15}  {row.agreement}"
            for row, cells in zip(rows, zip(*columns))
        ),
    ]


def _column(
    runtime: Runtime, rows: list[Row], work: list[Batch], batches: bool = False
) -> list[str]:
    measured = [row for row in rows if not (batches and row.one_pair)]
    times = runtime.measure([row.path for row in measured], work, REPETITIONS).times
    # The ratios are per repetition, because a busy machine slows down all graphs of a repetition.
    ratios = np.median(times / times[:, :1], axis=0)
    found = {
        row.path: f"{milliseconds:.0f} {ratio:.2f}"
        for row, milliseconds, ratio in zip(measured, np.median(times, axis=0), ratios)
    }
    return [found.get(row.path, "-") for row in rows]


def _tokens(batches: list[Batch]) -> int:
    return sum(int(batch["attention_mask"].sum()) for batch in batches)
