"""Chooses the int8 variant on one half of the queries and measures it on the other half."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from onnx import ModelProto

from agreement import Agreement, Bound, agreement
from calibration import calibrate
from int8_choice import Chooser, Pairs, Step
from runtimes import Runtime
from table import REPETITIONS
from texts import Pairs as Queries
from texts import Sample
from workload import Workload

PAIRS_OF_TABLE = 50  # CPU times are given for as many pairs as in the table of fp32


@dataclass(frozen=True)
class Limits:
    bound: Bound
    max_ratio: float  # largest CPU time of the last step, relative to the first step


@dataclass(frozen=True)
class Int8:
    path: Path
    before: Agreement  # of the published int8 graph, on pairs not used for the choice
    after: Agreement  # of the chosen graph, on the same pairs
    reached: bool  # whether the chosen graph meets the limits on these pairs
    table: list[str]


def choose_int8(
    runtime: Runtime,
    model: ModelProto,
    published: Path,
    workload: Workload,
    sample: Sample,
    limits: Limits,
    architecture: str,
    folder: Path,
) -> Int8:
    """Writes int8 graphs of the fp32 model into the folder. Each graph runs one pair at a time."""
    choice, check = (_pairs(workload, queries) for queries in (sample.choice, sample.check))
    channels = calibrate(model, choice.batches)
    chooser = Chooser(runtime, model, channels, choice, architecture, folder)
    steps = chooser.steps(limits.bound, limits.max_ratio)
    return _measured(runtime, chooser.fp32, published, steps, check, limits)


def _measured(
    runtime: Runtime, fp32: Path, published: Path, steps: list[Step], check: Pairs, limits: Limits
) -> Int8:
    paths = [fp32, published, *(step.path for step in steps)]
    measured = runtime.measure(paths, check.batches, REPETITIONS)
    expected, *found = measured.logits
    close = [agreement(expected, logits, check.groups) for logits in found]
    milliseconds = np.median(measured.times, axis=0) * PAIRS_OF_TABLE / len(check.batches)
    # The ratios are per repetition, because a busy machine slows down all graphs of a repetition.
    ratios = np.median(measured.times / measured.times[:, 2:3], axis=0)
    names = ["int8 as published", steps[0].name, *(f"+ {step.name}" for step in steps[1:])]
    reached = close[-1].within(limits.bound) and bool(ratios[-1] <= limits.max_ratio)
    table = [
        f"int8, one pair per run, {len(check.batches)} pairs that were not used for the choice"
        " (sd: the logits' standard deviation)",
        f"{'':42}{'CPU-ms':>7}{'ratio':>7}{'Spearman':>10}{'top 10':>7}{'change':>8}{'largest':>9}",
        f"{'fp32':42}{milliseconds[0]:7.0f}{ratios[0]:7.2f}",
        *(
            f"{name:42}{time:7.0f}{ratio:7.2f} {agreed.cells}"
            for name, time, ratio, agreed in zip(names, milliseconds[1:], ratios[1:], close)
        ),
        f"bound: {limits.bound}, time ratio at most {limits.max_ratio}:"
        f" {'reached' if reached else 'NOT REACHED, the last row is the closest in this time'}",
    ]
    return Int8(steps[-1].path, close[0], close[-1], reached, table)


def _pairs(workload: Workload, queries: list[Queries]) -> Pairs:
    encoded = workload.encode([pair for pairs in queries for pair in pairs])
    return Pairs(workload.alone(encoded), [len(pairs) for pairs in queries])
