"""Writes the layers of a ModernBERT anew, so that they cost less on a CPU."""

from __future__ import annotations

import numpy as np
from onnx import ModelProto

from bert_encoder import CONTRIB, Norm
from local_attention import LocalAttentionWriter
from modern_encoder import ModernEncoder, ModernLayer


class _Writer(LocalAttentionWriter):
    def __init__(self, encoder: ModernEncoder, one_pair: bool) -> None:
        super().__init__(encoder.layers[0].query.weight.shape[0], encoder.heads, one_pair)
        self.positions = encoder.positions
        self._tables: dict[float, list[str]] = {}
        if one_pair:
            self.turned = self.constant([1, -1, self.hidden])
            self.places = self.constant([0])  # counted on from there
        else:
            # The rotation takes the tokens for its batch.
            self.turned = self.by_pair
            column = self.node("Unsqueeze", [self._range(self.tokens), self.constant([1])])
            shape = self.node("Concat", [self.tokens, self.pairs], axis=0)
            self.places = self.node("Expand", [column, shape])
        for window in {layer.window for layer in encoder.layers} - {None}:
            self.prepare(window)

    def layer(self, entering: str, stream: str, layer: ModernLayer, first: bool) -> list[str]:
        """Returns what the last product of the layer reads, and what it is added to."""
        if first:
            attended = self.attend_from_first_token(entering, layer)
            stream = self.first_rows(stream, self.pairs)
        else:
            query, key = (
                self.rotate(self.linear(entering, part), layer.theta, self.places)
                for part in (layer.query, layer.key)
            )
            attend = self.attend if layer.window is None else self.attend_locally
            attended = attend(query, key, self.linear(entering, layer.value))
        between, stream = self.add_and_norm(attended, stream, layer.output, layer.feed_forward_norm)
        active = self.node("Gelu", [self.linear(between, layer.wide)], CONTRIB)
        return [self.node("Mul", [active, self.linear(between, layer.gate)]), stream]

    def attend_from_first_token(self, entering: str, layer: ModernLayer) -> str:
        """One query a pair, and its position 0 is not rotated; the values are not needed."""
        tokens, mask, places = entering, self.pair_mask, self.places
        if layer.window is not None:
            tokens, mask = self.near_first(entering)
            if not self.one_pair:
                start, end = self.constant([0]), self.constant([self.window + 1])
                places = self.node("Slice", [places, start, end, start])
        query = self.linear(self.first_rows(entering, self.pairs), layer.query)
        query = self.node("Reshape", [query, self.constant([1, -1, self.size])])
        key = self.rotate(self.linear(tokens, layer.key), layer.theta, places)
        key = self.node("Reshape", [key, self.by_head])
        # [pairs * heads, 1, tokens]
        scores = self.fused_matmul(query, key, transBatchA=1, transBatchB=1, transB=1)
        by_pair = self.node(
            "Concat", [self.pairs, self.constant([self.heads, -1])], axis=0
        )
        scores = self.node("Reshape", [scores, by_pair])
        tokens = self.node("Reshape", [tokens, self.by_pair])
        return self.mean_value(scores, mask, tokens, layer.value)

    def rotate(self, rows: str, theta: float, places: str) -> str:
        if theta not in self._tables:
            steps = theta ** (-np.arange(0, self.size, 2) / self.size)
            angles = np.arange(self.positions)[:, None] * steps
            self._tables[theta] = [self.constant(np.cos(angles)), self.constant(np.sin(angles))]
        inputs = [self.node("Reshape", [rows, self.turned]), places, *self._tables[theta]]
        return self.node("Reshape", [self.node("RotaryEmbedding", inputs, CONTRIB), self.rows])

    def norm(self, rows: str, norm: Norm) -> str:
        weights = map(self.constant, (norm.scale, norm.bias))
        return self.node("LayerNormalization", [rows, *weights], epsilon=norm.epsilon)


def rewrite_modern(model: ModelProto, encoder: ModernEncoder, one_pair: bool) -> ModelProto:
    """Writes it for batches with padding, or for one pair a run without."""
    writer = _Writer(encoder, one_pair)
    entering = stream = writer.enter(encoder.embeddings)
    if encoder.layers[0].norm:
        entering = writer.norm(stream, encoder.layers[0].norm)
    norms = [layer.norm for layer in encoder.layers[1:]] + [encoder.norm]
    for number, (layer, norm) in enumerate(zip(encoder.layers, norms)):
        writer.prefix = f"layer.{number}"
        first = norm is encoder.norm and encoder.pooled.first_token
        gated, stream = writer.layer(entering, stream, layer, first)
        entering, stream = writer.add_and_norm(gated, stream, layer.narrow, norm)
    return writer.finish(model, entering, encoder.pooled, encoder.hidden)
