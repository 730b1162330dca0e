"""Finds the weights of each layer of a ModernBERT in its graph, fused without the residuals."""

from __future__ import annotations

import contextlib
from typing import Any

import numpy as np
from numpy.typing import NDArray
from onnx import ModelProto, NodeProto

from bert_encoder import Linear, Norm, NotUnderstood
from graph_reader import GraphReader, attribute
from modern_encoder import ModernEncoder, ModernLayer

ROTATIONS = {"full_attention": "global_rope_theta", "sliding_attention": "local_rope_theta"}


def read_modern(model: ModelProto, config: dict[str, Any]) -> ModernEncoder:
    """Reads the layers from the last norm back to the embeddings.

    The kinds and rotary bases of the layers are read from config.json, and the joint product is
    assumed to contain q, k and v in this order. The comparison of logits after the rewrite detects
    a wrong reading.
    """
    kinds = _kinds(config)
    reader = _Reader(model, int(config["num_attention_heads"]))
    reasons: list[tuple[int, NotUnderstood]] = []
    # The norm that ends the layers may not be the last norm of the graph: a head can have norms.
    for node in reversed(model.graph.node):
        if node.op_type in ("LayerNormalization", "Mul"):
            try:
                return reader.encoder(node.output[0], kinds, int(config["max_position_embeddings"]))
            except NotUnderstood as reason:
                reasons.append((reader.depth, reason))
    # Report the error of the attempt that read the most layers.
    raise max(reasons, key=lambda found: found[0])[1] if reasons else NotUnderstood("it has no norms")


def _kinds(config: dict[str, Any]) -> list[tuple[float, int | None]]:
    """Returns the rotary base of each layer, and the window of local layers to each side."""
    every = config.get("global_attn_every_n_layers", 3)
    names = config.get("layer_types") or [
        "sliding_attention" if layer % every else "full_attention"
        for layer in range(config["num_hidden_layers"])
    ]
    if len(names) != config["num_hidden_layers"] or not set(names) <= set(ROTATIONS):
        raise NotUnderstood(f"its config.json has the layer types {sorted(set(names))}")
    window = config["local_attention"] // 2
    return [
        (_theta(config, name), window if name == "sliding_attention" else None) for name in names
    ]


def _theta(config: dict[str, Any], kind: str) -> float:
    rotation = (config.get("rope_parameters") or {}).get(kind)
    if rotation is not None:
        if rotation.get("rope_type", "default") != "default":
            raise NotUnderstood(f"its rope_type is {rotation['rope_type']}, not default")
        return float(rotation["rope_theta"])
    # The keys of transformers 4 and older. If the local base is null, the global base applies.
    return float(config.get(ROTATIONS[kind]) or config["global_rope_theta"])


