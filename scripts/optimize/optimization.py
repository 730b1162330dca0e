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

from attention import IDS
from bert_encoder import MASK, NotUnderstood
from bert_reader import read_encoder
from bert_writer import rewrite
from graph_reader import fuse
from modern_reader import read_modern
from modern_writer import rewrite_modern
from modules import is_modular, with_head
from runtimes import JavaRuntime, PythonRuntime, Runtime
from table import Row, table
from workload import QUERIES, Workload, read_passages

# As sentence-transformers' export_dynamic_quantized_onnx_model names and quantises them:
# weights symmetric and per channel, activations unsigned and per tensor.
WEIGHTS = {
    "arm64": QuantType.QInt8,
    "avx2": QuantType.QUInt8,
    "avx512": QuantType.QInt8,
    "avx512_vnni": QuantType.QInt8,
}
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
    # Beside the targets, so that the final renames stay within one file system.
    with tempfile.TemporaryDirectory(prefix=".optimize-", dir=original.parent) as folder:
        temporary = Path(folder)
        source = with_logits(original, settings.directory, temporary)
        optimized, one_pair = temporary / "model_optimized.onnx", temporary / "one_pair.onnx"
        for path, graph in zip((optimized, one_pair), rewritten(source, config)):
            onnx.save(graph, path)
        difference = _largest_difference(runtime, workload, source, optimized, one_pair)
        if not difference <= settings.tolerance:
            raise CheckFailed(
                f"a logit moved by {difference:.1e}, more than {settings.tolerance:.0e}"
            )
        rows = [
            Row("fp32 as exported", source, ""),
            Row("fp32 optimized", optimized, f"largest {difference:.1e}"),
        ]
        if settings.quantise:
            architecture = settings.architecture or detect_architecture()
            published = original.with_name(f"model_{_kind(architecture)}.onnx")
            if published.is_file():
                published = with_logits(published, settings.directory, temporary)
            else:
                published = temporary / published.name
                quantise(source, published, architecture)
            rows += _quantised(runtime, workload, source, published, one_pair, architecture)
        report = table(runtime, workload, rows)
        for row in rows[1::2]:
            target = original.with_name(row.path.name)
            os.replace(row.path, target)
            report.append(f"wrote {target}")
    return "\n".join(report)


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


def with_logits(graph: Path, directory: Path, folder: Path) -> Path:
    """The graph, or a copy with the head that lies beside it in modules."""
    model = onnx.load(graph)
    if not is_modular(directory, model):
        return graph
    path = folder / f"with_head_{graph.name}"
    onnx.save(with_head(model, directory), path)
    return path


def rewritten(source: Path, config: dict[str, Any]) -> list[ModelProto]:
    """The graph for batches with padding, and that for one pair per run."""
    if config.get("model_type") == "modernbert":
        fused = fuse(source, residuals=False)
        _check_inputs(fused)
        modern = read_modern(fused, config)
        return [rewrite_modern(fused, modern, one_pair) for one_pair in (False, True)]
    fused = fuse(source)
    _check_inputs(fused)
    heads = _number(config, "num_attention_heads", "n_heads")
    bert = read_encoder(fused, heads, _number(config, "num_hidden_layers", "n_layers"))
    return [rewrite(fused, bert, one_pair) for one_pair in (False, True)]


def _check_inputs(model: ModelProto) -> None:
    if not {IDS, MASK} <= {tensor.name for tensor in model.graph.input}:
        raise NotUnderstood(f"it has no inputs {IDS} and {MASK}")
    if any(tensor.type.tensor_type.elem_type != TensorProto.INT64 for tensor in model.graph.input):
        raise NotUnderstood("its inputs are not all int64")


def _number(config: dict[str, Any], *names: str) -> int:
    for name in names:
        if isinstance(config.get(name), int):
            return int(config[name])
    raise NotUnderstood(f"its config.json has no {' or '.join(names)}")


def _largest_difference(
    runtime: Runtime, workload: Workload, source: Path, optimized: Path, one_pair: Path
) -> float:
    """Of all graphs for pairs that are alone, and of those that take them for batches."""
    alone, batches = workload.checking()
    before, *after = runtime.measure([source, optimized, one_pair], alone, 0).logits
    padded = runtime.measure([source, optimized], batches, 0).logits
    moved = [before - logits for logits in after] + [padded[0] - padded[1]]
    return max(float(np.max(np.abs(logits))) for logits in moved)


def _kind(architecture: str) -> str:
    return f"{WEIGHTS[architecture].name.lower()}_{architecture}"


def _quantised(
    runtime: Runtime,
    workload: Workload,
    source: Path,
    published: Path,
    one_pair: Path,
    architecture: str,
) -> list[Row]:
    optimized = one_pair.with_name(f"model_optimized_{_kind(architecture)}.onnx")
    quantise(one_pair, optimized, architecture)
    before, after = _spearman(runtime, workload, source, [published, optimized])
    if not after >= before - ALLOWED_SPEARMAN_LOSS:
        raise CheckFailed(
            f"the int8 model ranks like fp32 to {after:.3f} (Spearman),"
            f" the int8 of the original to {before:.3f}"
        )
    return [
        Row("int8 as exported", published, f"Spearman {before:.4f}"),
        Row("int8 optimized", optimized, f"Spearman {after:.4f}", one_pair=True),
    ]


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
        batches = workload.alone(workload.query_pairs(query, PAIRS_PER_QUERY))
        expected, *found = runtime.measure([reference, *models], batches, 0).logits
        totals += [np.corrcoef(_ranks(expected), _ranks(logits))[0, 1] for logits in found]
    return list(totals / len(QUERIES))


def _ranks(values: NDArray[np.float32]) -> NDArray[np.int64]:
    return np.argsort(np.argsort(values))
