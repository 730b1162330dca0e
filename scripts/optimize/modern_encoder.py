"""What a ModernBERT is made of: norms before the blocks, a gate, rotated positions, local layers."""

from __future__ import annotations

from dataclasses import dataclass

from bert_encoder import Linear, Norm, Pooled


@dataclass(frozen=True)
class ModernLayer:
    norm: Norm | None  # before the attention; the first layer has none
    query: Linear
    key: Linear
    value: Linear
    output: Linear
    feed_forward_norm: Norm
    wide: Linear
    gate: Linear
    narrow: Linear
    theta: float  # of the rotation
    window: int | None  # how far a token of a local layer sees to each side


@dataclass(frozen=True)
class ModernEncoder:
    layers: list[ModernLayer]
    heads: int
    norm: Norm  # after the last layer
    positions: int
    embeddings: str
    hidden: set[str]
    pooled: Pooled
