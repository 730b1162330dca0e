"""Puts the head of a modular cross-encoder (modules.json) behind the graph of its encoder."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from onnx import ModelProto, TensorProto, helper
from safetensors.numpy import load_file

from bert_encoder import CONTRIB, MASK, Linear, NotUnderstood
from graph_writer import GraphWriter, appended

STATES = ("last_hidden_state", "token_embeddings")
SENTENCE, SCORES, LOGITS = "sentence_embedding", "scores", "logits"
# What each folder's config.json may say, and what that means if it does not.
KEYS: dict[str, dict[str, Any]] = {
    "Pooling": {
        "pooling_mode": None,
        "embedding_dimension": None,
        "word_embedding_dimension": None,
        "include_prompt": True,
    },
    "Dense": {
        "in_features": None,
        "out_features": None,
        "bias": True,
        "activation_function": "torch.nn.modules.activation.Tanh",
        "module_input_name": SENTENCE,
        "module_output_name": None,
        "use_residual": False,
    },
    "LayerNorm": {"dimension": None},
    "Normalize": {},
    "Dropout": {"dropout": 0.0},
}
OLD_POOLING = "pooling_mode_"
OLD_NAMES = {"cls_token": "cls", "mean_tokens": "mean"}


def is_modular(directory: Path, model: ModelProto) -> bool:
    """Whether the model's score is computed by modules beside the graph."""
    outputs = {output.name for output in model.graph.output}
    return (directory / "modules.json").is_file() and LOGITS not in outputs


def with_head(model: ModelProto, directory: Path) -> ModelProto:
    """The model with its modules as nodes: an output of logits instead of states.

    Raises NotUnderstood for whatever is not known exactly: a module that is left out gives
    plausible numbers.
    """
    file = directory / "modules.json"
    entries = json.loads(file.read_text(encoding="utf-8"))
    states = next((tensor.name for tensor in model.graph.output if tensor.name in STATES), None)
    if states is None:
        raise NotUnderstood(f"its graph has no output {' or '.join(STATES)}")
    if not entries or _kind(file, entries[0]) != "Transformer":
        raise NotUnderstood(f"{file} does not begin with a Transformer")
    head = _Head(states)
    for entry in entries[1:]:
        kind = _kind(file, entry)
        if kind not in KEYS:
            raise NotUnderstood(f"{file} has a module of the type {entry['type']}")
        folder = (directory / entry["path"]).resolve()
        if not folder.is_relative_to(directory.resolve()):
            raise NotUnderstood(f"{file} has the path {entry['path']}")
        head.append(kind, folder)
    if SCORES not in head.found:
        raise NotUnderstood(f"{file} has no module whose output is {SCORES}")
    return appended(model, head, head.found[SCORES], LOGITS, head.width)


def _kind(file: Path, entry: dict[str, Any]) -> str:
    if not str(entry.get("type")).startswith("sentence_transformers.") or "path" not in entry:
        raise NotUnderstood(f"{file} has a module of the type {entry.get('type')}")
    return str(entry["type"]).rsplit(".", 1)[1]


