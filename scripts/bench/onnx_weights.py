"""Creates a PyTorch model from an ONNX file, for model directories without PyTorch weights.

The weights are assigned by the order in which exporters write a BERT, not by their names, which differ between exporters.
The benchmark would detect a wrong assignment, because it compares the logits before it measures.
"""

from __future__ import annotations

from pathlib import Path
from typing import Iterator

import onnx
import torch
from onnx import NodeProto, numpy_helper
from transformers import BertConfig, BertForSequenceClassification


class NotUnderstood(Exception):
    """The graph does not have the parameters of a BERT with one classifier."""


class Parameters:
    """The initializers of a graph, in the order of the nodes that use them."""

    def __init__(self, path: Path) -> None:
        graph = onnx.load(str(path)).graph
        self._tensors = {
            tensor.name: torch.from_numpy(numpy_helper.to_array(tensor).copy())
            for tensor in graph.initializer
        }
        self._nodes = list(graph.node)
        self._alias = {n.output[0]: n.input[0] for n in self._nodes if n.op_type == "Identity"}
        self._producer = {name: node for node in self._nodes for name in node.output}

    def _tensor(self, name: str, dimensions: int) -> torch.Tensor | None:
        tensor = self._tensors.get(self._alias.get(name, name))
        return tensor if tensor is not None and tensor.dim() == dimensions else None

    def _added(self, node: NodeProto) -> torch.Tensor:
        """Returns the bias that the Add after a node adds."""
        for follower in self._nodes:
            if follower.op_type == "Add" and node.output[0] in follower.input:
                for name in follower.input:
                    bias = self._tensor(name, 1)
                    if bias is not None:
                        return bias
        raise NotUnderstood(f"no bias is added to {node.name}")

    def embeddings(self) -> list[torch.Tensor]:
        tables = [self._tensor(n.input[0], 2) for n in self._nodes if n.op_type == "Gather"]
        # Position embeddings are often sliced to the length of the input first.
        tables += [self._tensor(n.input[0], 2) for n in self._nodes if n.op_type == "Slice"]
        return [table for table in tables if table is not None]

    def linears(self) -> Iterator[tuple[torch.Tensor, torch.Tensor]]:
        """Yields weights [output, input] and biases."""
        for node in self._nodes:
            weight = self._tensor(node.input[1], 2) if len(node.input) > 1 else None
            if weight is not None and node.op_type == "MatMul":
                yield weight.T, self._added(node)
            elif weight is not None and node.op_type == "Gemm":
                transposed = any(a.name == "transB" and a.i for a in node.attribute)
                bias = self._tensor(node.input[2], 1)
                if bias is None:
                    raise NotUnderstood(f"{node.name} has no bias")
                yield weight if transposed else weight.T, bias

    def norms(self) -> Iterator[tuple[torch.Tensor, torch.Tensor]]:
        """Yields scales and biases."""
        for node in self._nodes:
            if node.op_type == "LayerNormalization":
                scale, bias = (self._tensor(name, 1) for name in node.input[1:3])
                if scale is not None and bias is not None:
                    yield scale, bias
            elif node.op_type == "Mul":
                sources = [self._producer[name].op_type for name in node.input if name in self._producer]
                scales = [self._tensor(name, 1) for name in node.input]
                scale = next((s for s in scales if s is not None), None)
                if "Div" in sources and scale is not None and scale.numel() > 1:
                    yield scale, self._added(node)


def bert(path: Path, config: BertConfig) -> BertForSequenceClassification:
    parameters = Parameters(path)
    model = BertForSequenceClassification(config)
    embeddings = model.bert.embeddings
    tables = {tuple(table.shape): table for table in parameters.embeddings()}
    norms = [embeddings.LayerNorm]
    linears = []
    for layer in model.bert.encoder.layer:
        attention = layer.attention
        norms += [attention.output.LayerNorm, layer.output.LayerNorm]
        linears += [attention.self.query, attention.self.key, attention.self.value]
        linears += [attention.output.dense, layer.intermediate.dense, layer.output.dense]
    linears += [model.bert.pooler.dense, model.classifier]
    found = (list(parameters.linears()), list(parameters.norms()))
    if (len(found[0]), len(found[1])) != (len(linears), len(norms)):
        raise NotUnderstood(
            f"{path.name} has {len(found[0])} linear layers and {len(found[1])} norms;"
            f" a BERT of its config has {len(linears)} and {len(norms)}"
        )
    with torch.no_grad():
        for name in ("word_embeddings", "position_embeddings", "token_type_embeddings"):
            weight = getattr(embeddings, name).weight
            if tuple(weight.shape) not in tables:
                raise NotUnderstood(f"{path.name} has no {name} {tuple(weight.shape)}")
            weight.copy_(tables[tuple(weight.shape)])
        for module, (weight, bias) in zip(linears + norms, found[0] + found[1]):
            module.weight.copy_(weight)
            module.bias.copy_(bias)
    return model.eval()
