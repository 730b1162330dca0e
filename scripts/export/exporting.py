"""Runs an export: locates, checks, loads, writes and compares the model, then moves it into place."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import graph
import loading
import output
import reference
from source import CheckFailed, NotSupported, check_files, locate
from template import FILE, template_of

__all__ = ["CheckFailed", "NotSupported", "run"]


def run(
    name: str,
    revision: str | None,
    directory: Path,
    tolerance: float,
    template_file: Path | None,
    report: Callable[[str], None],
) -> None:
    """Creates the model directory.

    Raises:
        OSError, ValueError: if a file is missing or has invalid content
        NotSupported: if the model cannot be exported
        CheckFailed: if a weight is wrong, or the graph returns other logits than the model
    """
    source = locate(name, revision)
    check_files(source.directory)
    activation = output.activation(source.directory)
    template = template_of(source.directory, template_file)
    encoder = loading.load(source.directory, as_text=template_file is not None)
    limit = reference.limit_of(encoder)
    pairs = reference.pairs_of(encoder, limit, template)
    directory.parent.mkdir(parents=True, exist_ok=True)
    # Solr loads every directory as a model, except those whose names start with a dot.
    draft = directory.parent / f".{directory.name}.export"
    shutil.rmtree(draft, ignore_errors=True)
    try:
        graph.export(encoder, draft / "onnx" / "model.onnx")
        pad_id = output.write_configs(source.directory, draft, activation, limit)
        worst = reference.compare(pairs, draft, template, pad_id, tolerance)
        template.write(draft / FILE)
        output.write_probe(draft / "probe.json", pairs, activation)
        output.write_record(draft / "export.json", source, worst)
        os.rename(draft, directory)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    modules = ", ".join(type(module).__name__ for module in encoder)
    report(f"{directory}: {modules}; activation {activation}; at most {limit} tokens per pair")
    report(f"Largest difference to sentence-transformers over {len(pairs)} pairs: {worst:.2g}")
    report(_order(pairs))


def _order(pairs: list[reference.Pair]) -> str:
    """Reports for how many queries an obviously relevant passage scores above an irrelevant one.

    The report reveals random weights that the publisher's files contain, which are not missing weights.
    """
    queries: dict[str, dict[bool, float]] = {}
    for pair in pairs:
        if pair.relevant is not None:
            queries.setdefault(pair.query, {})[pair.relevant] = pair.logit
    judged = [logits for logits in queries.values() if len(logits) == 2]
    if not judged:
        return "Order of relevant and irrelevant passages not checked: every query has a truncated pair"
    right = sum(logits[True] > logits[False] for logits in judged)
    return f"Relevant passage above the irrelevant one: {right} of {len(judged)} queries"
