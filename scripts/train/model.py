"""The cross-encoder: what the tokens of a query and of a passage have in common, and a small network over it.

A kernel-pooling model (K-NRM, Xiong et al. 2017) without attention layers: the two that the starter
model had before learned the training keywords by heart, and more steps made other topics worse.

SPDX-License-Identifier: Apache-2.0
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from embeddings import Table
from vocabulary import LINE_ID

# Soft counts of tokens at these cosines.
CENTERS = (0.9, 0.75, 0.6, 0.45, 0.3, 0.15)
KERNEL_WIDTH = 0.08
# So much of a query, with [CLS], meets the passage.
QUERY_TOKENS = 32
FEATURES = 2 * len(CENTERS) + 17
EPSILON = 1e-6


@dataclass(frozen=True)
class Halves:
    """Which tokens count, 0 or 1: special ones and padding do not."""

    query: Tensor  # [batch, query]
    passage: Tensor  # [batch, tokens]
    title: Tensor  # [batch, tokens], the first line of the passage


class KernelCrossEncoder(nn.Module):
    """input_ids, attention_mask, token_type_ids [batch, tokens] to logits [batch, 1]."""

    def __init__(self, table: Table, alignment: Tensor, hidden: int = 32) -> None:
        super().__init__()
        self.register_buffer("vectors", table.vectors)  # half precision: half the file
        self.register_buffer("rarity", table.rarity)
        self.register_buffer("stem", table.stems)
        # Turns a query's vectors to where what it asks for lies.
        self.register_buffer("alignment", alignment)
        self.register_buffer("mean", torch.zeros(FEATURES))
        self.register_buffer("deviation", torch.ones(FEATURES))
        self.hidden = nn.Linear(FEATURES, hidden)
        self.output = nn.Linear(hidden, 1, bias=False)
        self.direct = nn.Linear(FEATURES, 1, bias=False)
        self.dropout = nn.Dropout(0.1)
        # The calibration: makes sigmoid(logit) a probability.
        self.register_buffer("scale", torch.ones(1))
        self.register_buffer("offset", torch.zeros(1))

    def forward(self, input_ids: Tensor, attention_mask: Tensor, token_type_ids: Tensor) -> Tensor:
        return self.weigh(self.features(input_ids, attention_mask, token_type_ids))

    def weigh(self, features: Tensor) -> Tensor:
        standard = self.dropout((features - self.mean) / self.deviation)
        return (self.direct(standard) + self.output(torch.relu(self.hidden(standard)))) * self.scale + self.offset

    def features(self, input_ids: Tensor, attention_mask: Tensor, token_type_ids: Tensor) -> Tensor:
        """What is known of each pair [batch, FEATURES]; nothing in it is trained by the network's loss."""
        halves = _halves(input_ids, attention_mask, token_type_ids)
        unit = self.vectors[input_ids].float()
        weights = self.rarity[input_ids]
        stems = self.stem[input_ids]
        query = weights[:, :QUERY_TOKENS] * halves.query
        share = query / query.sum(1, keepdim=True).clamp(min=EPSILON)
        asked = unit[:, :QUERY_TOKENS] @ self.alignment
        seen = halves.passage[:, None, :]
        # Below every cosine where there is no passage token.
        cosines = (_normalized(asked) @ unit.transpose(1, 2)) * seen - 2 * (1 - seen)
        means = [(unit[:, :QUERY_TOKENS] * query[:, :, None]).sum(1)]
        means.append(means[0] @ self.alignment)
        passage, title = ((unit * (weights * part)[:, :, None]).sum(1) for part in (halves.passage, halves.title))
        likeness = [_cosine(means[0], passage), _cosine(means[1], passage), _cosine(means[1], title)]
        of_query = [torch.log1p(halves.query.sum(1)), query.sum(1) / halves.query.sum(1).clamp(min=1.0)]
        parts = [_kernels(cosines, share), _nearest(cosines, share, halves.title), torch.stack(likeness, 1)]
        return torch.cat([*parts, _exact(input_ids, stems, weights, halves), torch.stack(of_query, 1)], dim=1)


