"""Finds and changes the products with constant weights of a graph before its quantization."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from onnx import ModelProto, NodeProto, TensorProto, helper, numpy_helper

PRODUCTS = ("MatMul", "Gemm")
# Both writers use this prefix for the nodes of the layers. The nodes after the layers are the head.
LAYER = "layer."


@dataclass(frozen=True)
class Channels:
    """The range of each channel of one activation over the calibration pairs."""

    lowest: NDArray[np.float32]
    highest: NDArray[np.float32]

    @property
    def magnitude(self) -> NDArray[np.float32]:
        return np.maximum(np.abs(self.lowest), np.abs(self.highest))

    def merged(self, other: Channels) -> Channels:
        return Channels(
            np.minimum(self.lowest, other.lowest), np.maximum(self.highest, other.highest)
        )

    def span(self, without: int) -> float:
        """Returns the width of the per-tensor range without this many of the largest channels."""
        kept = np.argsort(-self.magnitude)[without:]
        return float(max(self.highest[kept].max(), 0) - min(self.lowest[kept].min(), 0))


class Int8Graph:
    """A modifiable copy of a model. ``fp32`` contains the names of the nodes that stay in fp32."""

    def __init__(self, model: ModelProto) -> None:
        self.model = ModelProto()
        self.model.CopyFrom(model)
        self.fp32: set[str] = set()
        self._constants = {tensor.name: tensor for tensor in self.model.graph.initializer}
        self._count = 0

    @property
    def nodes(self) -> Iterable[NodeProto]:
        return self.model.graph.node

    def products(self) -> list[NodeProto]:
        """Returns the products of an activation and a constant matrix, in layers and head."""
        return [
            node
            for node in self.nodes
            if node.op_type in PRODUCTS
            and node.input[1] in self._constants
            and len(self._constants[node.input[1]].dims) == 2
        ]

    def layer_products(self) -> list[NodeProto]:
        return [node for node in self.products() if node.name.startswith(LAYER)]

    def producer(self, name: str) -> NodeProto | None:
        return next((node for node in self.nodes if name in node.output), None)

    def consumers(self, name: str) -> list[NodeProto]:
        """Returns the nodes that read the tensor, including those that read it in a branch."""
        return [node for node in self.nodes if name in _reads(node)]

    def is_output(self, name: str) -> bool:
        return any(output.name == name for output in self.model.graph.output)

    def value(self, name: str) -> NDArray[Any] | None:
        tensor = self._constants.get(name)
        return None if tensor is None else numpy_helper.to_array(tensor)

    def constant(self, value: NDArray[Any]) -> str:
        name = self._fresh("constant")
        self.model.graph.initializer.append(
            numpy_helper.from_array(np.ascontiguousarray(value), name)
        )
        self._constants[name] = self.model.graph.initializer[-1]
        return name

    def node(
        self, operator: str, inputs: list[str], before: NodeProto, domain: str = "", **attributes: Any
    ) -> NodeProto:
        """Inserts a node with one output before the node that will read it."""
        name = self._fresh(operator)
        place = next(n for n, node in enumerate(self.nodes) if node.output == before.output)
        made = helper.make_node(operator, inputs, [name], name, domain=domain, **attributes)
        self.model.graph.node.insert(place, made)
        return self.model.graph.node[place]

    def copy(self, node: NodeProto, inputs: list[str]) -> NodeProto:
        """Inserts a copy of the node with other inputs before the node."""
        made = self.node(node.op_type, inputs, node, node.domain)
        made.attribute.extend(node.attribute)
        return made

    def remove(self, node: NodeProto) -> None:
        self.model.graph.node.remove(node)

    def prune(self) -> None:
        """Removes the constants that no node reads any longer."""
        used = {name for node in self.nodes for name in _reads(node)}
        kept = [tensor for tensor in self.model.graph.initializer if tensor.name in used]
        del self.model.graph.initializer[:]
        self.model.graph.initializer.extend(kept)
        self._constants = {tensor.name: tensor for tensor in self.model.graph.initializer}
        # Newer exporters record shapes that onnx rejects as wrong.
        del self.model.graph.value_info[:]

    def _fresh(self, kind: str) -> str:
        self._count += 1
        return f"int8/{kind}_{self._count}"


def _reads(node: NodeProto) -> set[str]:
    found = set(node.input)
    for attribute in node.attribute:
        for inner in attribute.g.node:
            found |= _reads(inner)
    return found


def outputs_of(model: ModelProto, names: list[str]) -> ModelProto:
    """Returns the model with these tensors as additional outputs."""
    copy = ModelProto()
    copy.CopyFrom(model)
    present = {output.name for output in copy.graph.output}
    copy.graph.output.extend(
        helper.make_tensor_value_info(name, TensorProto.FLOAT, None)
        for name in names
        if name not in present
    )
    return copy
