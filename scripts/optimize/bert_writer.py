"""Rewrites the layers of a BERT-like cross-encoder so that they need less CPU time.

The embeddings before the layers, and the pooler and classifier after them, are kept.
"""

from __future__ import annotations

from onnx import ModelProto

from attention import AttentionWriter
from bert_encoder import CONTRIB, Encoder, Layer


class _Writer(AttentionWriter):
    def layer(self, entering: str, layer: Layer, first_token: bool) -> str:
        if first_token:
            residual = self.first_rows(entering, self.pairs)
            attended = self.attend_from_first_token(residual, entering, layer)
        else:
            residual = entering
            attended = self.attend(
                *(self.linear(entering, part) for part in (layer.query, layer.key, layer.value))
            )
        between, _ = self.add_and_norm(attended, residual, layer.output, layer.output_norm)
        wide = self.node("Gelu", [self.linear(between, layer.intermediate)], CONTRIB)
        return self.add_and_norm(wide, between, layer.result, layer.result_norm)[0]

    def attend_from_first_token(self, first: str, entering: str, layer: Layer) -> str:
        """Computes attention of the first tokens only, without the keys and values of all tokens.

        query . (token W_k + b_k) = (query W_k^T) . token + query . b_k. The last term is equal for
        all tokens, so the softmax cancels it.
        """
        heads, size, hidden = self.heads, self.size, self.hidden
        key = layer.key.weight.T.reshape(heads, size, hidden)
        tokens = self.node("Reshape", [entering, self.by_pair])
        by_head = self.constant([-1, heads, size])
        query = self.node("Reshape", [self.linear(first, layer.query), by_head])
        query = self.node("Transpose", [query], perm=[1, 0, 2])
        query = self.node("MatMul", [query, self.constant(key)])
        query = self.node("Transpose", [query], perm=[1, 0, 2])  # [pairs, heads, hidden]
        scores = self.fused_matmul(query, tokens, transBatchB=1, transB=1)
        return self.mean_value(scores, self.pair_mask, tokens, layer.value)


def rewrite(model: ModelProto, encoder: Encoder, one_pair: bool) -> ModelProto:
    """Rewrites the model for batches with padding, or for one pair per run without padding."""
    writer = _Writer(encoder.layers[0].query.weight.shape[0], encoder.heads, one_pair)
    rows = writer.enter(encoder.embeddings)
    for number, layer in enumerate(encoder.layers):
        writer.prefix = f"layer.{number}"
        last = number == len(encoder.layers) - 1
        rows = writer.layer(rows, layer, last and encoder.pooled.first_token)
    return writer.finish(model, rows, encoder.pooled, encoder.hidden)
