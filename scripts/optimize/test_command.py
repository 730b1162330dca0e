"""Tests the command of the optimizer; run by .ci/optimizer."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

HERE = Path(__file__).resolve().parent
MODEL = HERE.parents[1] / "src/test/resources/models/bert"


class CommandTest(unittest.TestCase):
    def setUp(self) -> None:
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.model = Path(directory.name)
        (self.model / "onnx").mkdir()
        for name in ("config.json", "tokenizer.json", "onnx/model.onnx"):
            shutil.copy(MODEL / name, self.model / name)

    def start(self) -> subprocess.Popen[str]:
        command = [sys.executable, "-B", str(HERE / "optimize_model.py"), str(self.model)]
        return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def test_an_end_before_the_files_are_written_leaves_none(self) -> None:
        with self.start() as optimizer:
            for line in optimizer.stderr:
                if line.startswith("choosing int8"):
                    break
            self.assertEqual(len(list((self.model / "onnx").iterdir())), 2)
            optimizer.send_signal(signal.SIGTERM)
            _, errors = optimizer.communicate()
        self.assertEqual(optimizer.returncode, 130, errors)
        self.assertEqual(errors.splitlines()[-1], "Interrupted")
        self.assertEqual([file.name for file in (self.model / "onnx").iterdir()], ["model.onnx"])


if __name__ == "__main__":
    unittest.main()
