"""Smoothing (SmoothQuant): moves the magnitude of large channels of an activation into the weights.

Each channel of the activation is divided by a factor, and the corresponding row of the weights is
multiplied by the same factor. The product does not change, and the per-tensor int8 scale of the
activation suits more of its channels.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray
from onnx import NodeProto

from int8_graph import Channels, Int8Graph

NORMS = ("LayerNormalization", "SkipLayerNormalization", "SimplifiedLayerNormalization")
MOVES = ("Reshape", "Transpose", "Slice", "Squeeze", "Gather")  # keep the order of channels
LEAST = 1e-5


def smooth(graph: Int8Graph, channels: Mapping[str, Channels], alpha: float) -> None:
    """Smooths the outputs of norms that are inputs of products of the layers."""
    readers: dict[str, list[NodeProto]] = {}
    for product in graph.products():
        if product.input[0] in channels:
            readers.setdefault(product.input[0], []).append(product)
    for name, products in readers.items():
        int8 = [product for product in products if product.name not in graph.fp32]
        if not int8 or not _comes_from_norm(graph, name):
            continue
        factor = _factor(graph, channels[name], int8, alpha)
        if not _folded(graph, name, products, factor):
            divided = graph.node("Mul", [name, graph.constant(1 / factor)], int8[0])
            products = int8
            for product in products:
                product.input[0] = divided.output[0]
        for product in products:
            weight = graph.value(product.input[1]) * factor[:, None]
            product.input[1] = graph.constant(weight.astype(np.float32))


def _factor(
    graph: Int8Graph, found: Channels, products: list[NodeProto], alpha: float
) -> NDArray[np.float32]:
    """Returns the factor of each channel, with a geometric mean of 1.

    It increases with the magnitude of the activation and decreases with that of the weights.
    """
    weights = np.max(
        [np.abs(graph.value(product.input[1])).max(1) for product in products], axis=0
    )
    factor = np.maximum(found.magnitude, LEAST) ** alpha
    factor /= np.maximum(weights, LEAST) ** (1 - alpha)
    return (factor / np.exp(np.mean(np.log(factor)))).astype(np.float32)


def _folded(
    graph: Int8Graph, name: str, products: list[NodeProto], factor: NDArray[np.float32]
) -> bool:
    """Divides scale and bias of the norm by the factor, if only the products read its output.

    Returns whether it did.
    """
    norm = graph.producer(name)
    if norm is None or norm.op_type not in NORMS or norm.output[0] != name:
        return False
    if len(graph.consumers(name)) != len(products):
        return False
    first = 2 if norm.op_type.startswith("Skip") else 1  # index of the scale; the bias follows
    for place in range(first, min(first + 2, len(norm.input))):
        if norm.input[place]:
            norm.input[place] = graph.constant(graph.value(norm.input[place]) / factor)
    return True


def _comes_from_norm(graph: Int8Graph, name: str) -> bool:
    node = graph.producer(name)
    while node is not None and node.op_type in MOVES:
        node = graph.producer(node.input[0])
    return node is not None and node.op_type in NORMS
