"""Runs the fp32 graph on calibration pairs and records the ranges of its activations."""

from __future__ import annotations

import numpy as np
import onnxruntime
from onnx import ModelProto

from int8_graph import Channels, Int8Graph, outputs_of
from runtimes import PythonRuntime
from workload import Batch


def calibrate(model: ModelProto, batches: list[Batch]) -> dict[str, Channels]:
    """Returns the range per channel of each activation that is the input of a layer's product."""
    names = list(dict.fromkeys(node.input[0] for node in Int8Graph(model).layer_products()))
    session = PythonRuntime.open(outputs_of(model, names).SerializeToString())
    found: dict[str, Channels] = {}
    for batch in batches:
        for name, value in zip(names, _values(session, names, batch)):
            rows = value.reshape(-1, value.shape[-1])
            seen = Channels(rows.min(0), rows.max(0))
            found[name] = found[name].merged(seen) if name in found else seen
    return found


def _values(
    session: onnxruntime.InferenceSession, names: list[str], batch: Batch
) -> list[np.ndarray]:
    wanted = [tensor.name for tensor in session.get_inputs()]
    return session.run(names, {name: batch[name] for name in wanted})
