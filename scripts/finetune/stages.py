"""The stages of a run: collect, train, measure, export, install. A resumed run skips completed stages.

SPDX-License-Identifier: Apache-2.0
"""

from __future__ import annotations

import argparse
import gc
import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import torch
from sentence_transformers import CrossEncoder
from torch import nn

import base
import card
import measure
import questions
import training
import warm_up
from install import is_installed_in, verify_scores
from loss import CosineRegression, ListNetAndBce

SCRIPTS = Path(__file__).resolve().parents[1]
WARM_UP_STEPS = 200
HEAD_RATE, WARMED_UP_RATE, NEW_HEAD_RATE = 2e-5, 1e-4, 2e-4
UNSUPPORTED_MODEL = 3  # exit code of optimize-model.sh
# Arguments that may change when a run is resumed.
CHANGEABLE = ("to", "check", "threads")


def run(arguments: argparse.Namespace, report: Callable[[str], None]) -> None:
    scratch = _scratch_directory(arguments)
    data = _collect(arguments, scratch, report)
    parts = questions.split(data.questions, arguments.held_out, arguments.seed)
    report(
        f"{len(parts.train):,} queries for training, {len(parts.validation)} for early stopping, "
        f"{len(parts.test)} held out for the results table"
    )
    if warning := questions.warning(parts):
        report(f"WARNING: {warning}")
    torch.manual_seed(arguments.seed)
    torch.use_deterministic_algorithms(True)
    torch.set_num_threads(arguments.threads)
    start = base.load(arguments.base, scratch, arguments.max_length)
    columns = [measure.first_pass(parts.test)]
    if start.has_head:
        columns.append(measure.Scored.from_model(start.encoder, parts.test, data.passages).column("before"))
    else:
        report("the model has no classification head, so it gets a new one")
    held_out = measure.HeldOutEvaluator([questions.shortened(question) for question in parts.validation], data.passages)
    encoder = start.encoder if start.has_head else _warm_up(arguments, start.encoder, parts, data, held_out, scratch, report)
    rows = [
        {**row, "docs": [data.passages[identifier] for identifier in row["docs"]]}
        for row in questions.lists(parts.train, sorted(data.passages), arguments.size, arguments.lists, arguments.seed)
    ]
    rate = arguments.rate or (HEAD_RATE if start.has_head else NEW_HEAD_RATE if encoder is start.encoder else WARMED_UP_RATE)
    schedule = _schedule(arguments, arguments.steps, rate, train_embeddings=start.has_head, early_stopping=True)
    report(f"{len(rows):,} lists, learning rate {schedule.rate:g}, {'bfloat16' if schedule.bf16 else 'fp32'}")
    steps = training.train(encoder, rows, ListNetAndBce(encoder), held_out, schedule, scratch / "checkpoints", report)
    encoder.save_pretrained(str(scratch / "trained"), create_model_card=False)
    del start, encoder
    gc.collect()
    trained = _load(scratch / "trained", arguments)
    scored = measure.Scored.from_model(trained, parts.test, data.passages)
    columns.append(scored.column("after"))
    if columns[0] and (weight := measure.Scored.from_model(trained, parts.validation, data.passages).best_weight()):
        columns.append(scored.column(f"after, `ce + {weight:g}*score`", weight))
    table = measure.table([column for column in columns if column], arguments.seed)
    print(table, flush=True)
    if baseline := measure.not_better_than(columns):
        report(f"WARNING: no better than {baseline} on held-out queries")
    sample = [(question, question.first_pass()[:10]) for question in parts.test[:5]]
    expected = [
        (q.query, {c.id: float(s) for c, s in zip(found, trained.predict([(q.query, data.passages[c.id]) for c in found]), strict=True)})
        for q, found in sample if found
    ]
    _export(scratch, arguments.no_int8, report)
    facts = {
        "trained on": f"{len(parts.train):,} queries, {len(rows):,} lists of up to {arguments.size} documents",
        "steps": f"{steps} of {schedule.queries} lists, learning rate {schedule.rate:g}", "seed": arguments.seed,
        "maximum sequence length": f"{arguments.max_length} tokens",
    }
    card.write(
        scratch / "export", arguments.to.name, f"`{arguments.base.resolve().parent.name}/{arguments.base.resolve().name}`", facts,
        data.fields, len(parts.test), arguments.depth, table,
    )
    arguments.to.parent.mkdir(parents=True, exist_ok=True)
    # Renamed, so that Solr never finds an incomplete model.
    (scratch / "export").rename(arguments.to)
    report(f"wrote {arguments.to}")
    if not arguments.documents and is_installed_in(arguments.to, arguments.solr):
        report(verify_scores(arguments, expected))
    else:
        report(f"to use it, copy it to SOLR_HOME/models, reload the core, and set model={arguments.to.name}")
    weights = arguments.to.parent / f".{arguments.to.name}.weights"
    (scratch / "trained").rename(weights)
    report(f"the PyTorch weights for further training are in {weights}")
    shutil.rmtree(scratch)


