"""Runs models as the plugin does, on one thread without spinning, and measures CPU time."""

from __future__ import annotations

import re
import shutil
import struct
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from workload import Batch

TIMING_SOURCE = Path(__file__).with_name("Timing.java")


@dataclass(frozen=True)
class Measurement:
    logits: list[NDArray[np.float32]]  # of each model, over all batches
    times: NDArray[np.float64]  # CPU milliseconds [repetition, model]


class Runtime(Protocol):
    name: str

    def measure(
        self, models: list[Path], batches: list[Batch], repetitions: int
    ) -> Measurement: ...


class PythonRuntime:
    name = f"onnxruntime {onnxruntime.__version__} (Python)"

    def measure(self, models: list[Path], batches: list[Batch], repetitions: int) -> Measurement:
        try:
            return self._measure(models, batches, repetitions)
        except Exception as reason:  # onnxruntime's exceptions have no other common class
            raise RuntimeError(f"{self.name} failed: {reason}") from reason

    def _measure(self, models: list[Path], batches: list[Batch], repetitions: int) -> Measurement:
        sessions = [self.open(str(model)) for model in models]
        logits = [self._run(session, batches) for session in sessions]
        times = np.zeros((repetitions, len(models)))
        for repetition in range(repetitions):
            for column, session in enumerate(sessions):
                start = time.process_time()
                self._run(session, batches)
                times[repetition, column] = (time.process_time() - start) * 1000
        return Measurement(logits, times)

    @staticmethod
    def open(model: str | bytes) -> onnxruntime.InferenceSession:
        """Opens a model, given as the path or as the content of its file."""
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])

    @staticmethod
    def _run(session: onnxruntime.InferenceSession, batches: list[Batch]) -> NDArray[np.float32]:
        wanted = [tensor.name for tensor in session.get_inputs()]
        outputs = [
            session.run(None, {name: batch[name] for name in wanted})[0] for batch in batches
        ]
        return np.concatenate([output.ravel() for output in outputs])


class JavaRuntime:
    """Runs models with the onnxruntime JAR that the plugin loads.

    Versions differ: in 1.28, a separate layer norm costs five times as much as one that is fused
    with the residual; in 1.30 it is the reverse. A gain in Python's release is therefore no
    evidence of a gain in the plugin.
    """

    def __init__(self, jar: Path) -> None:
        self._jar = jar
        self.name = f"{jar.stem.replace('-', ' ')} (Java)"

    @classmethod
    def find(cls, jar: Path | None) -> JavaRuntime | None:
        if jar and not jar.is_file():
            raise FileNotFoundError(f"{jar} is not a file")
        jar = jar or _plugin_jar()
        return cls(jar) if jar and shutil.which("java") else None

    def measure(self, models: list[Path], batches: list[Batch], repetitions: int) -> Measurement:
        with tempfile.NamedTemporaryFile(suffix=".batches") as file:
            _write_batches(file.name, batches)
            command = ["java", "-cp", self._jar, TIMING_SOURCE, file.name, str(repetitions)]
            done = subprocess.run(
                [*map(str, command), *map(str, models)],
                check=False,
                capture_output=True,
                text=True,
            )
        if done.returncode != 0:
            raise RuntimeError(f"{self.name} failed: {done.stderr.strip()}")
        rows = [
            np.array(line.split()[1:], dtype=np.float64)
            for line in done.stdout.splitlines()
            if line.startswith(("logits ", "times "))
        ]
        logits = [row.astype(np.float32) for row in rows[: len(models)]]
        return Measurement(logits, np.array(rows[len(models) :]).reshape(-1, len(models)))


def _plugin_jar() -> Path | None:
    """Returns the JAR of the version in pom.xml. Other versions can be in the repository, too."""
    pom = Path(__file__).resolve().parents[2] / "pom.xml"
    if not pom.is_file():
        return None
    text = pom.read_text(encoding="utf-8")
    found = re.search(r"<artifactId>onnxruntime</artifactId>\s*<version>([^<]+)</version>", text)
    version = found.group(1) if found else ""
    if version.startswith("${"):
        found = re.search(f"<{re.escape(version[2:-1])}>([^<]+)</", text)
        version = found.group(1) if found else ""
    folder = Path.home() / ".m2/repository/com/microsoft/onnxruntime/onnxruntime" / version
    jar = folder / f"onnxruntime-{version}.jar"
    return jar if jar.is_file() else None


def _write_batches(path: str, batches: list[Batch]) -> None:
    with open(path, "wb") as file:
        file.write(struct.pack(">i", len(batches)))
        for batch in batches:
            file.write(struct.pack(">ii", *batch["input_ids"].shape))
            for name in ("input_ids", "attention_mask", "token_type_ids"):
                file.write(batch[name].astype(">i8").tobytes())
