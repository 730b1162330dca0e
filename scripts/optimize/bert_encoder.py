"""The parts of an encoder. A reader finds them in a graph, and a writer writes a new graph."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

CONTRIB = "com.microsoft"
MASK = "attention_mask"
Array = NDArray[np.float32]


class NotUnderstood(Exception):
    """The layers or the head of the model are not supported."""


@dataclass(frozen=True)
class Linear:
    weight: Array  # [input, output]
    bias: Array

    def times(self, factor: float) -> Linear:
        return Linear(self.weight * np.float32(factor), self.bias * np.float32(factor))

    def parts(self, count: int) -> list[Linear]:
        """Splits the layer into layers of equal width, in order."""
        weights, biases = (np.split(array, count, -1) for array in (self.weight, self.bias))
        return list(map(Linear, weights, biases))


@dataclass(frozen=True)
class Norm:
    scale: Array
    bias: Array
    epsilon: float


@dataclass(frozen=True)
class Layer:
    query: Linear
    key: Linear
    value: Linear
    output: Linear
    output_norm: Norm
    intermediate: Linear
    result: Linear
    result_norm: Norm


@dataclass(frozen=True)
class Pooled:
    """The input of the head."""

    name: str  # tensor [batch, hidden] if first_token, otherwise [batch, tokens, hidden]
    first_token: bool


@dataclass(frozen=True)
class Encoder:
    layers: list[Layer]
    heads: int
    embeddings: str  # tensor [batch, tokens, hidden], the input of the first layer
    hidden: set[str]  # tensors [batch, tokens, hidden], the outputs of the layers
    pooled: Pooled