def _schedule(
    arguments: argparse.Namespace, steps: int | None, rate: float, *, train_embeddings: bool, early_stopping: bool
) -> training.Schedule:
    bf16 = not arguments.fp32 and torch.cpu._is_avx512_bf16_supported()
    return training.Schedule(steps, arguments.queries, rate, arguments.seed, arguments.threads, bf16, train_embeddings, early_stopping)


def _load(directory: Path, arguments: argparse.Namespace) -> CrossEncoder:
    """Loads a saved model again, because a trained model object still computes in bfloat16."""
    return CrossEncoder(str(directory), max_length=arguments.max_length, device="cpu", activation_fn=nn.Identity())


def _warm_up(
    arguments: argparse.Namespace, encoder: CrossEncoder, parts: questions.Parts, data: questions.Data,
    held_out: measure.HeldOutEvaluator, scratch: Path, report: Callable[[str], None],
) -> CrossEncoder:
    steps = WARM_UP_STEPS if arguments.warm_up is None else arguments.warm_up
    if not steps or not warm_up.is_embedding_model(arguments.base):
        return encoder
    done = scratch / "warmed-up"
    if not done.is_dir():
        schedule = _schedule(arguments, steps, NEW_HEAD_RATE, train_embeddings=False, early_stopping=False)
        rows = warm_up.lists(
            arguments.base, parts.train, data, arguments.size, steps * arguments.queries, arguments.max_length, arguments.seed
        )
        report(f"warm-up: {len(rows):,} lists with the cosine of the encoder's own embeddings")
        training.train(encoder, rows, CosineRegression(encoder), held_out, schedule, scratch / "warm-up", report)
        encoder.save_pretrained(str(scratch / "warmed-up.new"), create_model_card=False)
        (scratch / "warmed-up.new").rename(done)
    return _load(done, arguments)


def _scratch_directory(arguments: argparse.Namespace) -> Path:
    """Returns the working directory of the run: next to the target, with a name that Solr ignores.

    Raises:
        ValueError: if it contains a run with other settings or input files
    """
    directory = arguments.to.parent / f".{arguments.to.name}.training"
    settings = {name: str(value) for name, value in sorted(vars(arguments).items()) if name not in CHANGEABLE}
    for file in (*arguments.judgments, arguments.pairs, arguments.documents, arguments.leave_out):
        if file:
            settings[f"content of {file}"] = hashlib.sha256(file.read_bytes()).hexdigest()
    settings_file = directory / "settings.json"
    if settings_file.is_file() and json.loads(settings_file.read_text(encoding="utf-8")) != settings:
        raise ValueError(
            f"{directory} contains a run with other settings or files; delete it to start over, or use the same settings"
            " and files to continue the run"
        )
    directory.mkdir(parents=True, exist_ok=True)
    settings_file.write_text(json.dumps(settings, indent=1), encoding="utf-8")
    return directory


def _collect(arguments: argparse.Namespace, scratch: Path, report: Callable[[str], None]) -> questions.Data:
    file = scratch / "data.jsonl"
    if not file.is_file():
        command = [str(SCRIPTS / "finetune/collect.sh"), "--to", str(scratch / "data.new"), "--depth", str(arguments.depth)]
        for judgments_file in (*arguments.judgments, arguments.pairs):
            command += ["--judgments", str(judgments_file)] if judgments_file else []
        if arguments.documents:
            command += ["--documents", str(arguments.documents)]
        else:
            command += ["--solr", arguments.solr, "--collection", arguments.collection]
        for name in ("fields", "id_field", "def_type", "qf"):
            if getattr(arguments, name):
                command += [f"--{name.replace('_', '-')}", getattr(arguments, name)]
        for parameter in arguments.param:
            command += ["--param", parameter]
        _run_script(command)
        (scratch / "data.new").rename(file)
    data = questions.read(file, clicks=arguments.pairs is not None)
    if arguments.leave_out:
        before = len(data.questions)
        data.questions = questions.exclude(data.questions, arguments.leave_out)
        report(f"{before - len(data.questions):,} queries are excluded")
    return data


def _export(scratch: Path, no_int8: bool, report: Callable[[str], None]) -> None:
    shutil.rmtree(scratch / "export", ignore_errors=True)
    _run_script([str(SCRIPTS / "export-model.sh"), str(scratch / "trained"), str(scratch / "export")])
    status = _run_script(
        [str(SCRIPTS / "optimize-model.sh"), str(scratch / "export"), *(["--no-int8"] if no_int8 else [])],
        allowed=(0, UNSUPPORTED_MODEL),
    )
    report("exported and optimized" if status == 0 else "exported, not optimized: optimize-model.sh does not support this model")


def _run_script(command: list[str], allowed: tuple[int, ...] = (0,)) -> int:
    """Runs a script with this Python, in which the packages of the other scripts are installed, too."""
    status = subprocess.run(command, env={**os.environ, "PYTHON": sys.executable}, check=False).returncode
    if status not in allowed:
        raise RuntimeError(f"{Path(command[0]).name} failed, see above; run the same command again to continue from here")
    return status
