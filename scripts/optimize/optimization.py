"""Optimises one model: rewrite, check, quantise, measure, and only then put the files in place."""

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
from numpy.typing import NDArray
from onnx import ModelProto, TensorProto
from onnxruntime.quantization import QuantType, quantize_dynamic

from bert_encoder import NotUnderstood
from bert_reader import fuse, read_encoder
from bert_writer import rewrite
from runtimes import JavaRuntime, Measurement, PythonRuntime, Runtime
from workload import QUERIES, Workload, read_passages

# As sentence-transformers' export_dynamic_quantized_onnx_model names and quantises them:
# weights symmetric and per channel, activations unsigned and per tensor.
WEIGHTS = {
    "arm64": QuantType.QInt8,
    "avx2": QuantType.QUInt8,
    "avx512": QuantType.QInt8,
    "avx512_vnni": QuantType.QInt8,
}
REPETITIONS = 9
PAIRS_PER_QUERY = 50
# Two quantisations of one model differ by chance; this is the noise between them.
ALLOWED_SPEARMAN_LOSS = 0.005


class CheckFailed(Exception):
    """The optimised model does not answer like the original."""


@dataclass(frozen=True)
class Settings:
    directory: Path
    passages: Path
    architecture: str | None
    tolerance: float
    quantise: bool
    runtime_jar: Path | None


@dataclass(frozen=True)
class Variant:
    name: str
    original: Path
    optimised: Path
    target: Path
    agreement: str = ""


def run(settings: Settings) -> str:
    """Returns the report; raises NotUnderstood or CheckFailed and then leaves nothing behind."""
    logging.getLogger().setLevel(logging.ERROR)
    original = _model_file(settings.directory)
    config = json.loads((settings.directory / "config.json").read_text(encoding="utf-8"))
    workload = Workload(
        settings.directory / "tokenizer.json",
        read_passages(settings.passages),
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
        target = original.with_name(optimised.name)
        variants = [Variant("fp32", original, optimised, target, f"max |Δlogit| {difference:.1e}")]
        if settings.quantise:
            architecture = settings.architecture or detect_architecture()
            variants.append(_quantised(runtime, workload, variants[0], architecture))
        report = _report(runtime, workload, variants)
        for variant in variants:
            os.replace(variant.optimised, variant.target)
    return report


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


def _quantised(runtime: Runtime, workload: Workload, fp32: Variant, architecture: str) -> Variant:
    kind = f"{WEIGHTS[architecture].name.lower()}_{architecture}"
    optimised = fp32.optimised.with_name(f"model_optimized_{kind}.onnx")
    quantise(fp32.optimised, optimised, architecture)
    original = fp32.original.with_name(f"model_{kind}.onnx")
    if not original.is_file():
        original = fp32.optimised.with_name(original.name)
        quantise(fp32.original, original, architecture)
    before, after = _spearman(runtime, workload, fp32.original, [original, optimised])
    if not after >= before - ALLOWED_SPEARMAN_LOSS:
        raise CheckFailed(
            f"the int8 model ranks like fp32 to {after:.3f} (Spearman),"
            f" the int8 of the original to {before:.3f}"
        )
    target = fp32.original.with_name(optimised.name)
    return Variant("int8", original, optimised, target, f"Spearman {after:.4f} (was {before:.4f})")


def quantise(source: Path, target: Path, architecture: str) -> None:
    model = onnx.load(source)
    # Newer exporters note shapes that onnx itself then finds wrong.
    del model.graph.value_info[:]
    # The last layer's weights per head have three dimensions, which int8 kernels do not take.
    stacks = {tensor.name for tensor in model.graph.initializer if len(tensor.dims) > 2}
    excluded = [
        node.name
        for node in model.graph.node
        if node.op_type == "MatMul" and stacks.intersection(node.input)
    ]
    quantize_dynamic(
        model,
        target,
        per_channel=True,
        weight_type=WEIGHTS[architecture],
        nodes_to_exclude=excluded,
        extra_options={
            "WeightSymmetric": True,
            "ActivationSymmetric": False,
            # Types are not inferred through onnxruntime's own operators.
            "DefaultTensorType": TensorProto.FLOAT,
        },
    )


def _spearman(
    runtime: Runtime, workload: Workload, reference: Path, models: list[Path]
) -> list[float]:
    """The mean, over the queries, of the rank correlation with the reference."""
    totals = np.zeros(len(models))
    for query in QUERIES:
        batches = workload.batches(workload.query_pairs(query, PAIRS_PER_QUERY))
        expected, *found = runtime.measure([reference, *models], batches, 0).logits
        totals += [np.corrcoef(_ranks(expected), _ranks(logits))[0, 1] for logits in found]
    return list(totals / len(QUERIES))


def _ranks(values: NDArray[np.float32]) -> NDArray[np.int64]:
    return np.argsort(np.argsort(values))


def _report(runtime: Runtime, workload: Workload, variants: list[Variant]) -> str:
    models = [path for variant in variants for path in (variant.original, variant.optimised)]
    measured: Measurement = runtime.measure(models, workload.timing_batches(), REPETITIONS)
    lines = [
        f"CPU-ms for 50 pairs, median of {REPETITIONS}, {runtime.name}",
        f"{'':6}{'original':>10}{'optimised':>11}{'ratio':>7}",
    ]
    for number, variant in enumerate(variants):
        before, after = measured.times[:, 2 * number], measured.times[:, 2 * number + 1]
        # The ratio of each repetition: a slow moment of the machine slows both.
        ratio = np.median(after / before)
        lines.append(
            f"{variant.name:6}{np.median(before):10.0f}{np.median(after):11.0f}{ratio:7.2f}"
            f"  {variant.agreement}"
        )
    return "\n".join([*lines, *(f"wrote {variant.target}" for variant in variants)])
