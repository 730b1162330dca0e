"""The stages of a run: collect, train, measure, export, install. What is done is not done again.

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
from install import confirm, installed_in
from loss import Likeness, OrderAndBelief

SCRIPTS = Path(__file__).resolve().parents[1]
WARM_UP = 200  # steps
HEAD_RATE, WARM_RATE, NEW_HEAD_RATE = 2e-5, 1e-4, 2e-4
NOT_UNDERSTOOD = 3  # of optimize-model.sh
# Of the arguments, what a run may change when it goes on.
FREE = ("to", "check", "threads")


def run(arguments: argparse.Namespace, report: Callable[[str], None]) -> None:
    scratch = _scratch(arguments)
    data = _collected(arguments, scratch, report)
    parts = questions.split(data.questions, arguments.held_out, arguments.seed)
    report(f"{len(parts.train):,} queries to train on, {len(parts.validation)} say when to stop, {len(parts.test)} are held out")
    if few := questions.warning(parts):
        report(f"WARNING: {few}")
    torch.manual_seed(arguments.seed)
    torch.use_deterministic_algorithms(True)
    torch.set_num_threads(arguments.threads)
    start = base.load(arguments.base, scratch, arguments.max_length)
    columns = [measure.first_pass(parts.test)]
    if start.has_head:
        columns.append(measure.Scored.by(start.encoder, parts.test, data.passages).column("before"))
    else:
        report("the model has no head yet: it gets a new one")
    held_out = measure.HeldOut([questions.short(question) for question in parts.validation], data.passages)
    encoder = start.encoder if start.has_head else _warmed_up(arguments, start.encoder, parts, data, held_out, scratch, report)
    rows = [
        {**row, "docs": [data.passages[identifier] for identifier in row["docs"]]}
        for row in questions.lists(parts.train, sorted(data.passages), arguments.size, arguments.lists, arguments.seed)
    ]
    rate = arguments.rate or (HEAD_RATE if start.has_head else NEW_HEAD_RATE if encoder is start.encoder else WARM_RATE)
    schedule = _schedule(arguments, arguments.steps, rate, words=start.has_head, choose=True)
    report(f"{len(rows):,} lists, rate {schedule.rate:g}, {'bfloat16' if schedule.half else 'fp32'}")
    steps = training.train(encoder, rows, OrderAndBelief(encoder), held_out, schedule, scratch / "checkpoints", report)
    encoder.save_pretrained(str(scratch / "trained"), create_model_card=False)
    del start, encoder
    gc.collect()
    trained = _loaded(scratch / "trained", arguments)
    scored = measure.Scored.by(trained, parts.test, data.passages)
    columns.append(scored.column("after"))
    if columns[0] and (weight := measure.Scored.by(trained, parts.validation, data.passages).best_weight()):
        columns.append(scored.column(f"after, `ce + {weight:g}*score`", weight))
    table = measure.table([column for column in columns if column], arguments.seed)
    print(table, flush=True)
    if worse := measure.no_better(columns):
        report(f"WARNING: no better than {worse} on held-out queries")
    sample = [(question, question.first_pass()[:10]) for question in parts.test[:5]]
    expected = [
        (q.query, {c.id: float(s) for c, s in zip(found, trained.predict([(q.query, data.passages[c.id]) for c in found]), strict=True)})
        for q, found in sample if found
    ]
    _export(scratch, arguments.no_int8, report)
    facts = {
        "trained on": f"{len(parts.train):,} queries, {len(rows):,} lists of up to {arguments.size} documents",
        "steps": f"{steps} of {schedule.queries} lists, rate {schedule.rate:g}", "seed": arguments.seed,
        "longest pair": f"{arguments.max_length} tokens",
    }
    card.write(scratch / "export", arguments.to.name, f"`{arguments.base.resolve().parent.name}/{arguments.base.resolve().name}`", facts, data.fields, len(parts.test), arguments.depth, table)
    arguments.to.parent.mkdir(parents=True, exist_ok=True)
    # By a rename, so that Solr finds no half model.
    (scratch / "export").rename(arguments.to)
    report(f"wrote {arguments.to}")
    if not arguments.documents and installed_in(arguments.to, arguments.solr):
        report(confirm(arguments, expected))
    else:
        report(f"put it into the models folder of your Solr, RELOAD, and name it: model={arguments.to.name}")
    kept = arguments.to.parent / f".{arguments.to.name}.weights"
    (scratch / "trained").rename(kept)
    report(f"the PyTorch weights, to go on from, are in {kept}")
    shutil.rmtree(scratch)


def _schedule(arguments: argparse.Namespace, steps: int | None, rate: float, *, words: bool, choose: bool) -> training.Schedule:
    half = not arguments.fp32 and torch.cpu._is_avx512_bf16_supported()
    return training.Schedule(steps, arguments.queries, rate, arguments.seed, arguments.threads, half, words, choose)


def _loaded(directory: Path, arguments: argparse.Namespace) -> CrossEncoder:
    """Anew: what was trained goes on computing in bfloat16."""
    return CrossEncoder(str(directory), max_length=arguments.max_length, device="cpu", activation_fn=nn.Identity())


def _warmed_up(
    arguments: argparse.Namespace, encoder: CrossEncoder, parts: questions.Parts, data: questions.Data,
    held_out: measure.HeldOut, scratch: Path, report: Callable[[str], None],
) -> CrossEncoder:
    steps = WARM_UP if arguments.warm_up is None else arguments.warm_up
    if not steps or not warm_up.knows_likeness(arguments.base):
        return encoder
    done = scratch / "warmed-up"
    if not done.is_dir():
        schedule = _schedule(arguments, steps, NEW_HEAD_RATE, words=False, choose=False)
        rows = warm_up.lists(
            arguments.base, parts.train, data, arguments.size, steps * arguments.queries, arguments.max_length, arguments.seed
        )
        report(f"warm-up: {len(rows):,} lists with the cosine of the encoder's own embeddings")
        training.train(encoder, rows, Likeness(encoder), held_out, schedule, scratch / "warm-up", report)
        encoder.save_pretrained(str(scratch / "warmed-up.new"), create_model_card=False)
        (scratch / "warmed-up.new").rename(done)
    return _loaded(done, arguments)


def _scratch(arguments: argparse.Namespace) -> Path:
    """Beside the target, and hidden from Solr; that of other settings is not gone on with."""
    directory = arguments.to.parent / f".{arguments.to.name}.training"
    settings = {name: str(value) for name, value in sorted(vars(arguments).items()) if name not in FREE}
    for file in (*arguments.judgments, arguments.pairs, arguments.documents, arguments.leave_out):
        if file:
            settings[f"content of {file}"] = hashlib.sha256(file.read_bytes()).hexdigest()
    known = directory / "settings.json"
    if known.is_file() and json.loads(known.read_text(encoding="utf-8")) != settings:
        raise ValueError(f"{directory} holds a run with other settings or files: delete it to begin anew, or go on with the same")
    directory.mkdir(parents=True, exist_ok=True)
    known.write_text(json.dumps(settings, indent=1), encoding="utf-8")
    return directory


def _collected(arguments: argparse.Namespace, scratch: Path, report: Callable[[str], None]) -> questions.Data:
    file = scratch / "data.jsonl"
    if not file.is_file():
        command = [str(SCRIPTS / "finetune/collect.sh"), "--to", str(scratch / "data.new"), "--depth", str(arguments.depth)]
        for judged in (*arguments.judgments, arguments.pairs):
            command += ["--judgments", str(judged)] if judged else []
        if arguments.documents:
            command += ["--documents", str(arguments.documents)]
        else:
            command += ["--solr", arguments.solr, "--collection", arguments.collection]
        for name in ("fields", "id_field", "def_type", "qf"):
            if getattr(arguments, name):
                command += [f"--{name.replace('_', '-')}", getattr(arguments, name)]
        for parameter in arguments.param:
            command += ["--param", parameter]
        _do(command)
        (scratch / "data.new").rename(file)
    data = questions.read(file, clicks=arguments.pairs is not None)
    if arguments.leave_out:
        before = len(data.questions)
        data.questions = questions.without(data.questions, arguments.leave_out)
        report(f"{before - len(data.questions):,} queries are left out")
    return data


def _export(scratch: Path, no_int8: bool, report: Callable[[str], None]) -> None:
    shutil.rmtree(scratch / "export", ignore_errors=True)
    _do([str(SCRIPTS / "export-model.sh"), str(scratch / "trained"), str(scratch / "export")])
    done = _do([str(SCRIPTS / "optimize-model.sh"), str(scratch / "export"), *(["--no-int8"] if no_int8 else [])], allowed=(0, NOT_UNDERSTOOD))
    report("exported and optimized" if done == 0 else "exported; the optimizer leaves such a model alone")


def _do(command: list[str], allowed: tuple[int, ...] = (0,)) -> int:
    """With this Python, which has what the other scripts need."""
    status = subprocess.run(command, env={**os.environ, "PYTHON": sys.executable}, check=False).returncode
    if status not in allowed:
        raise RuntimeError(f"{Path(command[0]).name} failed, see above; run the same command again to go on from here")
    return status
