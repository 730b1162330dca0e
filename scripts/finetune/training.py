"""Trains with sentence-transformers' CrossEncoderTrainer, and goes on where a run was cut off.

SPDX-License-Identifier: Apache-2.0
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import torch
from datasets import Dataset
from sentence_transformers import CrossEncoder
from sentence_transformers.cross_encoder import CrossEncoderTrainer, CrossEncoderTrainingArguments
from transformers import EarlyStoppingCallback, PrinterCallback, TrainerCallback
from transformers.trainer_utils import get_last_checkpoint

from loss import ListLoss
from measure import HeldOut

PATIENCE = 3
CHECKS = 6  # in a whole run


@dataclass(frozen=True)
class Schedule:
    steps: int | None  # None: one pass over the lists
    queries: int  # a step
    rate: float
    seed: int
    threads: int
    half: bool  # bfloat16 where it is exact enough
    words: bool  # whether the embeddings of words are trained, too
    choose: bool  # whether the held-out queries say when to stop; otherwise they are not asked


def train(
    encoder: CrossEncoder, rows: list[dict], loss: ListLoss, held_out: HeldOut, schedule: Schedule, checkpoints: Path,
    report: Callable[[str], None],
) -> int:
    """Leaves the last model in ``encoder``, or the best that the held-out queries saw; the number of steps done."""
    torch.set_num_threads(schedule.threads)
    encoder[0].model.get_input_embeddings().weight.requires_grad_(schedule.words)
    steps = schedule.steps or max(1, len(rows) // schedule.queries)
    check = max(1, steps // CHECKS)
    arguments = CrossEncoderTrainingArguments(
        output_dir=str(checkpoints), max_steps=steps, per_device_train_batch_size=schedule.queries,
        learning_rate=schedule.rate, warmup_steps=max(1, steps // 10), lr_scheduler_type="linear", weight_decay=0.01,
        eval_strategy="steps" if schedule.choose else "no", eval_steps=check, save_strategy="steps", save_steps=check, save_total_limit=2,
        load_best_model_at_end=schedule.choose, metric_for_best_model="eval_ndcg", greater_is_better=True,
        seed=schedule.seed, data_seed=schedule.seed, use_cpu=True, bf16=schedule.half, report_to=[],
        disable_tqdm=not sys.stderr.isatty(), logging_strategy="steps", logging_steps=check,
    )
    trainer = CrossEncoderTrainer(
        model=encoder, args=arguments, train_dataset=Dataset.from_list(rows), loss=loss,
        evaluator=held_out if schedule.choose else None,
        callbacks=[_Lines(report), *([EarlyStoppingCallback(PATIENCE)] if schedule.choose else [])],
    )
    last = get_last_checkpoint(arguments.output_dir) if Path(arguments.output_dir).is_dir() else None
    if last:
        report(f"going on from step {last.rsplit('-', 1)[-1]}")
    # It prints dictionaries where there is no terminal.
    trainer.remove_callback(PrinterCallback)
    trainer.train(resume_from_checkpoint=last)
    return trainer.state.global_step


class _Lines(TrainerCallback):
    """A line a check: what a log can hold, where a bar cannot."""

    def __init__(self, report: Callable[[str], None]) -> None:
        self.report, self.loss, self.begun = report, None, None

    def on_train_begin(self, args, state, control, **more) -> None:  # noqa: ANN001, ANN003
        self.begun = (time.monotonic(), state.global_step)

    def on_log(self, args, state, control, logs=None, **more) -> None:  # noqa: ANN001, ANN003
        self.loss = (logs or {}).get("loss", self.loss)
        if args.eval_strategy == "no" and "loss" in (logs or {}):
            self._say(state, "")

    def on_evaluate(self, args, state, control, metrics=None, **more) -> None:  # noqa: ANN001, ANN003
        self._say(state, f"held-out nDCG@10 {metrics['eval_ndcg']:.3f}, ")

    def _say(self, state, measured: str) -> None:  # noqa: ANN001
        started, first = self.begun
        left = (time.monotonic() - started) / max(1, state.global_step - first) * (state.max_steps - state.global_step)
        loss = "" if self.loss is None else f"loss {self.loss:.3f}, "
        self.report(f"step {state.global_step} of {state.max_steps}: {loss}{measured}about {left / 60:.0f} min to go")
