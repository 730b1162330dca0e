"""Writes a model directory in the Hugging Face layout, with reference scores for tests.

SPDX-License-Identifier: Apache-2.0
"""

from __future__ import annotations

import json
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import onnxruntime
import torch
from tokenizers import Tokenizer

from model import KernelCrossEncoder
from pairs import MAX_LENGTH
from vocabulary import SPECIAL

OPSET = 17
INPUTS = ("input_ids", "attention_mask", "token_type_ids")
TOLERANCE = 1e-4
SAMPLE = Path(__file__).resolve().parents[2] / "conf/sample/tmdb.json"
# Pairs of bundled films, so that a fresh clone can verify them.
FILM_PAIRS = (
    ("vietnam war", "Apocalypse Now"), ("vietnam war", "Platoon"), ("vietnam war", "Full Metal Jacket"),
    ("vietnam war", "The Deer Hunter"), ("vietnam war", "Wizards"), ("vietnam war", "Wall Street"),
    ("prison escape", "Unbreakable"), ("robots", "Full Metal Jacket"),
    ("heist in paris", "The Girl with the Dragon Tattoo"), ("time travel", "Princess Mononoke"),
    ("boxing", "The War of the Roses"), ("pirates", "Das Boot"), ("space ship alone", "Kingpin"),
    ("vampire love", "The 400 Blows"), ("chess", "Hacksaw Ridge"), ("dinosaurs", "Planet of the Apes"),
    ("amélie", "Taxi Driver"), ("la jetée", "Once Upon a Time in the West"), ("court trial", "X-Men"),
    ("shark", "A Prophet"),
)
EDGE_CASES = (
    ("lovers 💘 and 🚀", "Émile & Zoë\n\nשלום עולם مرحبا بالعالم 你好世界 \x07 control\tcharacters"),
    ("empty passage", ""),
    ("long passage", "War. " * 600),
    ("UPPER lower", "ǅ ß İstanbul ﬁ"),
    ("a query of more words than the window has " * 6, "The Window\n\nA query of many words, and a film."),
    ("ocean's eleven", "Ocean’s Eleven"),
)
PROBES = (0, 6, 16, 19)


def write_model(model: KernelCrossEncoder, tokenizer: Tokenizer, directory: Path) -> None:
    (directory / "onnx").mkdir(parents=True, exist_ok=True)
    tokenizer.no_truncation()
    tokenizer.save(str(directory / "tokenizer.json"), pretty=False)
    _write(directory / "config.json", {
        "model_type": "bert",
        "architectures": ["KernelCrossEncoder"],
        "vocab_size": tokenizer.get_vocab_size(),
        "hidden_size": model.vectors.shape[1],
        "max_position_embeddings": MAX_LENGTH,
        "type_vocab_size": 2,
        "pad_token_id": 0,
        "id2label": {"0": "LABEL_0"},
        "label2id": {"LABEL_0": 0},
        "sentence_transformers": {"activation_fn": "torch.nn.modules.linear.Identity"},
    })
    names = {f"{name.strip('[]').lower()}_token": name for name in SPECIAL}
    _write(directory / "tokenizer_config.json", {
        "tokenizer_class": "BertTokenizer", "do_lower_case": True, "model_max_length": MAX_LENGTH, **names,
    })
    _write_graph(model, directory / "onnx" / "model.onnx")
    references = _references(model, tokenizer)
    rows = ",\n".join(json.dumps(row, ensure_ascii=False) for row in references)
    (directory / "reference.json").write_text(f"[{rows}]\n", encoding="utf-8")
    probes = [{"query": row["query"], "passage": row["passage"], "score": row["logit"]} for row in references]
    _write(directory / "probe.json", {"tolerance": 0.001, "pairs": [probes[number] for number in PROBES]})
    _check(directory, references)


def _write_graph(model: KernelCrossEncoder, file: Path) -> None:
    ids = torch.arange(5, 23).reshape(2, 9)
    mask = torch.tensor([[1] * 9, [1] * 6 + [0] * 3])
    type_ids = torch.tensor([[0] * 4 + [1] * 5] * 2)
    axes = {name: {0: "batch", 1: "tokens"} for name in INPUTS} | {"logits": {0: "batch"}}
    with warnings.catch_warnings():
        # The legacy exporter needs no additional package, but prints a deprecation warning.
        warnings.simplefilter("ignore")
        torch.onnx.export(
            model, (ids, mask, type_ids), str(file), input_names=list(INPUTS), output_names=["logits"],
            dynamic_axes=axes, opset_version=OPSET, dynamo=False,
        )
    graph = onnx.load(file)
    for node in graph.graph.node:
        node.ClearField("name")  # contains only paths of the tracing, which are not needed
    onnx.checker.check_model(graph, full_check=True)
    onnx.save(graph, file)


def _references(model: KernelCrossEncoder, tokenizer: Tokenizer) -> list[dict[str, Any]]:
    sample = json.loads(SAMPLE.read_text(encoding="utf-8"))
    films = {film["title"]: film for film in (sample.values() if isinstance(sample, dict) else sample)}
    bundled = [(query, f"{title}\n\n{films[title]['overview']}") for query, title in FILM_PAIRS]
    tokenizer.enable_truncation(MAX_LENGTH, strategy="only_second")
    rows = []
    for query, passage in (*bundled, *EDGE_CASES):
        encoding = tokenizer.encode(query, passage)
        inputs = (encoding.ids, encoding.attention_mask, encoding.type_ids)
        with torch.no_grad():
            logit = model(*(torch.tensor([values]) for values in inputs)).item()
        rows.append({"query": query, "passage": passage, "ids": encoding.ids, "logit": round(logit, 6)})
    tokenizer.no_truncation()
    return rows


def _check(directory: Path, references: list[dict[str, Any]]) -> None:
    """Checks that ONNX Runtime returns PyTorch's logits, for each pair alone and for all pairs in one padded batch."""
    session = onnxruntime.InferenceSession(directory / "onnx" / "model.onnx", providers=["CPUExecutionProvider"])
    tokenizer = Tokenizer.from_file(str(directory / "tokenizer.json"))
    tokenizer.enable_truncation(MAX_LENGTH, strategy="only_second")
    expected = np.array([row["logit"] for row in references])
    alone = [_run(session, tokenizer, [row]) for row in references]
    for logits in (np.concatenate(alone), _run(session, tokenizer, references)):
        largest = float(np.abs(logits - expected).max())
        if not largest <= TOLERANCE:
            raise RuntimeError(f"the logits of ONNX Runtime differ from PyTorch's by up to {largest:.1e}")


def _run(session: onnxruntime.InferenceSession, tokenizer: Tokenizer, rows: list[dict[str, Any]]) -> np.ndarray:
    tokenizer.enable_padding()
    encodings = tokenizer.encode_batch([(row["query"], row["passage"]) for row in rows])
    columns = ([getattr(one, name) for one in encodings] for name in ("ids", "attention_mask", "type_ids"))
    return session.run(None, {name: np.array(rows) for name, rows in zip(INPUTS, columns, strict=True)})[0][:, 0]


def _write(file: Path, value: dict[str, Any]) -> None:
    file.write_text(json.dumps(value, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
