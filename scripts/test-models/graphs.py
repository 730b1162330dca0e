"""Creates ONNX models: exports of PyTorch models, variants of an export, and small models that the plugin must reject."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import ModelProto, TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.transformers.float16 import convert_float_to_float16
from transformers import PreTrainedModel

OPSET = 17
INPUTS = ("input_ids", "attention_mask", "token_type_ids")


class Classifier(torch.nn.Module):
    def __init__(self, model: PreTrainedModel) -> None:
        super().__init__()
        self.model = model

    def forward(self, *inputs: torch.Tensor) -> torch.Tensor:
        return self.model(**dict(zip(INPUTS, inputs))).logits


def export(model: PreTrainedModel, token_types: bool, file: Path) -> None:
    names = list(INPUTS if token_types else INPUTS[:2])
    mask = torch.tensor([[1] * 9, [1] * 6 + [0] * 3])
    ids = torch.arange(5, 23).reshape(2, 9)
    example = (ids, mask, torch.zeros_like(ids))[: len(names)]
    axes = {name: {0: "batch", 1: "tokens"} for name in names} | {"logits": {0: "batch"}}
    # The legacy exporter needs no additional package and writes the same operators.
    torch.onnx.export(
        Classifier(model).eval(),
        example,
        str(file),
        input_names=names,
        output_names=["logits"],
        dynamic_axes=axes,
        opset_version=OPSET,
        dynamo=False,
    )
    graph = onnx.load(file)
    for node in graph.graph.node:
        node.ClearField("name")  # the names would be as large as the weights
    onnx.save(graph, file)


def write_variants(directory: Path) -> None:
    """Writes variants of the ONNX model, which return the same logits in other types and shapes."""
    plain = onnx.load(directory / "model.onnx")
    onnx.save(convert_float_to_float16(copy(plain)), directory / "model_fp16.onnx")
    onnx.save(
        convert_float_to_float16(copy(plain), keep_io_types=True),
        directory / "model_fp16_fp32_logits.onnx",
    )
    onnx.save(with_int32_inputs(plain), directory / "model_int32.onnx")
    onnx.save(with_logits_of(plain, [-1], ["batch"]), directory / "model_rank1.onnx")
    onnx.save(with_logits_of(plain, [-1, 1, 1], ["batch", 1, 1]), directory / "model_rank3.onnx")
    onnx.save(of_one_pair(plain), directory / "model_one_pair.onnx")
    onnx.save(without_shapes(plain), directory / "model_no_shapes.onnx")
    (directory / "model_external.onnx_data").unlink(missing_ok=True)  # otherwise, onnx.save appends to it
    onnx.save(
        copy(plain),
        directory / "model_external.onnx",
        save_as_external_data=True,
        location="model_external.onnx_data",
        size_threshold=1024,
    )


def copy(model: ModelProto) -> ModelProto:
    twin = ModelProto()
    twin.CopyFrom(model)
    return twin


def with_int32_inputs(model: ModelProto) -> ModelProto:
    model = copy(model)
    for tensor in model.graph.input:
        for node in model.graph.node:
            for place, name in enumerate(node.input):
                if name == tensor.name:
                    node.input[place] = f"{name}_int64"
        cast = helper.make_node("Cast", [tensor.name], [f"{tensor.name}_int64"], to=TensorProto.INT64)
        model.graph.node.insert(0, cast)
        tensor.type.tensor_type.elem_type = TensorProto.INT32
    return model


def with_logits_of(model: ModelProto, shape: list[int], declared: list[str | int]) -> ModelProto:
    model = copy(model)
    for node in model.graph.node:
        for place, name in enumerate(node.output):
            if name == "logits":
                node.output[place] = "logits_before"
    model.graph.initializer.append(numpy_helper.from_array(np.array(shape, np.int64), "new_shape"))
    model.graph.node.append(helper.make_node("Reshape", ["logits_before", "new_shape"], ["logits"]))
    del model.graph.output[:]
    model.graph.output.append(helper.make_tensor_value_info("logits", TensorProto.FLOAT, declared))
    return model


def of_one_pair(model: ModelProto) -> ModelProto:
    """Returns a model with inputs [1, tokens] and without an attention mask. Every token counts."""
    model = copy(model)
    inputs = [tensor for tensor in model.graph.input if tensor.name != "attention_mask"]
    del model.graph.input[:]
    model.graph.input.extend(inputs)
    for tensor in model.graph.input:
        tensor.type.tensor_type.shape.dim[0].dim_value = 1
    one = numpy_helper.from_array(np.array([1], np.int64))
    model.graph.node.insert(0, helper.make_node("Shape", ["input_ids"], ["ids_shape"]))
    model.graph.node.insert(
        1, helper.make_node("ConstantOfShape", ["ids_shape"], ["attention_mask"], value=one)
    )
    return model


def without_shapes(model: ModelProto) -> ModelProto:
    """Returns a model that declares the types of its inputs and outputs, but no shapes."""
    model = copy(model)
    for tensor in [*model.graph.input, *model.graph.output]:
        tensor.type.tensor_type.ClearField("shape")
    return model


def of_random(model: ModelProto) -> ModelProto:
    """Returns a model that adds a random number to the logits, like a dropout in training mode."""
    model = with_logits_of(model, [-1, 1], ["batch", 1])
    model.graph.node[-1].output[0] = "certain"
    model.graph.node.extend(
        [
            helper.make_node("RandomNormalLike", ["certain"], ["random"]),
            helper.make_node("Add", ["certain", "random"], ["logits"]),
        ]
    )
    return model


def write_refused(directory: Path) -> None:
    """Writes models that differ from a cross-encoder in one property. The file name describes the property."""
    directory.mkdir(parents=True, exist_ok=True)
    wide = ["batch", "tokens"]
    two = {name: wide for name in INPUTS[:2]}
    graphs = {
        "no_input_ids": toy({"tokens": wide, "attention_mask": wide}),
        "no_attention_mask": toy({"input_ids": wide}),
        "past_key_values": toy(two | {"past_key_values.0.key": ["batch", 2, "past", 16]}),
        "fixed_length": toy({name: ["batch", 128] for name in two}),
        "fixed_pairs": toy({name: [4, "tokens"] for name in two}),
        "float_inputs": toy(two, inputs=TensorProto.FLOAT),
        "three_labels": toy(two, labels=3),
        "hidden_states": toy(two, output="last_hidden_state", rank=3, labels=32),
        "bfloat16": toy(two, logits=TensorProto.BFLOAT16),
        "double": toy(two, logits=TensorProto.DOUBLE),
        "few_tokens": toy(two, tokens=472),
        "few_positions": toy(two, positions=62),
        "no_outputs": toy(two),
        "random": of_random(toy(two)),
    }
    graphs["no_outputs"].graph.ClearField("output")
    for name, graph in graphs.items():
        onnx.save(graph, directory / f"{name}.onnx")


def toy(
    inputs_of: dict[str, list[str | int]],
    inputs: int = TensorProto.INT64,
    output: str = "logits",
    logits: int = TensorProto.FLOAT,
    labels: int = 1,
    rank: int = 2,
    tokens: int = 600,
    positions: int = 0,
) -> ModelProto:
    """Returns a model that looks up a vector for each token. With ``rank`` 2, it adds them up. It ignores all other inputs."""
    first = next(iter(inputs_of))
    constants = {"table": np.zeros((tokens, labels), np.float32), "one": np.array([1], np.int64)}
    nodes = [
        helper.make_node("Cast", [first], ["ids"], to=TensorProto.INT64),
        helper.make_node("Gather", ["table", "ids"], ["embedded"]),
    ]
    if positions:
        constants["positions"] = np.zeros((positions, labels), np.float32)
        nodes += [
            helper.make_node("Shape", ["ids"], ["width"], start=1, end=2),
            helper.make_node("Squeeze", ["width"], ["length"]),
            helper.make_node("Range", ["zero", "length", "step"], ["places"]),
            helper.make_node("Gather", ["positions", "places"], ["placed"]),
            helper.make_node("Add", ["embedded", "placed"], ["summed"]),
        ]
        constants |= {"zero": np.array(0, np.int64), "step": np.array(1, np.int64)}
    source = "summed" if positions else "embedded"
    if rank == 2:
        nodes.append(helper.make_node("ReduceSum", [source, "one"], ["result"], keepdims=0))
    else:
        nodes.append(helper.make_node("Identity", [source], ["result"]))
    nodes.append(helper.make_node("Cast", ["result"], [output], to=logits))
    shape = ["batch", labels] if rank == 2 else ["batch", "tokens", labels]
    graph = helper.make_graph(
        nodes,
        "toy",
        [helper.make_tensor_value_info(name, inputs, axes) for name, axes in inputs_of.items()],
        [helper.make_tensor_value_info(output, logits, shape)],
        [numpy_helper.from_array(array, name) for name, array in constants.items()],
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=8)


def write_quantized(directory: Path) -> None:
    """Writes models whose logits depend on the other pairs of a batch: a dynamically quantized one, and one without such an operator."""
    plain = directory / "model.onnx"
    quantized = directory / "model_qint8.onnx"
    quantize_dynamic(plain, quantized, per_channel=True, weight_type=QuantType.QInt8)
    model = onnx.load(quantized)
    for node in model.graph.node:
        node.ClearField("name")
    onnx.save(model, quantized)
    onnx.save(of_neighbors(onnx.load(plain)), directory / "model_neighbors.onnx")


def of_neighbors(model: ModelProto) -> ModelProto:
    """Returns a model that adds the largest logit of the batch to each logit. No operator indicates this dependency."""
    model = copy(model)
    for node in model.graph.node:
        for place, name in enumerate(node.output):
            if name == "logits":
                node.output[place] = "logits_before"
    model.graph.node.extend(
        [
            helper.make_node("ReduceMax", ["logits_before"], ["largest"], keepdims=0),
            helper.make_node("Add", ["logits_before", "largest"], ["logits"]),
        ]
    )
    return model


def write_operators(directory: Path) -> None:
    """Writes graphs that are inspected but not run. Most contain an operator that quantizes activations, also in a branch or function."""
    directory.mkdir(parents=True, exist_ok=True)
    dynamic = helper.make_node("DynamicQuantizeLinear", ["x"], ["y", "scale", "zero"])
    cast = helper.make_node("Cast", ["y"], ["z"], to=TensorProto.FLOAT)
    same = helper.make_node("Identity", ["x"], ["z"])
    attention = helper.make_node("QAttention", ["x"], ["z"], domain="com.microsoft", num_heads=1)
    number = helper.make_tensor_value_info("z", TensorProto.FLOAT, ["n"])
    branches = [
        helper.make_graph(nodes, "branch", [], [number]) for nodes in ([dynamic, cast], [same])
    ]
    condition = helper.make_node(
        "If", ["yes"], ["z"], then_branch=branches[1], else_branch=branches[0]
    )
    call = helper.make_node("Quantized", ["x"], ["z"], domain="local")
    function = helper.make_function(
        "local", "Quantized", ["x"], ["z"], [dynamic, cast], [helper.make_opsetid("", OPSET)]
    )
    graphs = {
        "plain": ([same], []),
        "dynamic": ([dynamic, cast], []),
        "branch": ([condition], []),
        "function": ([call], [function]),
        "attention": ([attention], []),
        "blocks_int8": ([blocks(4)], []),
        "blocks_fp32": ([blocks(1)], []),
    }
    for name, (nodes, functions) in graphs.items():
        inputs = [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["n"])]
        inputs.append(helper.make_tensor_value_info("yes", TensorProto.BOOL, []))
        graph = helper.make_graph(nodes, name, inputs, [number])
        onnx.save(helper.make_model(graph, functions=functions), directory / f"{name}.onnx")


def blocks(accuracy: int) -> onnx.NodeProto:
    return helper.make_node(
        "MatMulNBits",
        ["x", "weights", "scales"],
        ["z"],
        domain="com.microsoft",
        K=32,
        N=1,
        bits=8,
        block_size=32,
        accuracy_level=accuracy,
    )
