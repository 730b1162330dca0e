"""The cross-encoder: kernel pooling over all pairs of tokens, exact matches, and a small BERT.

SPDX-License-Identifier: Apache-2.0
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from encoder import Encoder, Shape
from vocabulary import LINE_ID

# Of cosines; the narrow one at 1 counts equal tokens.
CENTRES = (1.0, 0.9, 0.75, 0.6, 0.45, 0.3)
WIDTHS = (0.001, 0.08, 0.08, 0.08, 0.08, 0.08)
# So much of a query meets every passage token; the encoder reads all of it.
QUERY_TOKENS = 32
FEATURES = 2 * len(CENTRES) + 11
EPSILON = 1e-6


@dataclass(frozen=True)
class Halves:
    """Which tokens count: special ones and padding do not."""

    query: Tensor  # [batch, query], 0 or 1
    passage: Tensor  # [batch, tokens]
    title: Tensor  # [batch, tokens], the first line of the passage


class KernelCrossEncoder(nn.Module):
    """input_ids, attention_mask, token_type_ids [batch, tokens] to logits [batch, 1]."""

    def __init__(self, embeddings: Tensor, rarity: Tensor, shape: Shape, hidden: int = 24) -> None:
        super().__init__()
        self.embedding = nn.Embedding.from_pretrained(embeddings, freeze=True)
        # softplus keeps a learned weight positive; training starts from the rarity of the token.
        start = torch.log(torch.expm1(rarity))[:, None]
        self.weight = nn.Embedding.from_pretrained(start, freeze=False)
        # Turns the space so that what keywords ask for lies near; export folds it into the vectors.
        self.turn = nn.Linear(embeddings.shape[1], embeddings.shape[1], bias=False)
        nn.init.eye_(self.turn.weight)
        self.register_buffer("centres", torch.tensor(CENTRES))
        self.register_buffer("widths", torch.tensor(WIDTHS))
        self.hidden = nn.Linear(FEATURES, hidden)
        self.output = nn.Linear(hidden, 1)
        self.direct = nn.Linear(FEATURES, 1, bias=False)
        self.encoder = Encoder(shape)
        # An affine map that training sets last: it makes sigmoid(logit) a probability.
        self.register_buffer("scale", torch.tensor(1.0))
        self.register_buffer("offset", torch.tensor(0.0))

    def forward(self, input_ids: Tensor, attention_mask: Tensor, token_type_ids: Tensor) -> Tensor:
        vectors = self.turn(self.embedding(input_ids))
        features = self.features(input_ids, attention_mask, token_type_ids, vectors)
        kernels = self.direct(features) + self.output(torch.relu(self.hidden(features)))
        marks = _marks(input_ids, attention_mask, token_type_ids)
        encoded = self.encoder(vectors, attention_mask, token_type_ids, marks)
        return (kernels + encoded) * self.scale + self.offset

    def features(
        self, input_ids: Tensor, attention_mask: Tensor, token_type_ids: Tensor, vectors: Tensor
    ) -> Tensor:
        """What is known of each pair [batch, FEATURES], before anything is weighed."""
        halves = _halves(input_ids, attention_mask, token_type_ids)
        weights = functional.softplus(self.weight(input_ids)).squeeze(2)
        query = weights[:, :QUERY_TOKENS] * halves.query
        passage = weights * halves.passage
        title = weights * halves.title
        unit = vectors / (vectors * vectors).sum(2, keepdim=True).clamp(min=EPSILON).sqrt()
        cosines = unit[:, :QUERY_TOKENS] @ unit.transpose(1, 2)
        seen = halves.passage[:, None, :]
        cosines = cosines * seen - 2 * (1 - seen)
        equal = (input_ids[:, :QUERY_TOKENS, None] == input_ids[:, None, :]).to(cosines.dtype)
        equal = equal * halves.query[:, :, None]
        return torch.cat(
            [
                self._kernels(cosines, query),
                self._nearest(cosines, query, halves.title),
                _centroid(unit, query, passage),
                _centroid(unit, query, title),
                _exact(equal, query, passage, title, halves),
            ],
            dim=1,
        )

    def _kernels(self, cosines: Tensor, query: Tensor) -> Tensor:
        """How much of the passage lies at each distance of a query token, soft counts [batch, 2 K]:

        the weighted mean over the query's tokens, and that of how often the nearest one is there.
        """
        distance = (cosines[..., None] - self.centres) / self.widths
        counts = torch.exp(-0.5 * distance * distance).sum(2)
        share = (query / query.sum(1, keepdim=True).clamp(min=EPSILON))[:, :, None]
        logs = (torch.log1p(counts) * share).sum(1)
        saturated = (counts.clamp(max=1.0) * share).sum(1)
        return torch.cat([logs, saturated], dim=1)

    def _nearest(self, cosines: Tensor, query: Tensor, title: Tensor) -> Tensor:
        """The cosine of the nearest passage token, of the nearest three, of the nearest in the title."""
        share = query / query.sum(1, keepdim=True).clamp(min=EPSILON)
        # Three more columns, for a passage of fewer tokens.
        padded = torch.cat([cosines, torch.zeros_like(cosines[:, :, :3])], dim=2)
        top = torch.topk(padded, 3, dim=2).values
        in_title = cosines * title[:, None, :]
        return torch.stack(
            [
                (top[:, :, 0] * share).sum(1),
                (top.mean(2) * share).sum(1),
                (in_title.max(2).values * share).sum(1),
            ],
            dim=1,
        )


def _halves(input_ids: Tensor, attention_mask: Tensor, token_type_ids: Tensor) -> Halves:
    words = (input_ids > LINE_ID) & (attention_mask > 0)
    second = token_type_ids == 1
    breaks = ((input_ids == LINE_ID) & second).to(torch.float32)
    first_line = torch.cumsum(breaks, dim=1) < 0.5
    query = (words & ~second)[:, :QUERY_TOKENS]
    passage = words & second
    return Halves(*(part.to(torch.float32) for part in (query, passage, passage & first_line)))


def _centroid(unit: Tensor, query: Tensor, other: Tensor) -> Tensor:
    """The cosine of the two weighted means [batch, 1]."""
    left = (unit[:, :QUERY_TOKENS] * query[:, :, None]).sum(1)
    right = (unit * other[:, :, None]).sum(1)
    product = (left * right).sum(1, keepdim=True)
    norms = (left * left).sum(1, keepdim=True) * (right * right).sum(1, keepdim=True)
    return product / norms.clamp(min=1e-9).sqrt()


def _exact(equal: Tensor, query: Tensor, passage: Tensor, title: Tensor, halves: Halves) -> Tensor:
    """What of the query is in the passage and in its title, what of the title is in the query."""
    in_passage = (equal * halves.passage[:, None, :]).max(2).values
    hits = equal * halves.title[:, None, :]
    in_title, asked = hits.max(2).values, hits.max(1).values
    # Two tokens of the query side by side in the passage, in this order.
    follows = equal[:, :-1, :-1] * equal[:, 1:, 1:] * halves.passage[:, None, 1:]
    pairs = query[:, :-1] * halves.query[:, 1:]
    of_query = [_share(in_passage, query), _share(in_title, query)]
    of_title = [_share(asked, title), _share(asked, halves.title)]
    both = of_query[1] * of_title[0]
    ordered = _share(follows.max(2).values, pairs)
    return torch.stack([*of_query, *of_title, both, ordered], dim=1)


def _share(part: Tensor, weights: Tensor) -> Tensor:
    return (part * weights).sum(1) / weights.sum(1).clamp(min=EPSILON)


def _marks(input_ids: Tensor, attention_mask: Tensor, token_type_ids: Tensor) -> Tensor:
    """Whether each token is also in the other half [batch, tokens], 0 or 1."""
    words = (input_ids > LINE_ID) & (attention_mask > 0)
    equal = input_ids[:, :, None] == input_ids[:, None, :]
    across = token_type_ids[:, :, None] != token_type_ids[:, None, :]
    found = (equal & across & words[:, None, :]).to(torch.int64).sum(2)
    return ((found > 0) & words).to(torch.int64)
