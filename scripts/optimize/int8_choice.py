"""Chooses step by step, by measured error and CPU time, the parts of a graph to quantize to int8.

A step is kept if it brings the logits of the calibration pairs closer to those of fp32. The steps
end when the logits are close enough. The figures of the table are measured on other pairs.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import ModelProto

import fp32_channels
from agreement import Agreement, Bound, agreement
from int8_graph import Channels, Int8Graph
from int8_plan import Plan, write
from runtimes import Runtime
from table import REPETITIONS
from workload import Batch

LOG = logging.getLogger("optimize")

ALPHAS = (0.5, 0.6, 0.7, 0.8)
COUNTS = (2, 4, 8, 16, 32)  # of channels in fp32
# Split an activation only if its largest channels widen its range at least this many times. Less
# does not improve the accuracy.
LEAST_SPAN = 1.3
# The bound is tightened by this factor, because the error is smaller on the calibration pairs than
# on other pairs.
MARGIN = 0.85


@dataclass(frozen=True)
class Pairs:
    """Pairs for the choice or the check, one per batch."""

    batches: list[Batch]
    groups: list[int]  # the number of pairs of each query


@dataclass(frozen=True)
class Step:
    name: str
    plan: Plan
    path: Path
    close: Agreement  # on the calibration pairs


class Chooser:
    def __init__(
        self,
        runtime: Runtime,
        model: ModelProto,
        channels: Mapping[str, Channels],
        pairs: Pairs,
        architecture: str,
        folder: Path,
    ) -> None:
        self._runtime, self._model, self._channels = runtime, model, channels
        self._pairs, self._architecture, self._folder = pairs, architecture, folder
        self._written = 0
        self.fp32 = folder / "fp32.onnx"
        onnx.save(model, self.fp32)
        self._expected = self._logits(self.fp32)

    def steps(self, bound: Bound, max_ratio: float) -> list[Step]:
        """Returns the kept steps, from all in int8 to a plan within the bound if there is one.

        ``max_ratio`` is the largest CPU time of the last step, relative to the first step.
        """
        steps = [self._step("all in int8", Plan())]

        def close_enough() -> bool:
            return steps[-1].close.distance(bound) <= MARGIN

        for change in (self._rows, self._head, self._smoothed):
            if not close_enough():
                steps += change(steps[-1])
        for product, count in self._large_channels():
            if not close_enough():
                channels = {**steps[-1].plan.fp32_channels, product: count}
                plan = replace(steps[-1].plan, fp32_channels=channels)
                steps += self._better(steps[-1], f"{_layer(product)}: {count} channels fp32", plan)
        # Whole products in fp32 cost time. They are tried only if the cheaper steps do not suffice.
        if not steps[-1].close.within(bound):
            steps += self._fp32_products(steps, bound, max_ratio)
        while len(steps) > 1 and self._ratio(steps[0], steps[-1]) > max_ratio:
            steps.pop()
        return steps

    def _rows(self, last: Step) -> list[Step]:
        return self._better(
            last, "embeddings: one scale per row", replace(last.plan, row_scales=True)
        )

    def _head(self, last: Step) -> list[Step]:
        return self._better(last, "head fp32", replace(last.plan, fp32_head=True))

    def _smoothed(self, last: Step) -> list[Step]:
        tried = [
            self._step(f"norms smoothed, alpha {alpha}", replace(last.plan, alpha=alpha))
            for alpha in ALPHAS
        ]
        best = min(tried, key=lambda step: step.close.change)
        return [best] if best.close.change < last.close.change else []

    def _large_channels(self) -> Iterator[tuple[str, int]]:
        """Returns products whose input has a few channels far larger than the others, worst first.

        All products come first with the fewest channels that remove most of the excess range, then
        again with the largest count that is still cheap.
        """
        graph, most = Int8Graph(self._model), COUNTS[-1]
        found: list[tuple[float, str, int]] = []
        for product in graph.layer_products():
            channels = self._channels[product.input[0]]
            if len(channels.magnitude) <= 4 * most or not fp32_channels.can_split(graph, product):
                continue
            spans = {count: channels.span(count) for count in (0, *COUNTS)}
            if spans[0] >= LEAST_SPAN * spans[most]:
                enough = next(n for n in COUNTS if spans[n] <= LEAST_SPAN * spans[most])
                found.append((spans[0] / spans[most], product.name, enough))
        found.sort(reverse=True)
        yield from ((name, count) for _, name, count in found)
        yield from ((name, most) for _, name, count in found if count < most)

    def _fp32_products(self, steps: list[Step], bound: Bound, max_ratio: float) -> list[Step]:
        """Moves products to fp32, in the order of their gain in accuracy per weight."""
        start, found = steps[-1], []
        for products, size in self._by_activation():
            name = f"{_layer(products[0])}: {len(products)} products fp32"
            plan = replace(start.plan, fp32_products=start.plan.fp32_products | set(products))
            step = self._step(name, plan)
            gain = start.close.change - step.close.change
            if gain > 0:
                found.append((gain / size, size, step))
        added: list[Step] = []
        # Products of equal size take equal time, and measuring each of them would take too long.
        too_large = float("inf")
        for _, size, candidate in sorted(found, key=lambda each: -each[0]):
            last = added[-1] if added else start
            if last.close.within(bound):
                break
            if size >= too_large:
                continue
            plan = replace(
                last.plan, fp32_products=last.plan.fp32_products | candidate.plan.fp32_products
            )
            for step in self._better(last, candidate.name, plan):
                if self._ratio(steps[0], step) <= max_ratio:
                    added.append(step)
                else:
                    too_large = size
        return added

    def _by_activation(self) -> Iterator[tuple[list[str], int]]:
        by_activation: dict[str, list[str]] = {}
        sizes: dict[str, int] = {}
        graph = Int8Graph(self._model)
        for product in graph.layer_products():
            by_activation.setdefault(product.input[0], []).append(product.name)
            size = graph.value(product.input[1]).size
            sizes[product.input[0]] = sizes.get(product.input[0], 0) + size
        for name, products in by_activation.items():
            yield products, sizes[name]

    def _better(self, last: Step, name: str, plan: Plan) -> list[Step]:
        step = self._step(name, plan)
        return [step] if step.close.change < last.close.change else []

    def _step(self, name: str, plan: Plan) -> Step:
        self._written += 1
        path = self._folder / f"int8-{self._written}.onnx"
        write(self._model, plan, self._channels, path, self._architecture)
        close = agreement(self._expected, self._logits(path), self._pairs.groups)
        LOG.info("  %s: %s, mean change %.4f sd", name, close.words, close.change)
        return Step(name, plan, path, close)

    def _logits(self, path: Path) -> NDArray[np.float32]:
        return self._runtime.measure([path], self._pairs.batches, 0).logits[0]

    def _ratio(self, first: Step, step: Step) -> float:
        times = self._runtime.measure(
            [first.path, step.path], self._pairs.batches, REPETITIONS
        ).times
        return float(np.median(times[:, 1] / times[:, 0]))


def _layer(product: str) -> str:
    return product.split("/")[0].replace(".", " ")
