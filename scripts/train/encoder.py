"""A small BERT, in the shape that scripts/optimize understands.

SPDX-License-Identifier: Apache-2.0
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
from torch import Tensor, nn

# The word vectors are short beside what the positions learn.
VECTOR_SCALE = 3.0


@dataclass(frozen=True)
class Shape:
    width: int = 128
    layers: int = 1
    heads: int = 4
    intermediate: int = 256
    positions: int = 256
    dropout: float = 0.25
    share: float = 0.25  # of the encoder in the logit


class Layer(nn.Module):
    def __init__(self, shape: Shape) -> None:
        super().__init__()
        width = shape.width
        self.heads = shape.heads
        self.query, self.key, self.value, self.out = (nn.Linear(width, width) for _ in range(4))
        self.attention_norm = nn.LayerNorm(width, eps=1e-12)
        self.wide = nn.Linear(width, shape.intermediate)
        self.narrow = nn.Linear(shape.intermediate, width)
        self.norm = nn.LayerNorm(width, eps=1e-12)
        self.dropout = nn.Dropout(shape.dropout)
        # Tokens that mean the same attend to each other from the start: from random weights
        # nothing is learned in the first hundreds of steps.
        with torch.no_grad():
            for linear, sign in ((self.query, 0.8), (self.key, 0.8), (self.value, 0.5), (self.out, 0.5)):
                linear.weight.mul_(0.2).add_(sign * torch.eye(width))
                linear.bias.zero_()

    def forward(self, hidden: Tensor, penalty: Tensor) -> Tensor:
        batch, tokens, width = hidden.shape
        size = width // self.heads
        query, key, value = (
            linear(hidden).reshape(batch, tokens, self.heads, size).permute(0, 2, 1, 3)
            for linear in (self.query, self.key, self.value)
        )
        scores = query @ key.transpose(2, 3) / math.sqrt(size) + penalty
        context = torch.softmax(scores, dim=-1) @ value
        context = context.permute(0, 2, 1, 3).reshape(batch, tokens, width)
        hidden = self.attention_norm(hidden + self.dropout(self.out(context)))
        wide = nn.functional.gelu(self.wide(hidden))
        return self.norm(hidden + self.dropout(self.narrow(wide)))


class Encoder(nn.Module):
    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.position = nn.Embedding(shape.positions, shape.width)
        self.kind = nn.Embedding(2, shape.width)
        self.mark = nn.Embedding(2, shape.width)
        for table in (self.position, self.kind, self.mark):
            nn.init.normal_(table.weight, std=0.02)
        self.norm = nn.LayerNorm(shape.width, eps=1e-12)
        self.layers = nn.ModuleList(Layer(shape) for _ in range(shape.layers))
        self.pooler = nn.Linear(shape.width, shape.width)
        self.classifier = nn.Linear(shape.width, 1)
        self.dropout = nn.Dropout(shape.dropout)
        self.share = shape.share

    def forward(self, vectors: Tensor, attention_mask: Tensor, kinds: Tensor, marks: Tensor) -> Tensor:
        places = torch.arange(vectors.shape[1], device=vectors.device)
        hidden = VECTOR_SCALE * vectors + self.position(places)[None] + self.kind(kinds) + self.mark(marks)
        hidden = self.dropout(self.norm(hidden))
        penalty = (1.0 - attention_mask[:, None, None, :].to(hidden.dtype)) * -10000.0
        for layer in self.layers:
            hidden = layer(hidden, penalty)
        first = torch.tanh(self.pooler(hidden[:, 0]))
        return self.share * self.classifier(self.dropout(first))
