"""What a BERT-like encoder is made of: the reader finds it in one graph, the writer writes another."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

CONTRIB = "com.microsoft"
MASK = "attention_mask"
Array = NDArray[np.float32]


class NotUnderstood(Exception):
    """The graph is not a chain of BERT layers whose classifier reads the first token alone."""


@dataclass(frozen=True)
class Linear:
    weight: Array  # [input, output]
    bias: Array

    def times(self, factor: float) -> Linear:
        return Linear(self.weight * np.float32(factor), self.bias * np.float32(factor))


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
class Encoder:
    layers: list[Layer]
    heads: int
    embeddings: str  # the tensor [batch, tokens, hidden] that enters the first layer
    hidden: set[str]  # the tensors [batch, tokens, hidden] that leave a layer
    first_token: str  # the tensor [batch, hidden] that the classifier reads
