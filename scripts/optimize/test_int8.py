"""Tests the choice of int8 on a tiny model with known outliers; run by .ci/optimizer."""

from __future__ import annotations

import logging
import tempfile
import unittest
from pathlib import Path

import numpy as np
from onnx import ModelProto, TensorProto, helper, numpy_helper

from agreement import Bound, agreement
from calibration import calibrate
from fp32_channels import split
from int8_choice import Chooser, Pairs
from int8_graph import Int8Graph
from int8_plan import Plan, write
from runtimes import PythonRuntime
from smoothing import smooth
from texts import read_texts

HIDDEN, WIDE, WORDS, QUERIES, PER_QUERY = 32, 192, 400, 6, 20
LOUD_UNIT, LOUD_CHANNEL = 17, 5
BOUND = Bound(spearman=0.995, change=0.05)
DOWN = "layer.0/down"


def tiny_model() -> ModelProto:
    """Returns two feed-forward blocks after norms.

    One unit and one channel of the norms are far larger than the others.
    """
    chance = np.random.default_rng(3)
    constants: dict[str, np.ndarray] = {"table": chance.normal(size=(WORDS, HIDDEN))}
    nodes = [helper.make_node("Gather", ["table", "input_ids"], ["words"], "words")]
    nodes.append(helper.make_node("Reshape", ["words", "rows"], ["x"], "x"))
    stream, rows = "x", numpy_helper.from_array(np.array([-1, HIDDEN]), "rows")
    for layer in ("layer.0", "layer.1"):
        scale = np.ones(HIDDEN)
        scale[LOUD_CHANNEL] = 25
        up = chance.normal(size=(HIDDEN, WIDE)) / 6
        up[LOUD_CHANNEL] /= 25
        up[:, LOUD_UNIT] *= 12
        down = chance.normal(size=(WIDE, HIDDEN)) / 14
        down[LOUD_UNIT] /= 12
        constants |= {f"{layer}.scale": scale, f"{layer}.shift": np.zeros(HIDDEN)}
        constants |= {f"{layer}.up": up, f"{layer}.bias": chance.normal(size=WIDE) / 9}
        constants |= {f"{layer}.down": down}
        norm, wide, active = f"{layer}.normed", f"{layer}.wide", f"{layer}.active"
        nodes += [
            helper.make_node(
                "LayerNormalization", [stream, f"{layer}.scale", f"{layer}.shift"], [norm], norm
            ),
            helper.make_node("Gemm", [norm, f"{layer}.up", f"{layer}.bias"], [wide], f"{layer}/up"),
            helper.make_node("Gelu", [wide], [active], active, domain="com.microsoft"),
            helper.make_node("MatMul", [active, f"{layer}.down"], [f"{layer}.out"], f"{layer}/down"),
            helper.make_node("Add", [f"{layer}.out", stream], [f"{layer}.sum"], f"{layer}.sum"),
        ]
        stream = f"{layer}.sum"
    constants["head"] = chance.normal(size=(HIDDEN, 1)) / 5
    nodes += [
        helper.make_node("ReduceMean", [stream], ["mean"], "mean", axes=[0], keepdims=1),
        helper.make_node("MatMul", ["mean", "head"], ["logits"], "head/MatMul"),
    ]
    tensors = [
        numpy_helper.from_array(value.astype(np.float32), name) for name, value in constants.items()
    ]
    graph = helper.make_graph(
        nodes,
        "tiny",
        [helper.make_tensor_value_info("input_ids", TensorProto.INT64, [1, "tokens"])],
        [helper.make_tensor_value_info("logits", TensorProto.FLOAT, [1, 1])],
        [*tensors, rows],
    )
    opsets = [helper.make_opsetid("", 17), helper.make_opsetid("com.microsoft", 1)]
    return helper.make_model(graph, opset_imports=opsets, ir_version=8)


def pairs(seed: int) -> Pairs:
    chance = np.random.default_rng(seed)
    batches = [
        {"input_ids": chance.integers(0, WORDS, (1, chance.integers(8, 40)))}
        for _ in range(QUERIES * PER_QUERY)
    ]
    return Pairs(batches, [PER_QUERY] * QUERIES)


