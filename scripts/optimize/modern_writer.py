"""Rewrites the layers of a ModernBERT so that they need less CPU time."""

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
            self.rotary_shape = self.constant([1, -1, self.hidden])
            self.position_ids = self.constant([0])  # RotaryEmbedding counts on from this position
        else:
            # Rows begin with the tokens, so RotaryEmbedding gets them as its batch dimension.
            self.rotary_shape = self.by_pair
            column = self.node("Unsqueeze", [self._range(self.tokens), self.constant([1])])
            shape = self.node("Concat", [self.tokens, self.pairs], axis=0)
            self.position_ids = self.node("Expand", [column, shape])
        for window in {layer.window for layer in encoder.layers} - {None}:
            self.prepare(window)

    def layer(self, entering: str, stream: str, layer: ModernLayer, first: bool) -> list[str]:
        """Returns the input of the last product of the layer, and the residual to add."""
        if first:
            attended = self.attend_from_first_token(entering, layer)
            stream = self.first_rows(stream, self.pairs)
        else:
            query, key = (
                self.rotate(self.linear(entering, part), layer.theta, self.position_ids)
                for part in (layer.query, layer.key)
            )
            attend = self.attend if layer.window is None else self.attend_locally
            attended = attend(query, key, self.linear(entering, layer.value))
        between, stream = self.add_and_norm(attended, stream, layer.output, layer.feed_forward_norm)
        active = self.node("Gelu", [self.linear(between, layer.wide)], CONTRIB)
        return [self.node("Mul", [active, self.linear(between, layer.gate)]), stream]

    def attend_from_first_token(self, entering: str, layer: ModernLayer) -> str:
        """Computes attention of the first tokens only, without the values of all tokens.

        The queries have position 0, so they are not rotated.
        """
        tokens, mask, position_ids = entering, self.pair_mask, self.position_ids
        if layer.window is not None:
            tokens, mask = self.near_first(entering)
            if not self.one_pair:
                start, end = self.constant([0]), self.constant([self.window + 1])
                position_ids = self.node("Slice", [position_ids, start, end, start])
        query = self.linear(self.first_rows(entering, self.pairs), layer.query)
        query = self.node("Reshape", [query, self.constant([1, -1, self.size])])
        key = self.rotate(self.linear(tokens, layer.key), layer.theta, position_ids)
        key = self.node("Reshape", [key, self.by_head])
        # [pairs * heads, 1, tokens]
        scores = self.fused_matmul(query, key, transBatchA=1, transBatchB=1, transB=1)
        by_pair = self.node(
            "Concat", [self.pairs, self.constant([self.heads, -1])], axis=0
        )
        scores = self.node("Reshape", [scores, by_pair])
        tokens = self.node("Reshape", [tokens, self.by_pair])
        return self.mean_value(scores, mask, tokens, layer.value)

    def rotate(self, rows: str, theta: float, position_ids: str) -> str:
        if theta not in self._tables:
            steps = theta ** (-np.arange(0, self.size, 2) / self.size)
            angles = np.arange(self.positions)[:, None] * steps
            self._tables[theta] = [self.constant(np.cos(angles)), self.constant(np.sin(angles))]
        inputs = [
            self.node("Reshape", [rows, self.rotary_shape]),
            position_ids,
            *self._tables[theta],
        ]
        return self.node("Reshape", [self.node("RotaryEmbedding", inputs, CONTRIB), self.rows])

    def norm(self, rows: str, norm: Norm) -> str:
        weights = map(self.constant, (norm.scale, norm.bias))
        return self.node("LayerNormalization", [rows, *weights], epsilon=norm.epsilon)


def rewrite_modern(model: ModelProto, encoder: ModernEncoder, one_pair: bool) -> ModelProto:
    """Rewrites the model for batches with padding, or for one pair per run without padding."""
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
