"""Scores the bench's requests with sentence-transformers' CrossEncoder.

A child process of the bench: a JSON object a line on stdin, ``{"query", "passages", "threads",
"calls"}``; a JSON object a line on stdout. The first one says ``ready`` with the versions, or
``skip`` with the reason.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

# Nothing is to be looked up on the network: the model is a directory.
os.environ.update(HF_HUB_OFFLINE="1", TRANSFORMERS_OFFLINE="1", TOKENIZERS_PARALLELISM="true")
BATCH_SIZE = 32  # the default of predict()


def load(directory: Path, max_length: int):
    from sentence_transformers import CrossEncoder
    from transformers import AutoConfig

    if any((directory / name).exists() for name in ("model.safetensors", "pytorch_model.bin")):
        return CrossEncoder(str(directory), device="cpu", max_length=max_length)
    config = AutoConfig.from_pretrained(directory)
    if config.model_type != "bert":
        raise ValueError(f"{directory} has neither PyTorch weights nor the graph of a BERT")
    from onnx_weights import bert

    onnx = next(p for p in (directory / "onnx/model.onnx", directory / "model.onnx") if p.exists())
    with tempfile.TemporaryDirectory() as copy:
        for file in directory.glob("*.json"):
            shutil.copyfile(file, Path(copy, file.name))
        bert(onnx, config).save_pretrained(copy)
        return CrossEncoder(copy, device="cpu", max_length=max_length)


def measure(model, request: dict) -> dict:
    import torch

    torch.set_num_threads(request["threads"])
    pairs = [(request["query"], passage) for passage in request["passages"]]
    # Of the process, all threads of it.
    cpu, wall = time.process_time(), time.perf_counter()
    for _ in range(request["calls"]):
        logits = model.predict(pairs, batch_size=BATCH_SIZE, show_progress_bar=False)
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    per_call = 1000 / request["calls"]
    return {
        "logits": [float(logit) for logit in logits],
        "cpuMillis": cpu * per_call,
        "wallMillis": wall * per_call,
    }


def main() -> None:
    replies = os.fdopen(os.dup(sys.stdout.fileno()), "w", buffering=1)
    # Whatever a library prints must not come between the replies.
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())

    def reply(content: dict) -> None:
        replies.write(json.dumps(content) + "\n")

    try:
        model = load(Path(sys.argv[1]), int(sys.argv[2]))
        import sentence_transformers
        import torch

        versions = f"sentence-transformers {sentence_transformers.__version__}, torch {torch.__version__}"
    except Exception as reason:  # whatever it is, the bench goes on without this peer
        reply({"skip": f"{type(reason).__name__}: {reason}"})
        return
    reply({"ready": versions})
    for line in sys.stdin:
        reply(measure(model, json.loads(line)))


if __name__ == "__main__":
    main()
