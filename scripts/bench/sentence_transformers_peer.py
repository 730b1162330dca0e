"""Scores the requests of the benchmark with the CrossEncoder of sentence-transformers.

    sentence_transformers_peer.py DIR MAX_LENGTH torch|onnx|openvino FILE

This is a child process of the benchmark. It reads one JSON object per line from stdin, ``{"query", "passages", "threads", "calls"}``,
and writes one JSON object per line to stdout. The first object contains ``ready`` with the versions, or ``skip`` with the reason.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import sys
import tempfile
import time
from importlib import metadata
from pathlib import Path

# The model is a local directory, so nothing is requested from the network.
os.environ.update(HF_HUB_OFFLINE="1", TRANSFORMERS_OFFLINE="1", TOKENIZERS_PARALLELISM="true")
BATCH_SIZE = 32  # the default of predict()


def copy_with_weights(directory: Path, copy: Path) -> None:
    """Creates a model directory with PyTorch weights that every version of sentence-transformers can load."""
    from transformers import AutoConfig

    for file in directory.glob("*.json"):
        shutil.copyfile(file, copy / file.name)
    settings = copy / "tokenizer_config.json"
    if settings.exists():
        # transformers 4 does not support the class name that transformers 5 writes. Both support this one.
        content = json.loads(settings.read_text()) | {"tokenizer_class": "PreTrainedTokenizerFast"}
        settings.write_text(json.dumps(content))
    # The directory is created and only the files are linked, because optimum does not follow linked directories.
    for file in directory.glob("**/*.onnx*"):
        link = copy / file.relative_to(directory)
        link.parent.mkdir(exist_ok=True)
        link.symlink_to(file.resolve())
    for name in ("model.safetensors", "pytorch_model.bin"):
        if (directory / name).exists():
            (copy / name).symlink_to((directory / name).resolve())
            return
    config = AutoConfig.from_pretrained(directory)
    if config.model_type != "bert":
        raise ValueError(f"{directory} has no PyTorch weights, and its ONNX model is not a BERT")
    from onnx_weights import bert

    onnx = next(p for p in (directory / "onnx/model.onnx", directory / "model.onnx") if p.exists())
    bert(onnx, config).save_pretrained(copy)


def load(directory: Path, max_length: int, backend: str, file: str, threads: int):
    from sentence_transformers import CrossEncoder

    settings = {}
    if backend == "onnx":
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        settings = {
            "file_name": file,
            "provider": "CPUExecutionProvider",
            "session_options": options,
        }
    elif backend == "openvino":
        settings = {"export": True, "ov_config": {"INFERENCE_NUM_THREADS": threads}}
    return CrossEncoder(
        str(directory), device="cpu", max_length=max_length, backend=backend, model_kwargs=settings
    )


def measure(model, request: dict) -> dict:
    import torch

    torch.set_num_threads(request["threads"])
    pairs = [(request["query"], passage) for passage in request["passages"]]
    # CPU time of all threads of the process.
    cpu, wall = time.process_time(), time.perf_counter()
    system = resource.getrusage(resource.RUSAGE_SELF).ru_stime
    for _ in range(request["calls"]):
        logits = model.predict(pairs, batch_size=BATCH_SIZE, show_progress_bar=False)
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    system = resource.getrusage(resource.RUSAGE_SELF).ru_stime - system
    per_call = 1000 / request["calls"]
    return {
        "logits": [float(logit) for logit in logits],
        "cpuMillis": cpu * per_call,
        "systemMillis": system * per_call,
        "wallMillis": wall * per_call,
    }


def versions(backend: str) -> str:
    packages = ["sentence-transformers", "transformers", "torch"]
    packages += {"onnx": ["onnxruntime"], "openvino": ["openvino"]}.get(backend, [])
    return ", ".join(f"{package} {metadata.version(package)}" for package in packages)


def main() -> None:
    replies = os.fdopen(os.dup(sys.stdout.fileno()), "w", buffering=1)
    # Redirects the output of libraries to stderr, so that stdout contains only the replies.
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())

    def reply(content: dict) -> None:
        replies.write(json.dumps(content) + "\n")

    source, max_length, backend, file = sys.argv[1:5]
    with tempfile.TemporaryDirectory() as folder:
        models = {}

        def model(threads: int):
            # ONNX Runtime and OpenVINO set the number of threads when a model is loaded.
            key = threads if backend != "torch" else 0
            if key not in models:
                models[key] = load(Path(folder), int(max_length), backend, file, threads)
            return models[key]

        try:
            copy_with_weights(Path(source), Path(folder))
            model(1)
            reply({"ready": versions(backend)})
        except Exception as reason:  # any error: the benchmark continues without this library
            reply({"skip": f"{type(reason).__name__}: {reason}".split("\n")[0][:200]})
            return
        for line in sys.stdin:
            request = json.loads(line)
            reply(measure(model(request["threads"]), request))


if __name__ == "__main__":
    main()
