"""Defines which parts of a graph are quantized to int8, and quantizes them."""

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

# The same names and quantization as export_dynamic_quantized_onnx_model of sentence-transformers:
# weights are symmetric and per channel, activations are unsigned and per tensor.
WEIGHTS = {
    "arm64": QuantType.QInt8,
    "avx2": QuantType.QUInt8,
    "avx512": QuantType.QInt8,
    "avx512_vnni": QuantType.QInt8,
}
LARGE_TABLE = 256  # rows; smaller tables are not quantized by row


@dataclass(frozen=True)
class Plan:
    """The default is the usual quantization: all in int8, one scale per table and activation."""

    row_scales: bool = False  # embeddings have per-row scales
    fp32_head: bool = False
    alpha: float | None = None  # of the smoothing; None: no smoothing
    # Number of channels in fp32 of the input of a product, by the name of the product.
    fp32_channels: Mapping[str, int] = field(default_factory=dict)
    fp32_products: frozenset[str] = frozenset()


def write(
    model: ModelProto, plan: Plan, channels: Mapping[str, Channels], target: Path, architecture: str
) -> None:
    """Quantizes an fp32 model as planned and writes the int8 graph."""
    graph = Int8Graph(model)
    products = {product.name: product for product in graph.layer_products()}
    for name, count in plan.fp32_channels.items():
        largest = np.argsort(-channels[products[name].input[0]].magnitude, kind="stable")
        fp32_channels.split(graph, products[name], np.sort(largest[:count]))
    graph.fp32 |= plan.fp32_products
    if plan.alpha is not None:
        smooth(graph, channels, plan.alpha)
    if plan.fp32_head:
        graph.fp32 |= {
            node.name for node in graph.products() if not node.name.startswith((LAYER, "int8/"))
        }
    operators = None
    if plan.row_scales:
        _tables_by_row(graph)
        operators = ["MatMul"]
    graph.prune()
    _quantize(graph, target, architecture, operators)


def _quantize(
    graph: Int8Graph, target: Path, architecture: str, operators: list[str] | None
) -> None:
    # The per-head weights of the last layer have three dimensions. No int8 kernel supports them.
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
        # quantize_dynamic converts a Gemm to a MatMul with this name.
        nodes_to_exclude=[*excluded, *(f"{name}_MatMul" for name in excluded)],
        extra_options={
            "WeightSymmetric": True,
            "ActivationSymmetric": False,
            # onnx cannot infer types through onnxruntime's own operators.
            "DefaultTensorType": TensorProto.FLOAT,
        },
    )


def _tables_by_row(graph: Int8Graph) -> None:
    """Quantizes embedding tables with one scale per row.

    One scale for a whole table costs as much accuracy as all other weights together.
    """
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
