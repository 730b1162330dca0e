"""Scores the bench's requests with sentence-transformers' CrossEncoder.

    sentence_transformers_peer.py DIR MAX_LENGTH torch|onnx|openvino FILE

A child process of the bench: a JSON object a line on stdin, ``{"query", "passages", "threads",
"calls"}``; a JSON object a line on stdout. The first one says ``ready`` with the versions, or
``skip`` with the reason.
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

# Nothing is to be looked up on the network: the model is a directory.
os.environ.update(HF_HUB_OFFLINE="1", TRANSFORMERS_OFFLINE="1", TOKENIZERS_PARALLELISM="true")
BATCH_SIZE = 32  # the default of predict()


def copy_with_weights(directory: Path, copy: Path) -> None:
    """A directory that sentence-transformers of every version reads, with weights for PyTorch."""
    from transformers import AutoConfig

    for file in directory.glob("*.json"):
        shutil.copyfile(file, copy / file.name)
    settings = copy / "tokenizer_config.json"
    if settings.exists():
        # The name that transformers 5 writes is not known to 4, and that of 4 is to both.
        content = json.loads(settings.read_text()) | {"tokenizer_class": "PreTrainedTokenizerFast"}
        settings.write_text(json.dumps(content))
    # A folder of its own: optimum does not look into one that is a link.
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
        raise ValueError(f"{directory} has neither PyTorch weights nor the graph of a BERT")
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
    # Of the process, all threads of it.
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
    # Whatever a library prints must not come between the replies.
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())

    def reply(content: dict) -> None:
        replies.write(json.dumps(content) + "\n")

    source, max_length, backend, file = sys.argv[1:5]
    with tempfile.TemporaryDirectory() as folder:
        models = {}

        def model(threads: int):
            # ONNX Runtime and OpenVINO fix their threads when they load.
            key = threads if backend != "torch" else 0
            if key not in models:
                models[key] = load(Path(folder), int(max_length), backend, file, threads)
            return models[key]

        try:
            copy_with_weights(Path(source), Path(folder))
            model(1)
            reply({"ready": versions(backend)})
        except Exception as reason:  # whatever it is, the bench goes on without this peer
            reply({"skip": f"{type(reason).__name__}: {reason}".split("\n")[0][:200]})
            return
        for line in sys.stdin:
            request = json.loads(line)
            reply(measure(model(request["threads"]), request))


if __name__ == "__main__":
    main()
