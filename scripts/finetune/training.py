"""Trains with the CrossEncoderTrainer of sentence-transformers, and resumes an interrupted run from its last checkpoint.

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
from measure import HeldOutEvaluator

PATIENCE = 3
EVALUATIONS = 6  # per run


@dataclass(frozen=True)
class Schedule:
    steps: int | None  # None: one epoch
    queries: int  # lists per step
    rate: float
    seed: int
    threads: int
    bf16: bool  # use bfloat16 autocast
    train_embeddings: bool  # whether the token embeddings are trained, too
    early_stopping: bool  # whether to evaluate the validation queries, stop early and keep the best checkpoint


def train(
    encoder: CrossEncoder, rows: list[dict], loss: ListLoss, held_out: HeldOutEvaluator, schedule: Schedule, checkpoints: Path,
    report: Callable[[str], None],
) -> int:
    """Trains ``encoder`` in place and returns the number of steps. With early stopping, the best checkpoint is restored at the end."""
    torch.set_num_threads(schedule.threads)
    encoder[0].model.get_input_embeddings().weight.requires_grad_(schedule.train_embeddings)
    steps = schedule.steps or max(1, len(rows) // schedule.queries)
    interval = max(1, steps // EVALUATIONS)
    arguments = CrossEncoderTrainingArguments(
        output_dir=str(checkpoints), max_steps=steps, per_device_train_batch_size=schedule.queries,
        learning_rate=schedule.rate, warmup_steps=max(1, steps // 10), lr_scheduler_type="linear", weight_decay=0.01,
        eval_strategy="steps" if schedule.early_stopping else "no", eval_steps=interval,
        save_strategy="steps", save_steps=interval, save_total_limit=2,
        load_best_model_at_end=schedule.early_stopping, metric_for_best_model="eval_ndcg", greater_is_better=True,
        seed=schedule.seed, data_seed=schedule.seed, use_cpu=True, bf16=schedule.bf16, report_to=[],
        disable_tqdm=not sys.stderr.isatty(), logging_strategy="steps", logging_steps=interval,
    )
    trainer = CrossEncoderTrainer(
        model=encoder, args=arguments, train_dataset=Dataset.from_list(rows), loss=loss,
        evaluator=held_out if schedule.early_stopping else None,
        callbacks=[_ProgressLines(report), *([EarlyStoppingCallback(PATIENCE)] if schedule.early_stopping else [])],
    )
    checkpoint = get_last_checkpoint(arguments.output_dir) if Path(arguments.output_dir).is_dir() else None
    if checkpoint:
        report(f"resuming from step {checkpoint.rsplit('-', 1)[-1]}")
    # This callback prints dictionaries if there is no terminal.
    trainer.remove_callback(PrinterCallback)
    trainer.train(resume_from_checkpoint=checkpoint)
    return trainer.state.global_step


class _ProgressLines(TrainerCallback):
    """Reports one line per evaluation, because a log file cannot show a progress bar."""

    def __init__(self, report: Callable[[str], None]) -> None:
        self.report, self.loss, self.start = report, None, None

    def on_train_begin(self, args, state, control, **kwargs) -> None:  # noqa: ANN001, ANN003
        self.start = (time.monotonic(), state.global_step)

    def on_log(self, args, state, control, logs=None, **kwargs) -> None:  # noqa: ANN001, ANN003
        self.loss = (logs or {}).get("loss", self.loss)
        if args.eval_strategy == "no" and "loss" in (logs or {}):
            self._report_progress(state, "")

    def on_evaluate(self, args, state, control, metrics=None, **kwargs) -> None:  # noqa: ANN001, ANN003
        self._report_progress(state, f"held-out nDCG@10 {metrics['eval_ndcg']:.3f}, ")

    def _report_progress(self, state, measured: str) -> None:  # noqa: ANN001
        started, first = self.start
        remaining = (time.monotonic() - started) / max(1, state.global_step - first) * (state.max_steps - state.global_step)
        loss = "" if self.loss is None else f"loss {self.loss:.3f}, "
        self.report(f"step {state.global_step} of {state.max_steps}: {loss}{measured}about {remaining / 60:.0f} min to go")
