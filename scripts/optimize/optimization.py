"""Optimizes one model: rewrite, check, quantize, measure, and only then put the files in place."""

from __future__ import annotations

import json
import logging
import os
import platform
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import ModelProto

from agreement import Bound
from bert_encoder import NotUnderstood
from bert_reader import fuse, read_encoder
from bert_writer import rewrite
from int8 import Int8, Limits, choose_int8
from int8_choice import REPETITIONS
from int8_plan import WEIGHTS, Plan, write
from runtimes import JavaRuntime, PythonRuntime, Runtime
from texts import Texts, read_texts
from workload import Workload



class CheckFailed(Exception):
    """The optimised model does not answer like the original."""


@dataclass(frozen=True)
class Settings:
    directory: Path
    texts: Path
    architecture: str | None
    tolerance: float
    int8: Limits | None  # without, there is no int8 variant
    strict: bool  # no int8 variant that is not within its limits
    runtime_jar: Path | None


def run(settings: Settings) -> str:
    """Returns the report; raises NotUnderstood or CheckFailed and then leaves nothing behind."""
    logging.getLogger().setLevel(logging.ERROR)
    original = _model_file(settings.directory)
    config = json.loads((settings.directory / "config.json").read_text(encoding="utf-8"))
    texts = read_texts(settings.texts)
    workload = Workload(
        settings.directory / "tokenizer.json",
        texts.passages,
        _maximum_tokens(config),
        config.get("pad_token_id") or 0,
    )
    runtime = JavaRuntime.find(settings.runtime_jar) or PythonRuntime()
    rewritten = _rewritten(original, config)
    # Beside the targets, so that the final renames stay within one file system.
    with tempfile.TemporaryDirectory(prefix=".optimize-", dir=original.parent) as folder:
        temporary = Path(folder)
        optimised = temporary / "model_optimized.onnx"
        onnx.save(rewritten, optimised)
        difference = _largest_difference(runtime, workload, original, optimised)
        if not difference <= settings.tolerance:
            raise CheckFailed(
                f"a logit moved by {difference:.1e}, more than {settings.tolerance:.0e}"
            )
        written = {optimised: original.with_name(optimised.name)}
        report = _fp32_table(runtime, workload, original, optimised, difference)
        if settings.int8:
            architecture = settings.architecture or detect_architecture()
            int8 = _int8(runtime, workload, texts, original, optimised, architecture, settings.int8)
            report += ["", *int8.table]
            if settings.strict and not int8.reached:
                raise CheckFailed("int8 is not within its bound\n" + "\n".join(report))
            kind = _kind(architecture)
            written[int8.path] = original.with_name(f"model_optimized_{kind}.onnx")
        for source, target in written.items():
            os.replace(source, target)
    return "\n".join([*report, *(f"wrote {target}" for target in written.values())])


def detect_architecture() -> str:
    if platform.machine().lower() in ("arm64", "aarch64"):
        return "arm64"
    information = Path("/proc/cpuinfo")
    flags = set(information.read_text().split()) if information.exists() else set()
    for flag, architecture in (("avx512_vnni", "avx512_vnni"), ("avx512f", "avx512")):
        if flag in flags:
            return architecture
    return "avx2"


def _model_file(directory: Path) -> Path:
    for name in ("onnx/model.onnx", "model.onnx"):
        if (directory / name).is_file():
            return directory / name
    raise FileNotFoundError(f"{directory} holds neither onnx/model.onnx nor model.onnx")


def _maximum_tokens(config: dict[str, Any]) -> int:
    positions = int(config.get("max_position_embeddings", 512))
    # RoBERTa numbers positions from the padding token's id plus one.
    offset = 2 if "roberta" in str(config.get("model_type")) else 0
    return positions - offset


def _rewritten(original: Path, config: dict[str, Any]) -> ModelProto:
    heads = _number(config, "num_attention_heads", "n_heads")
    layers = _number(config, "num_hidden_layers", "n_layers")
    fused = fuse(original)
    return rewrite(fused, read_encoder(fused, heads, layers))


def _number(config: dict[str, Any], *names: str) -> int:
    for name in names:
        if isinstance(config.get(name), int):
            return int(config[name])
    raise NotUnderstood(f"its config.json has no {' or '.join(names)}")


def _largest_difference(
    runtime: Runtime, workload: Workload, original: Path, optimised: Path
) -> float:
    batches = workload.checking_batches()
    before, after = runtime.measure([original, optimised], batches, 0).logits
    return float(np.max(np.abs(before - after)))


def _int8(
    runtime: Runtime,
    workload: Workload,
    texts: Texts,
    original: Path,
    optimised: Path,
    architecture: str,
    limits: Limits,
) -> Int8:
    published = original.with_name(f"model_{_kind(architecture)}.onnx")
    if not published.is_file():
        published = optimised.with_name(published.name)
        write(onnx.load(original), Plan(), {}, published, architecture)
    return choose_int8(
        runtime,
        onnx.load(optimised),
        published,
        workload,
        texts.sample(),
        limits,
        architecture,
        optimised.parent,
    )


def _kind(architecture: str) -> str:
    return f"{WEIGHTS[architecture].name.lower()}_{architecture}"


def _fp32_table(
    runtime: Runtime, workload: Workload, original: Path, optimised: Path, difference: float
) -> list[str]:
    batches = workload.timing_batches()
    times = runtime.measure([original, optimised], batches, REPETITIONS).times
    before, after = np.median(times, axis=0)
    # The ratio of each repetition: a slow moment of the machine slows both.
    ratio = np.median(times[:, 1] / times[:, 0])
    return [
        f"CPU-ms for 50 pairs, median of {REPETITIONS}, {runtime.name}",
        f"{'':6}{'original':>10}{'optimised':>11}{'ratio':>7}",
        f"{'fp32':6}{before:10.0f}{after:11.0f}{ratio:7.2f}  max |Δlogit| {difference:.1e}",
    ]
