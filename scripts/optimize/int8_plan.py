"""A plan of the parts of a graph to quantize to int8, and its implementation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from onnx import ModelProto, NodeProto, TensorProto
from onnxruntime.quantization import QuantType, quantize_dynamic

import fp32_channels
from int8_graph import LAYER, Channels, Int8Graph
from smoothing import smooth

# As sentence-transformers' export_dynamic_quantized_onnx_model names and quantizes them:
# weights symmetric and per channel, activations unsigned and per tensor.
WEIGHTS = {
    "arm64": QuantType.QInt8,
    "avx2": QuantType.QUInt8,
    "avx512": QuantType.QInt8,
    "avx512_vnni": QuantType.QInt8,
}
LARGE_TABLE = 256  # rows


@dataclass(frozen=True)
class Plan:
    """The empty plan is the usual quantization: one scale per table and activation, all in int8."""

    rows: bool = False  # embeddings have a scale per row
    head: bool = False  # the head is in fp32
    alpha: float | None = None  # of smoothing
    channels: Mapping[str, int] = field(default_factory=dict)  # in fp32, of what a product reads
    whole: frozenset[str] = frozenset()  # products in fp32


def write(
    model: ModelProto, plan: Plan, channels: Mapping[str, Channels], target: Path, architecture: str
) -> None:
    """Writes the int8 graph of an fp32 one."""
    graph = Int8Graph(model)
    products = {product.name: product for product in graph.layer_products()}
    for name, count in plan.channels.items():
        largest = np.argsort(-channels[products[name].input[0]].magnitude, kind="stable")
        fp32_channels.split(graph, products[name], np.sort(largest[:count]))
    graph.fp32 |= plan.whole
    if plan.alpha is not None:
        smooth(graph, channels, plan.alpha)
    if plan.head:
        graph.fp32 |= {
            node.name for node in graph.products() if not node.name.startswith((LAYER, "int8/"))
        }
    operators = None
    if plan.rows:
        _tables_by_row(graph)
        operators = ["MatMul"]
    graph.prune()
    _quantize(graph, target, architecture, operators)


def _quantize(
    graph: Int8Graph, target: Path, architecture: str, operators: list[str] | None
) -> None:
    # The last layer's weights per head have three dimensions, which int8 kernels do not take.
    stacks = {tensor.name for tensor in graph.model.graph.initializer if len(tensor.dims) > 2}
    excluded = graph.fp32 | {
        node.name
        for node in graph.nodes
        if node.op_type == "MatMul" and stacks.intersection(node.input)
    }
    quantize_dynamic(
        graph.model,
        target,
        per_channel=True,
        weight_type=WEIGHTS[architecture],
        op_types_to_quantize=operators,
        # It makes a MatMul of this name of a Gemm.
        nodes_to_exclude=[*excluded, *(f"{name}_MatMul" for name in excluded)],
        extra_options={
            "WeightSymmetric": True,
            "ActivationSymmetric": False,
            # Types are not inferred through onnxruntime's own operators.
            "DefaultTensorType": TensorProto.FLOAT,
        },
    )


def _tables_by_row(graph: Int8Graph) -> None:
    """One scale for a whole table costs as much accuracy as all other weights together."""
    for node in list(graph.nodes):
        if node.op_type == "Gather" and _is_table(graph, node):
            rows = graph.value(node.input[0])
            scales = np.abs(rows).max(1, keepdims=True) / 127
            scales[scales == 0] = 1
            small = graph.constant(np.round(rows / scales).astype(np.int8))
            picked = graph.node("Gather", [small, node.input[1]], node)
            numbers = graph.node("Cast", [picked.output[0]], node, to=TensorProto.FLOAT)
            factors = graph.node("Gather", [graph.constant(scales), node.input[1]], node)
            product = graph.node("Mul", [numbers.output[0], factors.output[0]], node)
            name = node.output[0]
            graph.remove(node)
            product.output[0] = name


def _is_table(graph: Int8Graph, node: NodeProto) -> bool:
    value = graph.value(node.input[0])
    if value is None or value.dtype != np.float32 or value.ndim != 2 or len(value) < LARGE_TABLE:
        return False
    axis = next((attribute.i for attribute in node.attribute if attribute.name == "axis"), 0)
    return axis == 0
