"""Locates the publisher's files of a model and rejects unsupported models."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

# ONNX files and weights of other frameworks are not used here.
NOT_NEEDED = ("*.onnx", "*.onnx_data", "onnx/*", "openvino/*", "*.h5", "*.msgpack", "*.ot", "*.gguf")
MODULES = ("Transformer", "Pooling", "Dense", "LayerNorm", "Normalize", "Dropout")
DENSE_KEYS = {
    "in_features", "out_features", "bias", "activation_function", "module_input_name",
    "module_output_name", "use_residual",
}  # fmt: skip


class NotSupported(Exception):
    """The model is not supported, or its files contradict each other."""


class CheckFailed(Exception):
    """The exported ONNX model does not return the scores of the model."""


@dataclass(frozen=True)
class Source:
    name: str
    directory: Path
    commit: str | None  # of the repository; None for a directory


def locate(name: str, revision: str | None) -> Source:
    """Downloads the files of a repository, or uses the directory of this name if it exists."""
    if Path(name).is_dir():
        return Source(name, Path(name).resolve(), None)
    from huggingface_hub import HfApi, snapshot_download
    from huggingface_hub.errors import HfHubHTTPError, LocalEntryNotFoundError

    try:
        info = HfApi().model_info(name, revision=revision)
        files = {entry.rfilename for entry in info.siblings or ()}
        safe = any(file.endswith(".safetensors") for file in files)
        directory = snapshot_download(
            name,
            revision=info.sha,
            ignore_patterns=[*NOT_NEEDED, *(("*.bin",) if safe else ())],
        )
    except (HfHubHTTPError, LocalEntryNotFoundError) as failure:
        raise OSError(f"{name} cannot be fetched from the Hub: {failure}") from failure
    return Source(name, Path(directory), info.sha)


def check_files(directory: Path) -> None:
    """Rejects models that sentence-transformers would load with a random or a different head.

    Raises:
        FileNotFoundError: if a file is missing
        NotSupported: if the model is not a cross-encoder, or has unknown modules
    """
    source = encoder_directory(directory)
    config = json_object(source / "config.json")
    if not (source / "tokenizer.json").is_file():
        raise FileNotFoundError(
            f"{source / 'tokenizer.json'} is missing; the export requires this file"
        )
    if "auto_map" in config:
        raise NotSupported("config.json names code of its own (auto_map), which is not run here")
    if modules_of(directory):
        _check_modules(directory)


def encoder_directory(directory: Path) -> Path:
    """Returns the directory of config.json and tokenizer.json.

    It is the root of the model, except in some older modular models.
    """
    modules = modules_of(directory)
    return directory / modules[0]["path"] if modules else directory


def modules_of(directory: Path) -> list[dict[str, str]]:
    """Returns the entries of modules.json, or an empty list if there is no such file."""
    file = directory / "modules.json"
    if not file.is_file():
        return []
    modules = _json(file)
    keys = ("name", "path", "type")
    if (
        not isinstance(modules, list)
        or not modules
        or not all(isinstance(entry, dict) for entry in modules)
        or not all(isinstance(entry.get(key), str) for entry in modules for key in keys)
    ):
        raise ValueError(f"{file} is not a list of modules with {', '.join(keys)}")
    for entry in modules:
        if ".." in Path(entry["path"]).parts or Path(entry["path"]).is_absolute():
            raise ValueError(f"{file}: the path {entry['path']!r} is outside of the model directory")
    return modules


def _check_modules(directory: Path) -> None:
    settings_file = directory / "config_sentence_transformers.json"
    if not settings_file.is_file():
        raise FileNotFoundError(
            f"{settings_file} is missing beside modules.json: without it sentence-transformers"
            " replaces the head by a random one"
        )
    kind = json_object(settings_file).get("model_type")
    if kind != "CrossEncoder":
        raise NotSupported(
            f"config_sentence_transformers.json has the model_type {kind or 'SentenceTransformer'},"
            " not CrossEncoder"
        )
    entries = modules_of(directory)
    names = [entry["name"] for entry in entries]
    if len(set(names)) != len(names):
        raise NotSupported(f"modules.json uses a name twice: {names}")
    for place, entry in enumerate(entries):
        package, _, kind = entry["type"].rpartition(".")
        known = package.split(".")[0] == "sentence_transformers" and kind in MODULES
        if not known or (kind == "Transformer") != (place == 0):
            raise NotSupported(
                f"modules.json has {entry['type']} in place {place};"
                f" supported: a Transformer, then {', '.join(MODULES[1:])}"
            )
        if kind == "Dense":
            _check_dense(directory / entry["path"] / "config.json")


def _check_dense(file: Path) -> None:
    """Rejects settings that sentence-transformers would replace with only a warning."""
    config = json_object(file)
    activation = config.get("activation_function", "torch.nn.modules.activation.Tanh")
    if not activation.startswith("torch.nn."):
        raise NotSupported(f"{file}: activation_function {activation} is not one of torch.nn")
    unknown = sorted(set(config) - DENSE_KEYS)
    if unknown:
        raise NotSupported(f"{file}: unknown keys {unknown}")


def json_object(file: Path) -> dict[str, Any]:
    if not file.is_file():
        raise FileNotFoundError(f"{file} is missing")
    value = _json(file)
    if not isinstance(value, dict):
        raise ValueError(f"{file} is not a JSON object")
    return value


def _json(file: Path) -> Any:
    try:
        return json.loads(file.read_text(encoding="utf-8"))
    except ValueError as reason:
        raise ValueError(f"{file} is not JSON: {reason}") from reason
