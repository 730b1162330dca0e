"""The parts of a ModernBERT: norms before the blocks, a gate, rotary positions and local layers."""

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
    theta: float  # base of the rotary position embedding
    window: int | None  # tokens to each side in a local layer; None: a global layer


@dataclass(frozen=True)
class ModernEncoder:
    layers: list[ModernLayer]
    heads: int
    norm: Norm  # after the last layer
    positions: int
    embeddings: str
    hidden: set[str]
    pooled: Pooled
