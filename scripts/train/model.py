"""The cross-encoder: features from the comparison of query and passage tokens, and a small network that scores them.

It is a kernel-pooling model (K-NRM, Xiong et al. 2017) without attention layers. An earlier bundled model with two attention layers
memorized the training keywords, and more training steps made other topics worse.

SPDX-License-Identifier: Apache-2.0
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from embeddings import TokenTable
from vocabulary import NEWLINE_ID

# Cosines at the centers of the kernels, which count tokens softly.
CENTERS = (0.9, 0.75, 0.6, 0.45, 0.3, 0.15)
KERNEL_WIDTH = 0.08
# Number of query tokens, with [CLS], that are compared with the passage. Later tokens are ignored.
QUERY_TOKENS = 32
FEATURES = 2 * len(CENTERS) + 17
EPSILON = 1e-6


@dataclass(frozen=True)
class TokenMasks:
    """Masks (0 or 1) of the tokens that count. Special tokens and padding do not count."""

    query: Tensor  # [batch, query]
    passage: Tensor  # [batch, tokens]
    title: Tensor  # [batch, tokens], first line of the passage


class KernelCrossEncoder(nn.Module):
    """Computes logits [batch, 1] from input_ids, attention_mask and token_type_ids [batch, tokens]."""

    def __init__(self, table: TokenTable, alignment: Tensor, hidden: int = 32) -> None:
        super().__init__()
        self.register_buffer("vectors", table.vectors)  # half precision, to reduce the file size
        self.register_buffer("rarity", table.rarity)
        self.register_buffer("stem", table.stems)
        # Maps the vectors of a query to the vectors of relevant films.
        self.register_buffer("alignment", alignment)
        self.register_buffer("mean", torch.zeros(FEATURES))
        self.register_buffer("deviation", torch.ones(FEATURES))
        self.hidden = nn.Linear(FEATURES, hidden)
        self.output = nn.Linear(hidden, 1, bias=False)
        self.direct = nn.Linear(FEATURES, 1, bias=False)
        self.dropout = nn.Dropout(0.1)
        # Calibration, so that sigmoid(logit) is a probability.
        self.register_buffer("scale", torch.ones(1))
        self.register_buffer("offset", torch.zeros(1))

    def forward(self, input_ids: Tensor, attention_mask: Tensor, token_type_ids: Tensor) -> Tensor:
        return self.score_features(self.features(input_ids, attention_mask, token_type_ids))

    def score_features(self, features: Tensor) -> Tensor:
        standard = self.dropout((features - self.mean) / self.deviation)
        return (self.direct(standard) + self.output(torch.relu(self.hidden(standard)))) * self.scale + self.offset

    def features(self, input_ids: Tensor, attention_mask: Tensor, token_type_ids: Tensor) -> Tensor:
        """Returns the features of each pair [batch, FEATURES]. They do not depend on the trained weights of the network."""
        masks = _token_masks(input_ids, attention_mask, token_type_ids)
        unit = self.vectors[input_ids].float()
        weights = self.rarity[input_ids]
        stems = self.stem[input_ids]
        query = weights[:, :QUERY_TOKENS] * masks.query
        share = query / query.sum(1, keepdim=True).clamp(min=EPSILON)
        aligned = unit[:, :QUERY_TOKENS] @ self.alignment
        passage_row = masks.passage[:, None, :]
        # -2, which is less than any cosine, for tokens that are not in the passage.
        cosines = (_normalized(aligned) @ unit.transpose(1, 2)) * passage_row - 2 * (1 - passage_row)
        means = [(unit[:, :QUERY_TOKENS] * query[:, :, None]).sum(1)]
        means.append(means[0] @ self.alignment)
        passage, title = ((unit * (weights * part)[:, :, None]).sum(1) for part in (masks.passage, masks.title))
        mean_cosines = [_cosine(means[0], passage), _cosine(means[1], passage), _cosine(means[1], title)]
        of_query = [torch.log1p(masks.query.sum(1)), query.sum(1) / masks.query.sum(1).clamp(min=1.0)]
        parts = [_kernels(cosines, share), _nearest(cosines, share, masks.title), torch.stack(mean_cosines, 1)]
        return torch.cat([*parts, _exact(input_ids, stems, weights, masks), torch.stack(of_query, 1)], dim=1)


@torch.no_grad()
def average_networks(networks: list[KernelCrossEncoder]) -> KernelCrossEncoder:
    """Returns one network whose logits are the mean of the logits of several networks with the same features. It is not calibrated."""
    first = networks[0]
    table = TokenTable(first.vectors, first.rarity, first.stem)
    mean = KernelCrossEncoder(table, first.alignment, sum(len(network.hidden.bias) for network in networks))
    mean.mean.copy_(first.mean)
    mean.deviation.copy_(first.deviation)
    mean.hidden.weight.copy_(torch.cat([network.hidden.weight for network in networks]))
    mean.hidden.bias.copy_(torch.cat([network.hidden.bias for network in networks]))
    mean.output.weight.copy_(torch.cat([network.output.weight for network in networks], dim=1) / len(networks))
    mean.direct.weight.copy_(sum(network.direct.weight for network in networks) / len(networks))
    return mean.eval()


def _token_masks(input_ids: Tensor, attention_mask: Tensor, token_type_ids: Tensor) -> TokenMasks:
    words = (input_ids > NEWLINE_ID) & (attention_mask > 0)
    second = token_type_ids == 1
    newlines = ((input_ids == NEWLINE_ID) & second).to(torch.float32)
    first_line = torch.cumsum(newlines, dim=1) < 0.5
    query = (words & ~second)[:, :QUERY_TOKENS]
    passage = words & second
    return TokenMasks(*(part.to(torch.float32) for part in (query, passage, passage & first_line)))


def _normalized(vectors: Tensor) -> Tensor:
    return vectors / (vectors * vectors).sum(2, keepdim=True).clamp(min=EPSILON).sqrt()


def _cosine(left: Tensor, right: Tensor) -> Tensor:
    """Returns the cosine of each pair of mean vectors [batch]."""
    return (left * right).sum(1) / ((left * left).sum(1) * (right * right).sum(1)).clamp(min=1e-9).sqrt()


def _kernels(cosines: Tensor, share: Tensor) -> Tensor:
    """Returns the kernel features [batch, 2 K].

    For each kernel, they are the weighted means, over the query tokens, of the logarithm of the soft count of passage tokens and of
    the soft count limited to 1.
    """
    logs, present = [], []
    for center in CENTERS:
        distance = (cosines - center) * (1 / KERNEL_WIDTH)
        counts = torch.exp(-0.5 * distance * distance).sum(2)
        logs.append((torch.log1p(counts) * share).sum(1))
        present.append((counts.clamp(max=1.0) * share).sum(1))
    return torch.stack([*logs, *present], dim=1)


def _nearest(cosines: Tensor, share: Tensor, title: Tensor) -> Tensor:
    """Returns the mean cosines [batch, 3] of query tokens with the nearest passage token, nearest three, and nearest title token."""
    # Three more columns, in case there are fewer than three tokens.
    padded = torch.cat([cosines, torch.zeros_like(cosines[:, :, :3])], dim=2)
    top = torch.topk(padded, 3, dim=2).values
    in_title = (cosines * title[:, None, :]).max(2).values
    nearest = (top[:, :, 0], top.mean(2), in_title)
    return torch.stack([(cosine * share).sum(1) for cosine in nearest], dim=1)


def _exact(input_ids: Tensor, stems: Tensor, weights: Tensor, masks: TokenMasks) -> Tensor:
    """Returns exact-match features: the parts of the query in passage and title, and the part of the title in the query [batch, 9]."""
    query_rows = masks.query[:, :, None]
    same = _equal(input_ids) * query_rows
    same_stem = _equal(stems) * query_rows
    query = weights[:, :QUERY_TOKENS] * masks.query
    title = weights * masks.title
    passage_row, title_row = masks.passage[:, None, :], masks.title[:, None, :]
    in_title = (same * title_row).max(2).values
    title_in_query = (same * title_row).max(1).values
    of_query = [
        _share((same * passage_row).max(2).values, query),
        _share((same_stem * passage_row).max(2).values, query),
        _share(in_title, query),
        _share((same_stem * title_row).max(2).values, query),
    ]
    of_title = [_share(title_in_query, title), _share(title_in_query, masks.title)]
    # Two adjacent query tokens that are also adjacent in the passage, in this order.
    adjacent = same[:, :-1, :-1] * same[:, 1:, 1:]
    pairs = query[:, :-1] * masks.query[:, 1:]
    ordered = [_share((adjacent * row[:, :, 1:]).max(2).values, pairs) for row in (passage_row, title_row)]
    return torch.stack([*of_query, *of_title, of_query[2] * of_title[0], *ordered], dim=1)


def _equal(ids: Tensor) -> Tensor:
    """Returns whether a query token equals a token of the pair [batch, query, tokens], 0 or 1."""
    return (ids[:, :QUERY_TOKENS, None] == ids[:, None, :]).to(torch.float32)


def _share(part: Tensor, weights: Tensor) -> Tensor:
    return (part * weights).sum(1) / weights.sum(1).clamp(min=EPSILON)
