"""Appends the head of a modular cross-encoder (modules.json) to the graph of its encoder."""

from __future__ import annotations

import hashlib
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
# Supported keys of the config.json of each module, with their default values.
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
    "Normalize": {"module_input_name": SENTENCE, "module_output_name": None},
    "Dropout": {"dropout": 0.0},
}
# Names of the pooling modes in older files, in the order in which their vectors are concatenated.
OLD_POOLING = "pooling_mode_"
OLD_NAMES = {
    "cls_token": "cls",
    "max_tokens": "max",
    "mean_tokens": "mean",
    "mean_sqrt_len_tokens": "mean_sqrt_len_tokens",
    "weightedmean_tokens": "weightedmean",
    "lasttoken": "lasttoken",
}
MODULES = "modules_sha256"  # metadata key: hash of the modules that a graph contains


def is_modular(directory: Path, model: ModelProto) -> bool:
    """Returns whether modules outside the graph compute the score of the model."""
    outputs = {output.name for output in model.graph.output}
    return (directory / "modules.json").is_file() and LOGITS not in outputs


def with_head(model: ModelProto, directory: Path) -> ModelProto:
    """Returns the model with its modules as nodes, and with an output of logits instead of states.

    Raises NotUnderstood for everything that is not supported exactly, because a graph without one
    of its modules would return plausible but wrong logits.
    """
    file = directory / "modules.json"
    entries = json.loads(file.read_text(encoding="utf-8"))
    states = next((tensor.name for tensor in model.graph.output if tensor.name in STATES), None)
    if states is None:
        raise NotUnderstood(f"its graph has no output {' or '.join(STATES)}")
    if not entries or _kind(file, entries[0]) != "Transformer":
        raise NotUnderstood(f"{file} does not begin with a Transformer")
    head = _Head(states, model)
    digest = hashlib.sha256(file.read_bytes())
    for entry in entries[1:]:
        kind = _kind(file, entry)
        if kind not in KEYS:
            raise NotUnderstood(f"{file} has a module of the unsupported type {entry['type']}")
        folder = (directory / entry["path"]).resolve()
        if not folder.is_relative_to(directory.resolve()):
            raise NotUnderstood(f"{file} has the path {entry['path']} outside of its directory")
        head.append(kind, folder)
        for part in ("config.json", "model.safetensors"):
            if (folder / part).is_file():
                digest.update((folder / part).read_bytes())
    if SCORES not in head.found:
        raise NotUnderstood(f"{file} has no module whose output is {SCORES}")
    result = appended(model, head, head.found[SCORES], LOGITS, head.width)
    helper.set_model_props(result, {MODULES: digest.hexdigest()})
    return result


def _kind(file: Path, entry: dict[str, Any]) -> str:
    if not str(entry.get("type")).startswith("sentence_transformers.") or "path" not in entry:
        raise NotUnderstood(f"{file} has a module of the unsupported type {entry.get('type')}")
    return str(entry["type"]).rsplit(".", 1)[1]


