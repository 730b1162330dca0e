"""Loss functions over lists: a query and its documents, each with a label.

SPDX-License-Identifier: Apache-2.0
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from sentence_transformers import CrossEncoder
from torch import Tensor, nn
from torch.nn import functional

MINI_BATCH_SIZE = 24


class ListLoss(nn.Module):
    """Base class of losses that are computed from the logits and labels of each query's list of documents."""

    def __init__(self, model: CrossEncoder) -> None:
        super().__init__()
        self.model = model

    def forward(self, inputs: list, labels: list[Tensor], prompt: str | None = None, task: str | None = None) -> Tensor:
        queries, documents = inputs
        pairs = [(query, document) for query, docs in zip(queries, documents, strict=True) for document in docs]
        logits = self._logits(pairs, prompt, task).split([len(docs) for docs in documents])
        return self.list_loss(logits, labels)

    def list_loss(self, logits: Sequence[Tensor], labels: Sequence[Tensor]) -> Tensor:
        raise NotImplementedError

    def _logits(self, pairs: list[tuple[str, str]], prompt: str | None, task: str | None) -> Tensor:
        """Returns the logits in the order of ``pairs``. A mini-batch contains passages of similar lengths, to reduce padding."""
        order = sorted(range(len(pairs)), key=lambda index: len(pairs[index][1]))
        parts = []
        for start in range(0, len(order), MINI_BATCH_SIZE):
            batch = [pairs[index] for index in order[start : start + MINI_BATCH_SIZE]]
            tokens = self.model.preprocess(batch, prompt=prompt, task=task)
            tokens = {name: value.to(self.model.device) if isinstance(value, Tensor) else value for name, value in tokens.items()}
            parts.append(self.model(tokens)["scores"].view(-1).float())
        inverse = torch.empty(len(order), dtype=torch.long)
        inverse[torch.tensor(order)] = torch.arange(len(order))
        return torch.cat(parts)[inverse]

    def get_config_dict(self) -> dict[str, int]:
        return {"mini_batch_size": MINI_BATCH_SIZE}


class ListNetAndBce(ListLoss):
    """ListNet loss plus binary cross-entropy.

    ListNet is a listwise loss: the cross-entropy between the softmax over a query's list and the labels, which are normalized to a
    sum of 1. It trains the order. The binary cross-entropy makes a logit a log-odds, so that ``ceProb`` is meaningful in a blend.
    """

    def list_loss(self, logits: Sequence[Tensor], labels: Sequence[Tensor]) -> Tensor:
        listnet = torch.stack([
            functional.cross_entropy(row, label / label.sum()) for row, label in zip(logits, labels, strict=True)
        ])
        bce = functional.binary_cross_entropy_with_logits(torch.cat(list(logits)), torch.cat(list(labels)))
        return listnet.mean() + bce


class CosineRegression(ListLoss):
    """Mean squared error of the logits. The labels are scaled cosines, not grades."""

    def list_loss(self, logits: Sequence[Tensor], labels: Sequence[Tensor]) -> Tensor:
        return functional.mse_loss(torch.cat(list(logits)), torch.cat(list(labels)))
