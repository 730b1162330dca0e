"""Loads the model that training starts from.

SPDX-License-Identifier: Apache-2.0
"""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path

import transformers
from sentence_transformers import CrossEncoder
from torch import nn

FAMILIES = ("bert", "roberta", "xlm-roberta", "deberta-v2", "modernbert", "distilbert", "electra")
TOKENIZER = (
    "tokenizer.json", "tokenizer_config.json", "special_tokens_map.json", "vocab.txt", "vocab.json", "merges.txt",
    "sentencepiece.bpe.model", "spm.model", "added_tokens.json",
)


class NotSupported(ValueError):
    """The directory does not contain a model that these scripts can train."""


@dataclass(frozen=True)
class Base:
    encoder: CrossEncoder
    has_head: bool  # whether the weights include a trained classification head


def load(directory: Path, scratch: Path, max_length: int | None) -> Base:
    """Loads PyTorch weights. An encoder without a classification head, such as an embedding model, gets a new one."""
    config = directory / "config.json"
    if not config.is_file():
        raise NotSupported(f"{directory} has no config.json")
    weights = [*directory.glob("model*.safetensors"), *directory.glob("pytorch_model*.bin")]
    if not weights:
        raise NotSupported(f"{directory} has no PyTorch weights (model.safetensors): an ONNX model cannot be trained")
    settings = json.loads(config.read_text(encoding="utf-8"))
    family = settings.get("model_type")
    if family not in FAMILIES:
        raise NotSupported(f"unsupported model_type {family!r}; supported: {', '.join(FAMILIES)}")
    labels = len(settings.get("id2label") or {}) or 1
    classifies = any("ForSequenceClassification" in name for name in settings.get("architectures") or [])
    if classifies and labels != 1:
        raise NotSupported(f"the model has {labels} labels; only models with one label can be trained")
    if not classifies and _is_modular_cross_encoder(directory):
        raise NotSupported("a modular cross-encoder (modules.json) is not supported, because its head is not a head of transformers")
    copy = _encoder_copy(directory, weights, scratch)
    # Suppresses the warning "Some weights were newly initialized": a new head is intended, and stages.run reports it.
    transformers.logging.set_verbosity_error()
    encoder = CrossEncoder(str(copy), num_labels=1, max_length=max_length, device="cpu", activation_fn=nn.Identity())
    return Base(encoder, classifies)


def _is_modular_cross_encoder(directory: Path) -> bool:
    file = directory / "config_sentence_transformers.json"
    return file.is_file() and json.loads(file.read_text(encoding="utf-8")).get("model_type") == "CrossEncoder"


def _encoder_copy(directory: Path, weights: list[Path], scratch: Path) -> Path:
    """Links the encoder's files only, so that sentence-transformers does not add the pooling and normalization of an embedding model."""
    target = scratch / "base"
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    files = [*weights, *directory.glob("*.safetensors.index.json"), *(directory / name for name in ("config.json", *TOKENIZER))]
    for file in files:
        if file.is_file():
            (target / file.name).symlink_to(file.resolve())
    return target
