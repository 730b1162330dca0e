"""Scores the reference pairs with sentence-transformers and compares them with the ONNX model."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnxruntime
import torch
from numpy.typing import NDArray
from sentence_transformers import CrossEncoder
from tokenizers import Encoding, Tokenizer
from torch import nn

from source import CheckFailed, NotSupported
from template import Template

MOST_TOKENS = 20_000
PAIRS = Path(__file__).with_name("pairs.json")


@dataclass(frozen=True)
class Pair:
    query: str
    passage: str
    relevant: bool | None  # None: neither, or unknown because the pair was truncated
    ids: list[int]
    logit: float  # for two labels, the difference of the second and the first logit


def pairs_of(encoder: CrossEncoder, limit: int, template: Template) -> list[Pair]:
    """Returns the pairs with their logits, truncated at words to the maximum length of the model.

    Pairs are scored one at a time, so that no logit depends on padding.
    """
    found = []
    for entry in json.loads(PAIRS.read_text(encoding="utf-8")):
        query, passage = entry["query"], entry["passage"]
        # If a pair is as long as the limit, it is unknown whether it was truncated.
        while len(ids := _ids(encoder, template.fill(query, passage))) >= limit:
            # Truncate the longer text. This can change the meaning, so the relevance becomes unknown.
            entry["relevant"] = None
            if len(query) > len(passage):
                query = _shorter(query)
            else:
                passage = _shorter(passage)
        logits = _logits(encoder, template, query, passage)
        logit = logits[1] - logits[0] if np.ndim(logits) else logits
        found.append(Pair(query, passage, entry["relevant"], ids, float(logit)))
    return found


def _ids(encoder: CrossEncoder, text: str | tuple[str, str]) -> list[int]:
    return encoder.preprocess([text])["input_ids"][0].tolist()


def _logits(encoder: CrossEncoder, template: Template, query: str, passage: str) -> NDArray[np.float32]:
    text = template.fill(query, passage)
    if isinstance(text, str):
        # predict() requires a pair, not one text.
        with torch.no_grad():
            return encoder(encoder.preprocess([text]))["scores"][0].numpy().squeeze()
    if encoder.default_prompt_name and text == (encoder.prompts[encoder.default_prompt_name] + query, passage):
        return encoder.predict([(query, passage)], activation_fn=nn.Identity())[0]
    return encoder.predict([text], prompt="", activation_fn=nn.Identity())[0]


def _shorter(text: str) -> str:
    return text.rpartition(" ")[0] or text[: len(text) // 2]


def limit_of(encoder: CrossEncoder) -> int:
    """Returns the maximum number of tokens of a pair in sentence-transformers, limited by the positions."""
    longest = min(encoder.max_seq_length or MOST_TOKENS, MOST_TOKENS)
    limit = len(_ids(encoder, ("query", "one two " * longest)))
    if limit >= MOST_TOKENS:
        raise NotSupported(
            "neither config.json (max_position_embeddings) nor tokenizer_config.json"
            " (model_max_length) specifies the maximum number of tokens"
        )
    for module in encoder.modules():
        padding, positions = getattr(module, "padding_idx", None), getattr(module, "position_embeddings", None)
        if isinstance(padding, int) and isinstance(positions, nn.Embedding):
            # In RoBERTa and similar models, positions start after the id of the padding token.
            limit = min(limit, positions.num_embeddings - padding - 1)
    return limit


def compare(
    pairs: list[Pair], directory: Path, template: Template, pad_id: int, tolerance: float
) -> float:
    """Scores the pairs with tokenizer.json and the graph only, one by one and in one batch.

    Returns:
        the largest difference of a logit
    Raises:
        CheckFailed: if token ids differ, or if a logit differs by more than the tolerance
    """
    tokenizer = Tokenizer.from_file(str(directory / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    texts = [template.fill(pair.query, pair.passage) for pair in pairs]
    encodings = [
        tokenizer.encode(text) if isinstance(text, str) else tokenizer.encode(*text) for text in texts
    ]
    for pair, encoding in zip(pairs, encodings):
        if encoding.ids != pair.ids:
            raise CheckFailed(
                f"tokenizer.json gives other tokens than transformers for the query"
                f" {pair.query!r}: {encoding.ids[:20]} instead of {pair.ids[:20]}"
            )
    expected = np.array([pair.logit for pair in pairs])
    session = _session(directory / "onnx" / "model.onnx")
    alone = np.concatenate([_run(session, [encoding], pad_id) for encoding in encodings])
    together = _run(session, encodings, pad_id)
    worst = float(max(np.abs(alone - expected).max(), np.abs(together - expected).max()))
    # Not "worst > tolerance", because NaN would pass.
    if not worst <= tolerance:
        raise CheckFailed(
            f"the graph's logits differ from those of sentence-transformers by up to {worst:.3g};"
            f" at most {tolerance:g} is accepted"
        )
    return worst


def _session(file: Path) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])


def _run(
    session: onnxruntime.InferenceSession, encodings: list[Encoding], pad_id: int
) -> NDArray[np.float64]:
    shape = len(encodings), max(len(encoding.ids) for encoding in encodings)
    feed = {
        "input_ids": np.full(shape, pad_id, dtype=np.int64),
        "attention_mask": np.zeros(shape, dtype=np.int64),
        "token_type_ids": np.zeros(shape, dtype=np.int64),
    }
    for row, encoding in enumerate(encodings):
        length = len(encoding.ids)
        feed["input_ids"][row, :length] = encoding.ids
        feed["attention_mask"][row, :length] = 1
        feed["token_type_ids"][row, :length] = encoding.type_ids
    names = [tensor.name for tensor in session.get_inputs()]
    logits = session.run(None, {name: feed[name] for name in names})[0].astype(np.float64)
    return logits[:, 1] - logits[:, 0] if logits.shape[-1] == 2 else logits.reshape(-1)