class Int8Test(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        logging.getLogger().setLevel(logging.ERROR)
        cls.model, cls.choice, cls.check = tiny_model(), pairs(1), pairs(2)
        cls.channels = calibrate(cls.model, cls.choice.batches)

    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def logits(self, *paths: Path) -> list[np.ndarray]:
        return PythonRuntime().measure(list(paths), self.check.batches, 0).logits

    def chosen(self, bound: Bound, max_ratio: float = 100.0) -> tuple[Chooser, list]:
        chooser = Chooser(
            PythonRuntime(), self.model, self.channels, self.choice, "avx2", self.folder
        )
        return chooser, chooser.steps(bound, max_ratio)

    def test_splitting_and_smoothing_do_not_change_the_logits(self) -> None:
        graph = Int8Graph(self.model)
        down = next(product for product in graph.products() if product.name == DOWN)
        split(graph, down, np.array([3, LOUD_UNIT]))
        smooth(graph, self.channels, 0.6)
        graph.prune()
        before, after = self.folder / "before.onnx", self.folder / "after.onnx"
        before.write_bytes(self.model.SerializeToString())
        after.write_bytes(graph.model.SerializeToString())
        expected, found = self.logits(before, after)
        np.testing.assert_allclose(found, expected, atol=1e-5)

    def test_meets_the_bound_on_pairs_not_used_for_the_choice(self) -> None:
        chooser, steps = self.chosen(BOUND)
        expected, plain, found = self.logits(chooser.fp32, steps[0].path, steps[-1].path)
        self.assertFalse(agreement(expected, plain, self.check.groups).within(BOUND))
        self.assertTrue(agreement(expected, found, self.check.groups).within(BOUND))

    def test_finds_the_loud_unit_and_the_loud_channel(self) -> None:
        _, steps = self.chosen(Bound(spearman=0.9999, change=0.0001))
        self.assertIsNotNone(steps[-1].plan.alpha)
        self.assertIn(DOWN, steps[-1].plan.fp32_channels)

    def test_one_unit_in_fp32_removes_most_of_the_error(self) -> None:
        paths = [self.folder / name for name in ("fp32.onnx", "plain.onnx", "split.onnx")]
        paths[0].write_bytes(self.model.SerializeToString())
        rest = frozenset({"layer.0/up", "layer.1/up", "layer.1/down"})
        write(
            self.model,
            Plan(fp32_products=rest, row_scales=True, fp32_head=True),
            self.channels,
            paths[1],
            "avx2",
        )
        plan = Plan(fp32_products=rest, row_scales=True, fp32_head=True, fp32_channels={DOWN: 1})
        write(self.model, plan, self.channels, paths[2], "avx2")
        expected, plain, found = self.logits(*paths)
        self.assertLess(np.abs(found - expected).mean(), np.abs(plain - expected).mean() / 2)

    def test_each_step_brings_the_logits_closer(self) -> None:
        _, steps = self.chosen(BOUND)
        changes = [step.close.change for step in steps]
        self.assertEqual(changes, sorted(changes, reverse=True))

    def test_adds_no_step_if_int8_meets_the_bound(self) -> None:
        _, steps = self.chosen(Bound(spearman=-1.0, change=100.0))
        self.assertEqual([step.plan for step in steps], [Plan()])

    def test_removes_steps_that_cost_too_much_time(self) -> None:
        _, steps = self.chosen(BOUND, max_ratio=0.0)
        self.assertEqual([step.plan for step in steps], [Plan()])

    def test_skips_products_as_large_as_one_that_cost_too_much(self) -> None:
        timed: list[Path] = []

        class Timed(PythonRuntime):
            def measure(self, models, batches, repetitions):  # noqa: ANN001, ANN202
                timed.extend(models[1:] if repetitions else [])
                return super().measure(models, batches, repetitions)

        none = Bound(spearman=0.999999, change=0.000001)
        chooser = Chooser(Timed(), self.model, self.channels, self.choice, "avx2", self.folder)
        start = chooser._step("all in int8", Plan())
        self.assertEqual(chooser._fp32_products([start], none, max_ratio=0.0), [])
        # All products of the tiny model have the same size, so only one of them is measured.
        self.assertEqual(len(timed), 1)

    def test_each_row_of_a_table_has_its_own_scale(self) -> None:
        model = tiny_model()
        table = numpy_helper.to_array(model.graph.initializer[0]).copy()
        table[7] *= 1000  # a token that the batches below do not contain
        model.graph.initializer[0].CopyFrom(numpy_helper.from_array(table, "table"))
        paths = [self.folder / name for name in ("fp32.onnx", "table.onnx", "rows.onnx")]
        paths[0].write_bytes(model.SerializeToString())
        whole = frozenset(product.name for product in Int8Graph(model).products())
        write(model, Plan(fp32_products=whole), self.channels, paths[1], "avx2")
        write(model, Plan(fp32_products=whole, row_scales=True), self.channels, paths[2], "avx2")
        batches = [batch for batch in self.check.batches if not (batch["input_ids"] == 7).any()]
        expected, table, rows = PythonRuntime().measure(paths, batches, 0).logits
        self.assertGreater(np.abs(table - expected).mean(), 100 * np.abs(rows - expected).mean())

    def test_reads_lines_of_query_and_passage(self) -> None:
        file = self.folder / "texts.tsv"
        lines = [f"query {n % 6}\tpassage {n}" for n in range(120)]
        file.write_text("\n".join(lines), encoding="utf-8")
        sample = read_texts(file).sample()
        self.assertEqual([len(sample.choice), len(sample.check)], [3, 3])
        file.write_text("no tab here", encoding="utf-8")
        with self.assertRaisesRegex(ValueError, "line 1"):
            read_texts(file)


if __name__ == "__main__":
    unittest.main()