class _Head(GraphWriter):
    def __init__(self, states: str, model: ModelProto) -> None:
        super().__init__()
        self.opset = max(item.version for item in model.opset_import if item.domain == "")
        self.prefix = "head"
        self.states = states
        self.found: dict[str, str] = {}  # tensors computed so far, by their module output names
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
            raise NotUnderstood(f"{file} has the unknown keys {', '.join(sorted(unknown))}")
        settings = KEYS[kind] | given
        if kind == "Pooling":
            self.found[SENTENCE] = self._pooled(file, settings["pooling_mode"])
        elif kind == "Dense":
            self._dense(file, settings)
        elif kind == "LayerNorm":
            weights = _weights(folder, "norm.weight", "norm.bias")
            inputs = [self._taken(file, SENTENCE), *map(self.constant, weights.values())]
            self.found[SENTENCE] = self.node("LayerNormalization", inputs, epsilon=1e-5)
        elif kind == "Normalize":
            source = settings["module_input_name"]
            result = self._normalized(self._taken(file, source))
            self.found[settings["module_output_name"] or source] = result

    def _taken(self, file: Path, name: str) -> str:
        if name not in self.found:
            raise NotUnderstood(f"{file} reads {name}, which no previous module writes")
        return self.found[name]

    def _pooled(self, file: Path, modes: Any) -> str:
        modes = modes if isinstance(modes, list) else [modes]
        vectors = [self._vector(file, mode) for mode in modes]
        return vectors[0] if len(vectors) == 1 else self.node("Concat", vectors, axis=1)

    def _vector(self, file: Path, mode: str) -> str:
        if mode == "cls":
            return self.node("Gather", [self.states, self.constant(np.array(0))], axis=1)
        mask = self.node("Cast", [MASK], to=TensorProto.FLOAT)
        if mode == "max":
            padding = self.node("Sub", [mask, self.constant(1.0)])
            padding = self._column(self.node("Mul", [padding, self.constant(1e9)]))
            return self._largest(self.node("Add", [self.states, padding]))
        number = self._sum(mask, keepdims=1)
        place = self.node("Mul", [self.node("CumSum", [mask, self.constant(np.array(1))]), mask])
        if mode == "mean":
            return self.node("Div", [self._weighted(mask), number])
        if mode == "mean_sqrt_len_tokens":
            return self.node("Div", [self._weighted(mask), self.node("Sqrt", [number])])
        if mode == "weightedmean":
            return self.node("Div", [self._weighted(place), self._sum(place, keepdims=1)])
        if mode == "lasttoken":
            last = self.node("Equal", [place, number])
            return self._weighted(self.node("Cast", [last], to=TensorProto.FLOAT))
        raise NotUnderstood(f"{file} has the unsupported pooling mode {mode}")

    def _weighted(self, weights: str) -> str:
        return self._sum(self.node("Mul", [self.states, self._column(weights)]), keepdims=0)

    def _column(self, numbers: str) -> str:
        return self.node("Unsqueeze", [numbers, self.constant([2])])

    def _sum(self, numbers: str, keepdims: int) -> str:
        return self.node("ReduceSum", [numbers, self.constant([1])], keepdims=keepdims)

    def _largest(self, states: str) -> str:
        if self.opset < 18:
            return self.node("ReduceMax", [states], axes=[1], keepdims=0)
        return self.node("ReduceMax", [states, self.constant([1])], keepdims=0)

    def _dense(self, file: Path, settings: dict[str, Any]) -> None:
        source = settings["module_input_name"]
        taken = self._taken(file, source)
        inside, self.width = settings["in_features"], settings["out_features"]
        names = ["linear.weight", *(["linear.bias"] if settings["bias"] else [])]
        projected = settings["use_residual"] and inside != self.width
        weights = _weights(file.parent, *names, *(["residual.weight"] if projected else []))
        bias = weights["linear.bias"] if settings["bias"] else np.zeros(self.width, np.float32)
        product = self.linear(taken, Linear(weights["linear.weight"].T, bias))
        result = self._active(file, product, settings["activation_function"])
        if settings["use_residual"]:
            if projected:
                factors = self.constant(weights["residual.weight"].T)
                taken = self.node("MatMul", [taken, factors])
            result = self.node("Add", [result, taken])
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
            raise NotUnderstood(f"{file} has the unsupported activation {function}")
        return self.node(known[name], [source])

    def _normalized(self, source: str) -> str:
        squares = self.node("Mul", [source, source])
        length = self.node("Sqrt", [self.node("ReduceSum", [squares, self.constant([1])])])
        return self.node("Div", [source, self.node("Max", [length, self.constant(1e-12)])])


def _renamed(given: dict[str, Any]) -> dict[str, Any]:
    """Converts the flags of older files, one per pooling mode; without a flag, the mode is mean."""
    flags = {key.removeprefix(OLD_POOLING) for key in given if key.startswith(OLD_POOLING)}
    if not flags <= set(OLD_NAMES):
        return given
    named = {key: value for key, value in given.items() if not key.startswith(OLD_POOLING)}
    modes = [mode for flag, mode in OLD_NAMES.items() if given.get(OLD_POOLING + flag) is True]
    return {"pooling_mode": modes or "mean"} | named


def _weights(folder: Path, *names: str) -> dict[str, NDArray[np.float32]]:
    file = folder / "model.safetensors"
    if not file.is_file():
        raise NotUnderstood(f"{file} is missing")
    tensors = load_file(file)
    if set(tensors) != set(names):
        raise NotUnderstood(f"{file} contains {', '.join(sorted(tensors))}, not {', '.join(names)}")
    found = {name: tensors[name].astype(np.float32) for name in names}
    if not all(np.isfinite(tensor).all() for tensor in found.values()):
        raise NotUnderstood(f"{file} has weights that are not finite")
    return found