class _Head(GraphWriter):
    def __init__(self, states: str) -> None:
        super().__init__()
        self.prefix = "head"
        self.states = states
        self.found: dict[str, str] = {}  # what has been computed so far, by its name
        self.width = 0

    def append(self, kind: str, folder: Path) -> None:
        file = folder / "config.json"
        if not file.is_file() and KEYS[kind]:
            raise NotUnderstood(f"{file} is missing")
        given = json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
        if kind == "Pooling":
            given = _renamed(given)
        unknown = set(given) - set(KEYS[kind])
        if unknown:
            raise NotUnderstood(f"{file} has {', '.join(sorted(unknown))}")
        settings = KEYS[kind] | given
        if kind == "Pooling":
            self.found[SENTENCE] = self._pooled(file, settings["pooling_mode"])
        elif kind == "Dense":
            self._dense(file, settings)
        elif kind == "LayerNorm":
            weights = _weights(folder, "norm.weight", "norm.bias")
            inputs = [self._taken(file, SENTENCE), *map(self.constant, weights)]
            self.found[SENTENCE] = self.node("LayerNormalization", inputs, epsilon=1e-5)
        elif kind == "Normalize":
            self.found[SENTENCE] = self._normalised(self._taken(file, SENTENCE))

    def _taken(self, file: Path, name: str) -> str:
        if name not in self.found:
            raise NotUnderstood(f"{file} reads {name}, which no module before it gives")
        return self.found[name]

    def _pooled(self, file: Path, mode: Any) -> str:
        mode = mode[0] if isinstance(mode, list) and len(mode) == 1 else mode
        if mode == "cls":
            return self.node("Gather", [self.states, self.constant(np.array(0))], axis=1)
        if mode != "mean":
            raise NotUnderstood(f"{file} has the pooling mode {mode}")
        mask = self.node("Cast", [MASK], to=TensorProto.FLOAT)
        counted = self.node("Unsqueeze", [mask, self.constant([2])])
        states = self.node("Mul", [self.states, counted])
        total = self.node("ReduceSum", [states, self.constant([1])], keepdims=0)
        tokens = self.node("ReduceSum", [mask, self.constant([1])], keepdims=1)
        return self.node("Div", [total, tokens])

    def _dense(self, file: Path, settings: dict[str, Any]) -> None:
        if settings["use_residual"]:
            raise NotUnderstood(f"{file} has use_residual")
        source = settings["module_input_name"]
        names = ["linear.weight", "linear.bias"] if settings["bias"] else ["linear.weight"]
        weight, *bias = _weights(file.parent, *names)
        self.width = weight.shape[0]
        linear = Linear(weight.T, bias[0] if bias else np.zeros(self.width, np.float32))
        result = self._active(
            file, self.linear(self._taken(file, source), linear), settings["activation_function"]
        )
        self.found[settings["module_output_name"] or source] = result

    def _active(self, file: Path, source: str, function: str) -> str:
        name = function.rsplit(".", 1)[1] if function.startswith("torch.nn.") else function
        if name == "Identity":
            return source
        if name == "GELU":
            return self.node("Gelu", [source], CONTRIB)
        if name == "SiLU":
            return self.node("Mul", [source, self.node("Sigmoid", [source])])
        known = {"Tanh": "Tanh", "ReLU": "Relu", "Sigmoid": "Sigmoid"}
        if name not in known:
            raise NotUnderstood(f"{file} has the activation {function}")
        return self.node(known[name], [source])

    def _normalised(self, source: str) -> str:
        squares = self.node("Mul", [source, source])
        length = self.node("Sqrt", [self.node("ReduceSum", [squares, self.constant([1])])])
        return self.node("Div", [source, self.node("Max", [length, self.constant(1e-12)])])


def _renamed(given: dict[str, Any]) -> dict[str, Any]:
    """Older files have a flag for each mode; none set means mean."""
    flags = {key: value for key, value in given.items() if key.startswith(OLD_POOLING)}
    others = {key: value for key, value in given.items() if key not in flags}
    if flags and "pooling_mode" not in given:
        names = [key.removeprefix(OLD_POOLING) for key, value in flags.items() if value is True]
        others["pooling_mode"] = [OLD_NAMES.get(name, name) for name in names] or "mean"
    return others


def _weights(folder: Path, *names: str) -> list[NDArray[np.float32]]:
    file = folder / "model.safetensors"
    if not file.is_file():
        raise NotUnderstood(f"{file} is missing")
    tensors = load_file(file)
    if set(tensors) != set(names):
        raise NotUnderstood(f"{file} has {', '.join(sorted(tensors))}, not {', '.join(names)}")
    found = [tensors[name].astype(np.float32) for name in names]
    if not all(np.isfinite(tensor).all() for tensor in found):
        raise NotUnderstood(f"{file} has numbers that are not finite")
    return found
