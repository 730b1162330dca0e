"""Computes the largest channels of a feed-forward block in fp32 instead of int8.

The outputs of a few units of the first product are ten times as large as those of the others. They
would determine the per-tensor scale of the activation that is the input of the second product.
Therefore these units are removed from the int8 products and computed by separate fp32 products:

    int8:   gelu(x W1[:, rest]) W2[rest, :]
    fp32:   gelu(x W1[:, few])  W2[few, :]  + residual
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from onnx import NodeProto

from int8_graph import PRODUCTS, Int8Graph

CONTRIB = "com.microsoft"
UNARY = ("Gelu", "FastGelu", "QuickGelu", "Relu", "Tanh", "Sigmoid")
BINARY = ("Mul", "Add", "BiasGelu")


def can_split(graph: Int8Graph, product: NodeProto) -> bool:
    """Returns whether the input of the product can be split into channels.

    Each channel must depend on one unit only, and the input must have no other consumer.
    """
    node = graph.producer(product.input[0])
    source = product.input[0]
    return node is not None and node.op_type not in PRODUCTS and _unit_by_unit(graph, source)


def split(graph: Int8Graph, product: NodeProto, few: NDArray[np.int64]) -> None:
    """Moves these channels of the input of the product from int8 to fp32."""
    weight = graph.value(product.input[1])
    rest = np.setdiff1d(np.arange(len(weight)), few)
    small = _copied(graph, product.input[0], few)
    _shrink(graph, product.input[0], rest)
    product.input[1] = graph.constant(weight[rest])
    _add(graph, product, small, graph.constant(weight[few]))


def _add(graph: Int8Graph, product: NodeProto, small: str, weight: str) -> None:
    readers = graph.consumers(product.output[0])
    if len(readers) == 1 and readers[0].op_type == "SkipLayerNormalization":
        # The norm would add the residual anyway. The fp32 Gemm adds it, which saves an addition.
        norm = readers[0]
        place = 1 if norm.input[0] == product.output[0] else 0
        summed = graph.node("Gemm", [small, weight, norm.input[place]], norm)
        graph.fp32.add(summed.name)
        norm.input[place] = summed.output[0]
        return
    exact = graph.node("MatMul", [small, weight], readers[0])
    graph.fp32.add(exact.name)
    summed = graph.node("Add", [product.output[0], exact.output[0]], readers[0])
    for reader in readers:
        for place, name in enumerate(reader.input):
            if name == product.output[0]:
                reader.input[place] = summed.output[0]


def _unit_by_unit(graph: Int8Graph, name: str) -> bool:
    node = graph.producer(name)
    if node is None or len(graph.consumers(name)) != 1 or graph.is_output(name):
        return False
    if node.op_type in PRODUCTS:
        return graph.value(node.input[1]) is not None and _plain(node)
    if node.op_type in UNARY:
        return _unit_by_unit(graph, node.input[0])
    if node.op_type in BINARY:
        return all(
            _is_vector(graph, part) or _unit_by_unit(graph, part) for part in node.input
        ) and not all(_is_vector(graph, part) for part in node.input)
    return False


def _plain(node: NodeProto) -> bool:
    """Returns whether a Gemm has neither factors nor transposed inputs, as the writers write it."""
    return node.op_type == "MatMul" or not node.attribute


def _is_vector(graph: Int8Graph, name: str) -> bool:
    value = graph.value(name)
    return value is not None and value.ndim == 1


def _copied(graph: Int8Graph, name: str, few: NDArray[np.int64]) -> str:
    node = graph.producer(name)
    if node.op_type in PRODUCTS:
        inputs = [node.input[0], *(_cut(graph, part, few) for part in node.input[1:])]
    else:
        inputs = [
            _cut(graph, part, few) if _is_vector(graph, part) else _copied(graph, part, few)
            for part in node.input
        ]
    made = graph.copy(node, inputs)
    graph.fp32.add(made.name)
    return made.output[0]


def _shrink(graph: Int8Graph, name: str, rest: NDArray[np.int64]) -> None:
    node = graph.producer(name)
    for place, part in enumerate(node.input):
        if node.op_type in PRODUCTS and place == 0:
            continue
        if graph.value(part) is not None:
            node.input[place] = _cut(graph, part, rest)
        else:
            _shrink(graph, part, rest)


def _cut(graph: Int8Graph, name: str, units: NDArray[np.int64]) -> str:
    return graph.constant(graph.value(name)[..., units])
