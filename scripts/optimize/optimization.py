"""Optimizes one model: rewrites, checks, quantizes and measures it, then moves the files."""

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
from bert_reader import read_encoder
from bert_writer import rewrite
from graph_file import check_inputs, check_output, drop_defaults, load, read_by_plugin
from graph_reader import fuse
from int8 import Limits, choose_int8
from int8_plan import WEIGHTS, Plan, write
from modern_reader import read_modern
from modern_writer import rewrite_modern
from modules import is_modular, with_head
from runtimes import JavaRuntime, PythonRuntime, Runtime
from table import Row, table
from texts import read_texts
from workload import Workload

LOG = logging.getLogger("optimize")


class CheckFailed(Exception):
    """The optimized model does not return the logits of the original."""


@dataclass(frozen=True)
class Settings:
    directory: Path
    texts: Path
    architecture: str | None
    tolerance: float
    int8: Limits | None  # None: no int8 variant
    strict: bool  # write nothing if the int8 variant does not meet its limits
    runtime_jar: Path | None


def run(settings: Settings) -> str:
    """Writes the files and returns the report.

    If it raises NotUnderstood or CheckFailed, it writes no file.
    """
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
    # The directory is next to the targets, so that the final renames stay in one file system.
    with tempfile.TemporaryDirectory(prefix=".optimize-", dir=original.parent) as folder:
        temporary = Path(folder)
        LOG.info("rewriting %s", original)
        source = with_logits(original, settings.directory, temporary)
        optimized, one_pair = temporary / "model_optimized.onnx", temporary / "one_pair.onnx"
        for path, graph in zip((optimized, one_pair), rewritten(source, config)):
            onnx.save(graph, path)
        LOG.info("comparing the logits before and after")
        difference = _largest_difference(runtime, workload, source, optimized, one_pair)
        if not difference <= settings.tolerance:
            raise CheckFailed(
                f"a logit differs by {difference:.1e}, more than {settings.tolerance:.0e}"
            )
        rows = [
            Row("fp32 as exported", source, ""),
            Row("fp32 optimized", optimized, f"largest {difference:.1e}"),
        ]
        int8_table: list[str] = []
        if settings.int8:
            architecture = settings.architecture or detect_architecture()
            kind = f"{WEIGHTS[architecture].name.lower()}_{architecture}"
            published = original.with_name(f"model_{kind}.onnx")
            if published.is_file():
                published = with_logits(published, settings.directory, temporary)
            else:
                published = temporary / published.name
                write(onnx.load(source), Plan(), {}, published, architecture)
            LOG.info("choosing int8")
            int8 = choose_int8(
                runtime,
                onnx.load(one_pair),
                published,
                workload,
                texts.sample(),
                settings.int8,
                architecture,
                temporary,
            )
            if settings.strict and not int8.reached:
                raise CheckFailed("int8 does not meet its bounds\n" + "\n".join(int8.table))
            chosen = int8.path.rename(temporary / f"model_optimized_{kind}.onnx")
            rows += [
                Row("int8 as exported", published, int8.before.words),
                Row("int8 optimized", chosen, int8.after.words, one_pair=True),
            ]
            int8_table = ["", *int8.table]
        LOG.info("measuring the CPU time")
        report = table(runtime, workload, rows) + int8_table
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
    raise FileNotFoundError(f"{directory} contains neither onnx/model.onnx nor model.onnx")


def _maximum_tokens(config: dict[str, Any]) -> int:
    positions = int(config.get("max_position_embeddings", 512))
    # RoBERTa numbers positions from the id of the padding token plus 1.
    offset = 2 if "roberta" in str(config.get("model_type")) else 0
    return positions - offset


def with_logits(graph: Path, directory: Path, folder: Path) -> Path:
    """Returns the path of a graph whose only output is that of logits.

    It is the graph itself, or a copy: of a modular model one that contains its modules.
    """
    model = load(graph)
    if is_modular(directory, model):
        model = with_head(model, directory)
    elif len(model.graph.output) == 1:
        return graph
    else:
        model = read_by_plugin(model)
    path = folder / f"with_logits_{graph.name}"
    onnx.save(model, path)
    return path


def rewritten(source: Path, config: dict[str, Any]) -> list[ModelProto]:
    """Returns the graph for batches with padding, and the graph for one pair per run."""
    model = load(source, weights=False)
    check_inputs(model)
    check_output(model)
    if config.get("model_type") == "modernbert":
        fused = drop_defaults(fuse(source, residuals=False))
        modern = read_modern(fused, config)
        return [rewrite_modern(fused, modern, one_pair) for one_pair in (False, True)]
    fused = drop_defaults(fuse(source))
    heads = _number(config, "num_attention_heads", "n_heads")
    bert = read_encoder(fused, heads, _number(config, "num_hidden_layers", "n_layers"))
    return [rewrite(fused, bert, one_pair) for one_pair in (False, True)]


def _number(config: dict[str, Any], *names: str) -> int:
    for name in names:
        if isinstance(config.get(name), int):
            return int(config[name])
    raise NotUnderstood(f"its config.json has no {' or '.join(names)}")


def _largest_difference(
    runtime: Runtime, workload: Workload, source: Path, optimized: Path, one_pair: Path
) -> float:
    """Returns the largest difference of a logit from the source graph.

    Both optimized graphs score single pairs; the graph for batches scores padded batches, too.
    """
    alone, batches = workload.checking()
    before, *after = runtime.measure([source, optimized, one_pair], alone, 0).logits
    padded = runtime.measure([source, optimized], batches, 0).logits
    moved = [before - logits for logits in after] + [padded[0] - padded[1]]
    return max(float(np.max(np.abs(logits))) for logits in moved)
