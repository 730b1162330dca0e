"""Creates heads for the modular test model, and reference scores of sentence-transformers for them.

Each variant is a directory in src/test/resources/models/modular-heads. Its files replace the modules of
src/test/resources/models/ettin-tiny. reference.json contains queries, passages and the scores of CrossEncoder.predict.

Usage: python modular.py ETTIN_TINY_WITH_WEIGHTS
"""

import json
import shutil
import sys
import tempfile
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from sentence_transformers import CrossEncoder
from sentence_transformers.base.modules import Dense, Normalize, Transformer
from sentence_transformers.sentence_transformer.modules import Dropout, LayerNorm, Pooling

TARGET = Path(__file__).resolve().parents[2] / "src/test/resources/models/modular-heads"
HIDDEN = 32
IDENTITY, SIGMOID = torch.nn.Identity(), torch.nn.Sigmoid()


def dense(inputs, outputs, activation, last=False, **options):
    return Dense(inputs, outputs, activation_function=activation, module_output_name="scores" if last else None, **options)


def variants():
    """Yields name, modules after the encoder, activation of the cross-encoder, and type of the weights."""
    yield "mean-tanh-sigmoid", [Pooling(HIDDEN, "mean"), dense(HIDDEN, 16, torch.nn.Tanh()), dense(16, 1, IDENTITY, True)], SIGMOID, "F32"
    yield "max-relu-normalize", [Pooling(HIDDEN, "max"), dense(HIDDEN, 24, torch.nn.ReLU(), bias=False), Normalize(), dense(24, 1, IDENTITY, True)], IDENTITY, "F16"
    yield "two-poolings-silu", [Pooling(HIDDEN, ("cls", "mean_sqrt_len_tokens")), Dropout(0.3), dense(2 * HIDDEN, HIDDEN, torch.nn.SiLU()), LayerNorm(HIDDEN), dense(HIDDEN, 1, IDENTITY, True)], IDENTITY, "BF16"
    yield "residual-weighted", [Pooling(HIDDEN, "weightedmean"), dense(HIDDEN, HIDDEN, torch.nn.GELU(), use_residual=True), dense(HIDDEN, 8, torch.nn.Sigmoid(), use_residual=True), dense(8, 1, IDENTITY, True)], IDENTITY, "F32"
    yield "last-token", [Pooling(HIDDEN, "lasttoken"), LayerNorm(HIDDEN), dense(HIDDEN, 1, IDENTITY, True)], IDENTITY, "F32"


def make(source, name, modules, activation, dtype):
    torch.manual_seed(len(name))
    with tempfile.TemporaryDirectory() as folder:
        model = CrossEncoder(modules=[Transformer(str(source)), *modules], num_labels=1, activation_fn=activation, device="cpu")
        for module in modules:
            for parameter in module.parameters():
                torch.nn.init.normal_(parameter, std=0.6)
        model.save_pretrained(folder, create_model_card=False)
        target = TARGET / name
        shutil.rmtree(target, ignore_errors=True)
        for file in sorted(Path(folder).rglob("*")):
            inside = file.relative_to(folder)
            is_head = len(inside.parts) > 1 and inside.parts[0][0].isdigit()
            if file.is_file() and (is_head or inside.name in ("modules.json", "config_sentence_transformers.json")):
                (target / inside).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(file, target / inside)
        for file in target.rglob("*.safetensors"):
            kind = {"F32": torch.float32, "F16": torch.float16, "BF16": torch.bfloat16}[dtype]
            save_file({key: value.to(kind) for key, value in load_file(file).items()}, file)
            file.chmod(0o644)
            shutil.copy(file, Path(folder) / file.relative_to(target))
        loaded = CrossEncoder(folder, device="cpu", local_files_only=True)
        rows = json.loads((source / "reference.json").read_text())[:8]
        scores = [float(loaded.predict([(row["query"], row["passage"])])[0]) for row in rows]
        pairs = [{"query": row["query"], "passage": row["passage"], "logit": round(score, 6)} for row, score in zip(rows, scores)]
        (target / "reference.json").write_text(json.dumps(pairs, ensure_ascii=False, indent=1) + "\n")
        print(name, " ".join(f"{score:.3f}" for score in scores))


if __name__ == "__main__":
    for variant in variants():
        make(Path(sys.argv[1]), *variant)
