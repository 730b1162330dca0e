"""Loads the ONNX file to optimize and checks its inputs."""

from __future__ import annotations

import math
from pathlib import Path

import onnx
from google.protobuf.message import DecodeError
from onnx import ModelProto, TensorProto, helper

from attention import IDS
from bert_encoder import MASK, NotUnderstood
from graph_writer import needed

TYPES = "token_type_ids"
MOST_BYTES = 2**31  # a protocol buffer cannot be larger


def load(path: Path, weights: bool = True) -> ModelProto:
    """Loads an ONNX file, with the weights in other files unless stated otherwise.

    Raises:
        OSError, ValueError: if it cannot be read or is not an ONNX model
        NotUnderstood: if its weights are too large for one file
    """
    try:
        model = onnx.load(path, load_external_data=False)
        if not model.graph.output:
            raise ValueError("it has no output")
        if sum(map(_size, model.graph.initializer)) >= MOST_BYTES:
            raise NotUnderstood("its weights have 2 GiB or more")
        return onnx.load(path) if weights else model
    except (DecodeError, ValueError, onnx.checker.ValidationError) as reason:
        raise ValueError(f"{path} cannot be read: {reason}") from reason


def _size(tensor: TensorProto) -> int:
    """Returns the number of bytes of the weights, also of those that are not loaded."""
    return math.prod(tensor.dims) * helper.tensor_dtype_to_np_dtype(tensor.data_type).itemsize


def check_inputs(model: ModelProto) -> None:
    """Raises NotUnderstood unless the graph computes any number of pairs of any length."""
    inputs = {tensor.name: tensor.type.tensor_type for tensor in _without_default(model)}
    if not {IDS, MASK} <= inputs.keys():
        raise NotUnderstood(f"it has no inputs {IDS} and {MASK}")
    others = inputs.keys() - {IDS, MASK, TYPES}
    if others:
        raise NotUnderstood(f"it has the input {min(others)}")
    if any(tensor.elem_type != TensorProto.INT64 for tensor in inputs.values()):
        raise NotUnderstood("its inputs are not all int64")
    for name, tensor in inputs.items():
        sizes = tensor.shape.dim
        if len(sizes) != 2 or any(size.dim_value > 0 for size in sizes):
            raise NotUnderstood(f"the number of pairs and of tokens of its input {name} is not dynamic")


def check_output(model: ModelProto) -> None:
    """Raises NotUnderstood if the first output declares other values than one or two logits per pair."""
    output = model.graph.output[0]
    tensor = output.type.tensor_type
    if tensor.elem_type not in (TensorProto.FLOAT, TensorProto.FLOAT16):
        raise NotUnderstood(f"its output {output.name} is not float32 or float16")
    sizes = [size.dim_value for size in tensor.shape.dim]
    if sizes[1:] and (sizes[-1] > 2 or (len(sizes) > 2 and sizes[1] != 1)):
        raise NotUnderstood(f"its output {output.name} is not one or two logits per pair")


def read_by_plugin(model: ModelProto) -> ModelProto:
    """Returns the model with the output that the plugin reads as the only one: logits, or the first.

    Each other output would be computed, and runtimes would measure the first one.
    """
    result = ModelProto()
    result.CopyFrom(model)
    outputs = model.graph.output
    output = next((each for each in outputs if each.name == "logits"), outputs[0])
    del result.graph.output[:], result.graph.node[:]
    result.graph.output.append(output)
    result.graph.node.extend(needed(list(model.graph.node), [output]))
    return result


def drop_defaults(model: ModelProto) -> ModelProto:
    """Makes inputs with a default, such as all weights of old files, constants. Changes the model."""
    inputs = _without_default(model)
    del model.graph.input[:]
    model.graph.input.extend(inputs)
    # Before version 4, every constant had to be an input.
    model.ir_version = max(model.ir_version, 4)
    return model


def _without_default(model: ModelProto) -> list[onnx.ValueInfoProto]:
    defaults = {tensor.name for tensor in model.graph.initializer}
    return [tensor for tensor in model.graph.input if tensor.name not in defaults]
