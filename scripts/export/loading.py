"""Loads a cross-encoder with sentence-transformers, and rejects weights that are not the publisher's."""

from __future__ import annotations

import logging
import os
from pathlib import Path
from typing import Any

os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
os.environ.setdefault("TQDM_DISABLE", "1")

import torch
import transformers
from safetensors import SafetensorError, safe_open
from sentence_transformers import CrossEncoder
from torch import nn

from source import CheckFailed, NotSupported, encoder_directory, json_object

# The exporter supports attention as matrix products. Weights are converted to float32.
OPTIONS = {"attn_implementation": "eager", "dtype": torch.float32}


def load(directory: Path, as_text: bool = False) -> CrossEncoder:
    """Loads the model in float32 and checks that all weights come from the publisher's files.

    Args:
        as_text: whether to ignore a chat template of the tokenizer and score pairs as plain texts

    Raises:
        CheckFailed: if a weight is missing, has another shape than the model, or is not finite
        NotSupported: if the model does not return one or two logits
    """
    logging.getLogger("transformers").setLevel(logging.ERROR)
    logging.getLogger("sentence_transformers").setLevel(logging.ERROR)
    transformers.utils.logging.disable_progress_bar()
    for file in sorted(directory.rglob("*.safetensors")):
        try:
            with safe_open(file, framework="pt"):
                pass
        except SafetensorError as damage:
            raise CheckFailed(f"{file} is damaged: {damage}") from damage
    missing = _missing(directory)
    try:
        encoder = CrossEncoder(
            str(directory), device="cpu", local_files_only=True, model_kwargs=dict(OPTIONS)
        )
    except (RuntimeError, KeyError, AttributeError, ImportError, TypeError) as failure:
        # For the head modules, the library itself checks the names and shapes of the weights.
        raise CheckFailed(f"sentence-transformers does not load it: {failure}") from failure
    encoder.eval()
    if as_text:
        # The template is given explicitly, so the chat template of the tokenizer is ignored.
        encoder[0].modality_config.pop("message", None)
        encoder[0].input_formatter.supported_modalities = list(encoder[0].modality_config)
    _check_output(encoder)
    _check_weights(encoder, missing)
    return encoder


def _missing(directory: Path) -> list[str]:
    """Returns the missing weights of the encoder, which sentence-transformers does not report."""
    where = encoder_directory(directory)
    kind = transformers.AutoModelForSequenceClassification
    if (directory / "modules.json").is_file():
        settings = where / "sentence_bert_config.json"
        task = json_object(settings).get("transformer_task") if settings.is_file() else None
        kind = kind if task == "sequence-classification" else transformers.AutoModel
    report: dict[str, Any]
    _, report = kind.from_pretrained(
        where,
        output_loading_info=True,
        ignore_mismatched_sizes=True,
        local_files_only=True,
        **OPTIONS,
    )
    wrong = sorted(key if isinstance(key, str) else key[0] for key in report["mismatched_keys"])
    if wrong:
        raise CheckFailed(f"weights whose shape is not that of config.json: {', '.join(wrong)}")
    if report["error_msgs"]:
        raise CheckFailed(f"weights that cannot be loaded: {'; '.join(report['error_msgs'])}")
    return sorted(report["missing_keys"])


def _check_output(encoder: CrossEncoder) -> None:
    task = encoder[0].transformer_task
    if task not in ("sequence-classification", "feature-extraction"):
        raise NotSupported(f"its transformer_task is {task}: decoders are not exported")
    labels = encoder.num_labels
    if labels not in (1, 2):
        raise NotSupported(f"it has {labels} labels; models of one or two labels are supported")
    try:
        with torch.no_grad():
            features = encoder(encoder.preprocess([("a", "b")]))
    except Exception as failure:  # incompatible modules raise errors of any kind
        raise CheckFailed(f"it cannot score a pair: {failure}") from failure
    if "scores" not in features:
        raise NotSupported("its last module does not write 'scores'")


def _check_weights(encoder: CrossEncoder, missing: list[str]) -> None:
    for name, weight in encoder.named_parameters():
        if not torch.isfinite(weight).all():
            raise CheckFailed(f"the weight {name} is not finite")
    used = [key for key in missing if _is_used(encoder, encoder[0].model, key)]
    if used:
        raise CheckFailed(
            f"the weights {', '.join(used)} are not in the model's files: they would be random"
        )


def _is_used(encoder: CrossEncoder, model: nn.Module, key: str) -> bool:
    """Returns whether a weight affects the scores. The pooler of a modular BERT does not."""
    weight = dict(model.named_parameters()).get(key)
    if weight is None:
        return True
    before = weight.detach().clone()
    try:
        with torch.no_grad():
            weight.fill_(float("nan"))
            scores = encoder(encoder.preprocess([("a", "b")]))["scores"]
        return not torch.isfinite(scores).all()
    finally:
        with torch.no_grad():
            weight.copy_(before)
