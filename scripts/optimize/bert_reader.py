"""Finds the weights of each layer of a BERT-like cross-encoder in its fused graph."""

from __future__ import annotations

from onnx import ModelProto, NodeProto

from bert_encoder import Encoder, Layer, Linear, Norm, NotUnderstood
from graph_reader import GraphReader, attribute


def read_encoder(model: ModelProto, heads: int, layers: int) -> Encoder:
    """Reads the layers from the classifier back to the embeddings.

    The reader checks which weights are multiplied with which tensors, but not every transposition
    between them. The comparison of logits after the rewrite detects a wrong reading.
    """
    reader = _Reader(model)
    reasons: list[tuple[int, NotUnderstood]] = []
    # The norm that ends the last layer may not be the last norm of the graph: a head can have norms.
    for node in reversed(model.graph.node):
        if reader.is_norm(node.output[0]):
            try:
                return reader.encoder(node.output[0], heads, layers)
            except NotUnderstood as reason:
                reasons.append((reader.depth, reason))
    # Report the error of the attempt that read the most layers.
    raise max(reasons, key=lambda found: found[0])[1] if reasons else NotUnderstood("it has no norms")


class _Reader(GraphReader):
    def encoder(self, last: str, heads: int, layers: int) -> Encoder:
        current, hidden, self.depth = last, set(), 0
        read: list[Layer] = []
        for _ in range(layers):
            hidden.add(current)
            layer, current = self.layer(current)
            read.insert(0, layer)
            self.depth = len(read)
        if read[0].query.weight.shape[0] % heads:
            raise NotUnderstood(f"its width is not a multiple of its {heads} heads")
        return Encoder(read, heads, current, hidden, self.pooled(last))

    def layer(self, name: str) -> tuple[Layer, str]:
        result, between, result_norm, wide = self.residual_block(name)
        intermediate, source = self.before_gelu(wide)
        if source != between:
            raise NotUnderstood(f"{name} is not the end of a feed-forward block")
        output, entering, output_norm, context = self.residual_block(between)
        query, key, value = self.attention(context, entering)
        layer = Layer(query, key, value, output, output_norm, intermediate, result, result_norm)
        return layer, entering

    def residual_block(self, name: str) -> tuple[Linear, str, Norm, str]:
        """Reads norm(residual + source W + b) and returns (W, b), residual, norm and source."""
        if not self.is_norm(name):
            raise NotUnderstood(f"{name} is not the end of a layer")
        node = self.producers[name]
        skip = node.op_type == "SkipLayerNormalization"
        scale, bias = map(self.weights, node.input[2:4] if skip else node.input[1:3])
        terms = self.terms([*node.input[:2], *node.input[4:]] if skip else node.input[:1])
        products = [term for term in terms if self.is_product(term)]
        constants = [term for term in terms if self.constant(term) is not None]
        others = [term for term in terms if term not in products + constants]
        if len(products) != 1 or len(others) != 1:
            raise NotUnderstood(f"{name} is not the norm of one product and one residual")
        linear, source = self.linear(products + constants)
        return linear, others[0], Norm(scale, bias, float(attribute(node, "epsilon", 1e-5))), source

    def before_gelu(self, name: str) -> tuple[Linear, str]:
        node = self.producer(name, "BiasGelu", "Gelu")
        if attribute(node, "approximate", b"none") != b"none":
            raise NotUnderstood(f"{name} is not the exact GELU")
        return self.linear(self.terms(node.input))

    def attention(self, context: str, entering: str) -> list[Linear]:
        product = self.producer(self.through(context, "Reshape", "Transpose"), "MatMul")
        # Some exporters replace the NaN of a fully masked row.
        weights = self.through(product.input[0], "Where")
        scores, factor = self.scores(self.producer(weights, "Softmax").input[0])
        query, key = (self.head(name, entering) for name in scores.input)
        return [query.times(factor), key, self.head(product.input[1], entering)]

    def scores(self, name: str) -> tuple[NodeProto, float]:
        """Finds the product of queries and keys before scaling and masking, and the scale."""
        node = self.producer(name, "MatMul", "Mul", "Div", "Add", "Where")
        if node.op_type == "MatMul":
            return node, 1.0
        rest, factor = self.scaling(node)
        if factor is not None:
            product, inner = self.scores(rest)
            return product, inner * factor
        for candidate in node.input:
            try:
                return self.scores(candidate)
            except NotUnderstood:
                continue
        raise NotUnderstood(f"{name} is not a product of queries and keys")

    def head(self, name: str, entering: str) -> Linear:
        factor = 1.0
        node = self.producer(name, "Reshape", "Transpose", "Mul", "Div", "Add", "MatMul")
        while node.op_type not in ("Add", "MatMul"):
            name, scale = self.scaling(node)
            factor *= 1.0 if scale is None else scale
            node = self.producer(name, "Reshape", "Transpose", "Mul", "Div", "Add", "MatMul")
        linear, source = self.linear(self.terms([node.output[0]]))
        if source != entering:
            raise NotUnderstood(f"{name} is not computed from the input of its layer")
        return linear.times(factor)

    def scaling(self, node: NodeProto) -> tuple[str, float | None]:
        """Returns the input that a node scales, and the factor; None if the node does not scale."""
        if node.op_type in ("Mul", "Div"):
            for name, other in (node.input, reversed(node.input)):
                value = self.constant(other)
                if value is not None and value.size == 1:
                    factor = float(value.item())
                    return name, factor if node.op_type == "Mul" else 1 / factor
            raise NotUnderstood(f"{node.output[0]} has a scale that is not a constant")
        return node.input[0], None
