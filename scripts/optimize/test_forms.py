"""Tests that graphs of other forms keep their logits or are refused with a reason; run by .ci/optimizer."""

from __future__ import annotations

import json
import tempfile
import unittest
from pathlib import Path
from typing import Callable

import numpy as np
import onnx
from onnx import ModelProto, TensorProto, helper

import graph_file
import optimization
from bert_encoder import NotUnderstood
from runtimes import PythonRuntime

MODEL = Path(__file__).resolve().parents[2] / "src/test/resources/models/bert"
IDS = np.array([[2, 36, 250, 3, 16, 256, 3], [2, 30, 3, 40, 3, 0, 0]])
BATCH = {
    "input_ids": IDS,
    "attention_mask": (IDS > 0).astype(np.int64),
    "token_type_ids": np.array([[0, 0, 0, 0, 1, 1, 1], [0, 0, 0, 1, 1, 0, 0]]),
}


def hidden_first(model: ModelProto) -> None:
    """Returns the hidden states, too, before the logits."""
    norms = [node for node in model.graph.node if node.op_type == "LayerNormalization"]
    model.graph.node.append(helper.make_node("Identity", [norms[-1].output[0]], ["hidden"]))
    logits = model.graph.output.pop()
    hidden = helper.make_tensor_value_info("hidden", TensorProto.FLOAT, ["batch", "tokens", 16])
    model.graph.output.extend([hidden, logits])


def weights_as_inputs(model: ModelProto) -> None:
    """Declares all weights as inputs, as files before IR version 4 do."""
    model.ir_version = 3
    for tensor in model.graph.initializer:
        shape = list(tensor.dims)
        model.graph.input.append(helper.make_tensor_value_info(tensor.name, tensor.data_type, shape))


def one_length(model: ModelProto) -> None:
    for tensor in model.graph.input:
        tensor.type.tensor_type.shape.dim[1].dim_value = 64


def without_shapes(model: ModelProto) -> None:
    for tensor in model.graph.input:
        tensor.type.tensor_type.ClearField("shape")


def of_positions(model: ModelProto) -> None:
    shape = ["batch", "tokens"]
    model.graph.input.append(helper.make_tensor_value_info("position_ids", TensorProto.INT64, shape))


def of_three_labels(model: ModelProto) -> None:
    for node in model.graph.node:
        node.output[:] = ["one" if name == "logits" else name for name in node.output]
    model.graph.node.append(helper.make_node("Concat", ["one"] * 3, ["logits"], axis=1))
    model.graph.output[0].type.tensor_type.shape.dim[1].dim_value = 3


def of_doubles(model: ModelProto) -> None:
    for node in model.graph.node:
        node.output[:] = ["float" if name == "logits" else name for name in node.output]
    model.graph.node.append(helper.make_node("Cast", ["float"], ["logits"], to=TensorProto.DOUBLE))
    model.graph.output[0].type.tensor_type.elem_type = TensorProto.DOUBLE


class FormsTest(unittest.TestCase):
    def setUp(self) -> None:
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.folder = Path(directory.name)

    def rewritten(self, change: Callable[[ModelProto], None]) -> tuple[Path, Path]:
        model = onnx.load(MODEL / "onnx/model.onnx")
        change(model)
        changed, optimized = self.folder / "changed.onnx", self.folder / "optimized.onnx"
        onnx.save(model, changed)
        source = optimization.with_logits(changed, self.folder, self.folder)
        config = json.loads((MODEL / "config.json").read_text(encoding="utf-8"))
        onnx.save(optimization.rewritten(source, config)[0], optimized)
        return source, optimized

    def test_the_logits_stay_the_same(self) -> None:
        expected = PythonRuntime().measure([MODEL / "onnx/model.onnx"], [BATCH], 0).logits[0]
        self.assertGreater(expected.std(), 0.01)
        for change in (hidden_first, weights_as_inputs):
            with self.subTest(change.__name__):
                for logits in PythonRuntime().measure([*self.rewritten(change)], [BATCH], 0).logits:
                    np.testing.assert_allclose(logits, expected, atol=1e-5)

    def test_what_is_not_supported_is_named(self) -> None:
        for change, reason in (
            (one_length, "its input input_ids is not dynamic"),
            (without_shapes, "its input input_ids is not dynamic"),
            (of_positions, "it has the input position_ids"),
            (of_doubles, "its output logits is not float32 or float16"),
            (of_three_labels, "its output logits is not one or two logits"),
        ):
            with self.subTest(change.__name__), self.assertRaisesRegex(NotUnderstood, reason):
                self.rewritten(change)

    def test_weights_that_are_too_large_for_one_file(self) -> None:
        model = onnx.load(MODEL / "onnx/model_external.onnx", load_external_data=False)
        outside = [tensor for tensor in model.graph.initializer if tensor.external_data]
        outside[0].dims[0] = 2**31 // (4 * outside[0].dims[1])
        onnx.save(model, self.folder / "model.onnx")
        with self.assertRaisesRegex(NotUnderstood, "2 GiB"):
            graph_file.load(self.folder / "model.onnx")

    def test_a_damaged_file_is_named(self) -> None:
        graph = self.folder / "model.onnx"
        graph.write_bytes((MODEL / "onnx/model.onnx").read_bytes()[:20_000])
        with self.assertRaisesRegex(ValueError, "model.onnx cannot be read"):
            graph_file.load(graph)
        graph.write_bytes(b"")
        with self.assertRaisesRegex(ValueError, "model.onnx cannot be read: it has no output"):
            graph_file.load(graph)
        # Its weights are in a file that is not here.
        graph.write_bytes((MODEL / "onnx/model_external.onnx").read_bytes())
        with self.assertRaisesRegex(ValueError, "model.onnx cannot be read"):
            graph_file.load(graph)

    def test_a_failure_of_the_runtime_names_it(self) -> None:
        graph = self.folder / "model.onnx"
        graph.write_bytes(b"no graph")
        with self.assertRaisesRegex(RuntimeError, "onnxruntime .* failed"):
            PythonRuntime().measure([graph], [BATCH], 0)


if __name__ == "__main__":
    unittest.main()
