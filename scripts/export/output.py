"""Writes the files next to the ONNX file: config.json, the tokenizer, probe.json and export.json."""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np

from reference import Pair
from source import NotSupported, Source, encoder_directory, json_object

IDENTITY, SIGMOID = "Identity", "Sigmoid"
TOLERANCE = 0.001
PACKAGES = ("onnxruntime", "sentence-transformers", "tokenizers", "torch", "transformers")


def activation(directory: Path) -> str:
    """Returns the activation that the model's files specify.

    The default is the same as in Solr: Sigmoid for a modular model, otherwise Identity.

    Raises:
        NotSupported: if the activation is neither Identity nor Sigmoid
    """
    settings_file = directory / "config_sentence_transformers.json"
    settings = json_object(settings_file) if settings_file.is_file() else {}
    config = json_object(encoder_directory(directory) / "config.json")
    path = _torch(settings.get("activation_fn")) or _of_config(config)
    unnamed = SIGMOID if (directory / "modules.json").is_file() else IDENTITY
    name = path.rpartition(".")[2] or unnamed
    if name not in (IDENTITY, SIGMOID):
        raise NotSupported(f"activation {path!r}; supported: {IDENTITY}, {SIGMOID}")
    return name


def _of_config(config: dict[str, Any]) -> str:
    newer = (config.get("sentence_transformers") or {}).get("activation_fn")
    return _torch(newer or config.get("sbert_ce_default_activation_function"))


def _torch(path: str | None) -> str:
    """Returns the path if it is in torch; sentence-transformers ignores other paths, too."""
    return path if path and path.startswith("torch.") else ""


def write_configs(directory: Path, target: Path, activation: str, limit: int) -> int:
    """Copies the publisher's files, and adds the length or the activation if another file specified it.

    Returns:
        the id of the padding token
    """
    source = encoder_directory(directory)
    shutil.copyfile(source / "tokenizer.json", target / "tokenizer.json")
    config = json_object(source / "config.json")
    if (_of_config(config).rpartition(".")[2] or IDENTITY) == activation:
        shutil.copyfile(source / "config.json", target / "config.json")
    else:
        section = config.setdefault("sentence_transformers", {})
        section["activation_fn"] = f"torch.nn.modules.linear.{activation}".replace(
            f"linear.{SIGMOID}", f"activation.{SIGMOID}"
        )
        _write(target / "config.json", config)
    tokenizer_file = source / "tokenizer_config.json"
    tokenizer = json_object(tokenizer_file) if tokenizer_file.is_file() else {}
    if tokenizer.get("model_max_length") == limit:
        shutil.copyfile(tokenizer_file, target / "tokenizer_config.json")
    else:
        _write(target / "tokenizer_config.json", {**tokenizer, "model_max_length": limit})
    return config.get("pad_token_id") or 0


def write_probe(file: Path, pairs: list[Pair], activation: str) -> None:
    """Writes the scores that Solr must compute, for the self-test of the loaded model."""
    scores = np.array([pair.logit for pair in pairs])
    if activation == SIGMOID:
        scores = 1 / (1 + np.exp(-scores))
    # Quantization to int8 does not explain differences of more than half a standard deviation.
    int8 = max(TOLERANCE, float(f"{scores.std() / 2:.2g}"))
    entries = [
        {"query": pair.query, "passage": pair.passage, "score": round(float(score), 6)}
        for pair, score in zip(pairs, scores)
    ]
    _write(file, {"tolerance": TOLERANCE, "int8Tolerance": int8, "pairs": entries})


def write_record(file: Path, source: Source, worst: float) -> None:
    """Writes the source of the model, the versions of the libraries, and the hashes of the files."""
    files = sorted(path for path in file.parent.rglob("*") if path.is_file())
    _write(
        file,
        {
            "source": source.name,
            "commit": source.commit,
            "largestDifference": float(f"{worst:.3g}"),
            "packages": {name: importlib.metadata.version(name) for name in PACKAGES},
            "files": [
                {
                    "path": path.relative_to(file.parent).as_posix(),
                    "size": path.stat().st_size,
                    "sha256": _sha256(path),
                }
                for path in files
            ],
        },
    )


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _write(file: Path, value: dict[str, Any]) -> None:
    file.write_text(json.dumps(value, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
