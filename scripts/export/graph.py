"""Writes the whole model, its head included, as one ONNX graph that returns logits."""

from __future__ import annotations

import warnings
from pathlib import Path

import onnx
import torch
from sentence_transformers import CrossEncoder

INPUTS = ("input_ids", "attention_mask", "token_type_ids")
OPSET = 17
# Protocol buffers are limited to 2 GiB: larger weights are stored in a separate file.
MOST_BYTES = 2_000_000_000


class Logits(torch.nn.Module):
    def __init__(self, encoder: CrossEncoder, names: list[str]) -> None:
        super().__init__()
        self.encoder = encoder
        self.names = names

    def forward(self, *inputs: torch.Tensor) -> torch.Tensor:
        return self.encoder(dict(zip(self.names, inputs)))["scores"]


def inputs_of(encoder: CrossEncoder, pairs: list[tuple[str, str]]) -> dict[str, torch.Tensor]:
    features = encoder.preprocess(pairs)
    return {name: features[name] for name in INPUTS if name in features}


def export(encoder: CrossEncoder, file: Path) -> None:
    """Writes the ONNX file; weights of 2 GB or more are written to FILE_data next to it."""
    example = inputs_of(
        encoder, [("a query", "a passage"), ("another query", "a passage that is longer")]
    )
    names = list(example)
    file.parent.mkdir(parents=True)
    with warnings.catch_warnings(), torch.no_grad():
        warnings.simplefilter("ignore")  # warnings of the exporter about the traced code
        torch.onnx.export(
            Logits(encoder, names).eval(),
            tuple(example.values()),
            str(file),
            input_names=names,
            output_names=["logits"],
            dynamic_axes={name: {0: "batch", 1: "tokens"} for name in names}
            | {"logits": {0: "batch"}},
            opset_version=OPSET,
            dynamo=False,
        )
    # The exporter writes each weight of a large model to a separate file.
    scattered = [other for other in file.parent.iterdir() if other != file]
    size = sum(other.stat().st_size for other in file.parent.iterdir())
    if scattered or size > MOST_BYTES:
        _gather(file, scattered)


def _gather(file: Path, scattered: list[Path]) -> None:
    graph = onnx.load(file)
    for other in scattered:
        other.unlink()
    onnx.save_model(
        graph,
        file,
        save_as_external_data=True,
        all_tensors_to_one_file=True,
        location=file.name + "_data",
    )
    # Solr runs as another user, which must be able to read the file.
    file.with_name(file.name + "_data").chmod(0o644)
