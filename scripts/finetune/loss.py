"""What training makes smaller.

SPDX-License-Identifier: Apache-2.0
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from sentence_transformers import CrossEncoder
from torch import Tensor, nn
from torch.nn import functional

PAIRS_AT_ONCE = 24


class ListLoss(nn.Module):
    """Of a query and its list of documents, each with a label."""

    def __init__(self, model: CrossEncoder) -> None:
        super().__init__()
        self.model = model

    def forward(self, inputs: list, labels: list[Tensor], prompt: str | None = None, task: str | None = None) -> Tensor:
        queries, documents = inputs
        pairs = [(query, document) for query, own in zip(queries, documents, strict=True) for document in own]
        logits = self._logits(pairs, prompt, task).split([len(own) for own in documents])
        return self.of_lists(logits, labels)

    def of_lists(self, logits: Sequence[Tensor], labels: Sequence[Tensor]) -> Tensor:
        raise NotImplementedError

    def _logits(self, pairs: list[tuple[str, str]], prompt: str | None, task: str | None) -> Tensor:
        """Like lengths together, so that little is padding."""
        places = sorted(range(len(pairs)), key=lambda place: len(pairs[place][1]))
        parts = []
        for start in range(0, len(places), PAIRS_AT_ONCE):
            batch = [pairs[place] for place in places[start : start + PAIRS_AT_ONCE]]
            tokens = self.model.preprocess(batch, prompt=prompt, task=task)
            tokens = {name: value.to(self.model.device) if isinstance(value, Tensor) else value for name, value in tokens.items()}
            parts.append(self.model(tokens)["scores"].view(-1).float())
        back = torch.empty(len(places), dtype=torch.long)
        back[torch.tensor(places)] = torch.arange(len(places))
        return torch.cat(parts)[back]

    def get_config_dict(self) -> dict[str, int]:
        return {"pairs_at_once": PAIRS_AT_ONCE}


class OrderAndBelief(ListLoss):
    """Softmax over a query's list, for the order, plus binary cross-entropy, so that a logit is a log-odds.

    The first is ListNet's with the labels' shares as target; ``ceProb`` in a blend means something through the second.
    """

    def of_lists(self, logits: Sequence[Tensor], labels: Sequence[Tensor]) -> Tensor:
        order = torch.stack([
            functional.cross_entropy(row, label / label.sum()) for row, label in zip(logits, labels, strict=True)
        ])
        belief = functional.binary_cross_entropy_with_logits(torch.cat(list(logits)), torch.cat(list(labels)))
        return order.mean() + belief


class Likeness(ListLoss):
    """The squared distance of a logit from its label, which is a number and no grade."""

    def of_lists(self, logits: Sequence[Tensor], labels: Sequence[Tensor]) -> Tensor:
        return functional.mse_loss(torch.cat(list(logits)), torch.cat(list(labels)))