@torch.no_grad()
def mean_of(networks: list[KernelCrossEncoder]) -> KernelCrossEncoder:
    """One network with the mean of the logits of several over the same features; not yet calibrated."""
    first = networks[0]
    table = Table(first.vectors, first.rarity, first.stem)
    mean = KernelCrossEncoder(table, first.alignment, sum(len(each.hidden.bias) for each in networks))
    mean.mean.copy_(first.mean)
    mean.deviation.copy_(first.deviation)
    mean.hidden.weight.copy_(torch.cat([each.hidden.weight for each in networks]))
    mean.hidden.bias.copy_(torch.cat([each.hidden.bias for each in networks]))
    mean.output.weight.copy_(torch.cat([each.output.weight for each in networks], dim=1) / len(networks))
    mean.direct.weight.copy_(sum(each.direct.weight for each in networks) / len(networks))
    return mean.eval()


def _halves(input_ids: Tensor, attention_mask: Tensor, token_type_ids: Tensor) -> Halves:
    words = (input_ids > LINE_ID) & (attention_mask > 0)
    second = token_type_ids == 1
    breaks = ((input_ids == LINE_ID) & second).to(torch.float32)
    first_line = torch.cumsum(breaks, dim=1) < 0.5
    query = (words & ~second)[:, :QUERY_TOKENS]
    passage = words & second
    return Halves(*(part.to(torch.float32) for part in (query, passage, passage & first_line)))


def _normalized(vectors: Tensor) -> Tensor:
    return vectors / (vectors * vectors).sum(2, keepdim=True).clamp(min=EPSILON).sqrt()


def _cosine(left: Tensor, right: Tensor) -> Tensor:
    """Of two means [batch]."""
    return (left * right).sum(1) / ((left * left).sum(1) * (right * right).sum(1)).clamp(min=1e-9).sqrt()


def _kernels(cosines: Tensor, share: Tensor) -> Tensor:
    """How much of the passage lies at each distance of a query token [batch, 2 K]:

    the weighted mean over the query's tokens of soft counts, and of whether there is one at all.
    """
    logs, present = [], []
    for center in CENTERS:
        distance = (cosines - center) * (1 / KERNEL_WIDTH)
        counts = torch.exp(-0.5 * distance * distance).sum(2)
        logs.append((torch.log1p(counts) * share).sum(1))
        present.append((counts.clamp(max=1.0) * share).sum(1))
    return torch.stack([*logs, *present], dim=1)


def _nearest(cosines: Tensor, share: Tensor, title: Tensor) -> Tensor:
    """The cosine of the nearest passage token, of the nearest three, of the nearest in the title."""
    # Three more columns, for a passage of fewer tokens.
    padded = torch.cat([cosines, torch.zeros_like(cosines[:, :, :3])], dim=2)
    top = torch.topk(padded, 3, dim=2).values
    in_title = (cosines * title[:, None, :]).max(2).values
    nearest = (top[:, :, 0], top.mean(2), in_title)
    return torch.stack([(cosine * share).sum(1) for cosine in nearest], dim=1)


def _exact(input_ids: Tensor, stems: Tensor, weights: Tensor, halves: Halves) -> Tensor:
    """What of the query is in the passage and in its title, what of the title is in the query."""
    asked = halves.query[:, :, None]
    same = _equal(input_ids) * asked
    alike = _equal(stems) * asked
    query = weights[:, :QUERY_TOKENS] * halves.query
    title = weights * halves.title
    passage_row, title_row = halves.passage[:, None, :], halves.title[:, None, :]
    in_title = (same * title_row).max(2).values
    title_asked = (same * title_row).max(1).values
    of_query = [
        _share((same * passage_row).max(2).values, query),
        _share((alike * passage_row).max(2).values, query),
        _share(in_title, query),
        _share((alike * title_row).max(2).values, query),
    ]
    of_title = [_share(title_asked, title), _share(title_asked, halves.title)]
    # Two tokens of the query side by side, in this order.
    follows = same[:, :-1, :-1] * same[:, 1:, 1:]
    pairs = query[:, :-1] * halves.query[:, 1:]
    ordered = [_share((follows * row[:, :, 1:]).max(2).values, pairs) for row in (passage_row, title_row)]
    return torch.stack([*of_query, *of_title, of_query[2] * of_title[0], *ordered], dim=1)


def _equal(ids: Tensor) -> Tensor:
    """[batch, query, tokens], 0 or 1."""
    return (ids[:, :QUERY_TOKENS, None] == ids[:, None, :]).to(torch.float32)


def _share(part: Tensor, weights: Tensor) -> Tensor:
    return (part * weights).sum(1) / weights.sum(1).clamp(min=EPSILON)