class _Reader(GraphReader):
    def __init__(self, model: ModelProto, heads: int) -> None:
        super().__init__(model)
        self.heads = heads
        self.depth = 0  # number of layers that the last attempt read

    def encoder(
        self, last: str, kinds: list[tuple[float, int | None]], positions: int
    ) -> ModernEncoder:
        self.depth = -1
        norm, stream = self.norm(last)
        hidden = {last, stream}
        layers: list[ModernLayer] = []
        for kind in reversed(kinds):
            layer, stream = self.layer(stream, kind)
            layers.insert(0, layer)
            self.depth = len(layers)
            hidden.add(stream)
        # The input of the first layer is still computed and read after the rewrite.
        hidden.remove(stream)
        width = layers[0].query.weight.shape[0]
        if width % self.heads or width // self.heads % 2:
            raise NotUnderstood(f"its width {width} is not that of {self.heads} heads of even size")
        pooled = self.pooled(last)
        return ModernEncoder(layers, self.heads, norm, positions, stream, hidden, pooled)

    def layer(self, stream: str, kind: tuple[float, int | None]) -> tuple[ModernLayer, str]:
        narrow, gated, between = self.residual(stream)
        wide, gate, source = self.gated(gated)
        feed_forward_norm, normalized = self.norm(source)
        if normalized != between:
            raise NotUnderstood(f"{stream} is not the end of a feed-forward block")
        output, context, entering = self.residual(between)
        query, key, value, source = self.attention(context)
        norm = None
        if source != entering:
            norm, normalized = self.norm(source)
            if normalized != entering:
                raise NotUnderstood(f"{between} is not the end of an attention block")
        layer = ModernLayer(
            norm, query, key, value, output, feed_forward_norm, wide, gate, narrow, *kind
        )
        return layer, entering

    def norm(self, name: str) -> tuple[Norm, str]:
        node = self.producer(name, "LayerNormalization", "Mul")
        if node.op_type == "Mul":
            return self.norm_in_parts(name)
        scale = self.weights(node.input[1])
        bias = self.weights(node.input[2]) if len(node.input) > 2 else np.zeros_like(scale)
        return Norm(scale, bias, float(attribute(node, "epsilon", 1e-5))), node.input[0]

    def norm_in_parts(self, name: str) -> tuple[Norm, str]:
        """Reads a layer norm as written for opsets before 17. Without a bias, it is not fused."""
        (scale,), (divided,) = self.split(self.producer(name, "Mul"))
        division = self.producer(divided, "Div")
        centered = self.producer(division.input[0], "Sub")
        root = self.producer(division.input[1], "Sqrt")
        (epsilon,), (variance,) = self.split(self.producer(root.input[0], "Add"))
        squares = self.producer(self.producer(variance, "ReduceMean").input[0], "Pow")
        mean = self.producer(centered.input[1], "ReduceMean")
        if squares.input[0] != division.input[0] or mean.input[0] != centered.input[0]:
            raise NotUnderstood(f"{name} is not a layer norm")
        return Norm(scale, np.zeros_like(scale), float(epsilon)), centered.input[0]

    def split(self, node: NodeProto) -> tuple[list[NDArray[Any]], list[str]]:
        """Returns the constant and the other tensor that a node with two inputs reads."""
        found = [(name, self.constant(name)) for name in node.input]
        constants = [value for _, value in found if value is not None]
        others = [name for name, value in found if value is None]
        if len(constants) != 1 or len(others) != 1 or constants[0].dtype != np.float32:
            raise NotUnderstood(f"{node.output[0]} is not a layer norm")
        return constants, others

    def residual(self, name: str) -> tuple[Linear, str, str]:
        """Reads residual + source W + b and returns (W, b), source and residual."""
        node = self.producer(name, "Add")
        for term, other in (node.input, reversed(node.input)):
            with contextlib.suppress(NotUnderstood):
                return *self.linear(self.terms([term])), other
        raise NotUnderstood(f"{name} is not the sum of a product and a residual")

    def gated(self, name: str) -> tuple[Linear, Linear, str]:
        """Reads gelu(half of source W + b) * other half. Returns both halves and the source."""
        node = self.producer(name, "Mul")
        for active, other in (node.input, reversed(node.input)):
            gelu = self.producers.get(active)
            if gelu is not None and gelu.op_type == "Gelu":
                if attribute(gelu, "approximate", b"none") != b"none":
                    raise NotUnderstood(f"{active} is not the exact GELU")
                product, number = self.half(gelu.input[0])
                if self.half(other)[0] != product:
                    raise NotUnderstood(f"{name} does not multiply the halves of one product")
                linear, source = self.linear(self.terms([product]))
                halves = linear.parts(2)
                return halves[number], halves[1 - number], source
        raise NotUnderstood(f"{name} is not gated by a GELU")

    def half(self, name: str) -> tuple[str, int]:
        node = self.producer(name, "Split", "Slice")
        if node.op_type == "Split":
            return node.input[0], list(node.output).index(name)
        start = self.constant(node.input[1])
        return node.input[0], 0 if start is not None and not start.any() else 1

    def attention(self, context: str) -> tuple[Linear, Linear, Linear, str]:
        product = self.producer(self.through(context, "Reshape", "Transpose"), "MatMul")
        # Some exporters replace the NaN of a fully masked row.
        weights = self.through(product.input[0], "Where")
        scores = self.producer(weights, "Softmax").input[0]
        found = self.linear_sources(product.input[1])
        if self.linear_sources(scores) != found or len(found) != 1:
            raise NotUnderstood(f"{context} is not computed from one product of q, k and v")
        linear, source = self.linear(self.terms(found))
        query, key, value = linear.parts(3)
        size = query.weight.shape[0] // self.heads
        return query.times(size**-0.5), key, value, source

    def linear_sources(self, name: str) -> set[str]:
        """Returns the outputs of the nearest linear layers from which a tensor is computed."""
        found, seen, ahead = set(), set(), [name]
        while ahead:
            name = ahead.pop()
            node = self.producers.get(name)
            if node is None or name in seen or node.op_type == "Shape":
                continue
            seen.add(name)
            if any(self.is_weighted(term) for term in self.terms([name])):
                found.add(name)
            else:
                ahead += node.input
        return found

    def is_weighted(self, name: str) -> bool:
        return self.is_product(name) and self.weights(self.producers[name].input[1]).ndim == 2
