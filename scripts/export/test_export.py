"""Exports tiny models of each kind, valid and broken; run by .ci/export.

    target/export-venv/bin/python -B scripts/export/test_export.py

SPDX-License-Identifier: Apache-2.0
"""

from __future__ import annotations

import contextlib
import filecmp
import io
import json
import shutil
import tempfile
import unittest
from collections.abc import Callable
from pathlib import Path

import export_model
import loading  # sets environment variables before torch is loaded
import torch
from safetensors.torch import load_file, save_file
from sentence_transformers import CrossEncoder
from sentence_transformers.base.modules import Dense, Normalize, Transformer
from sentence_transformers.sentence_transformer.modules import Dropout, LayerNorm, Pooling
from torch import nn
from transformers import AutoConfig, AutoModel, AutoModelForSequenceClassification

assert loading
MODELS = Path(__file__).resolve().parents[2] / "src/test/resources/models"
DENSE = "torch.nn.modules.activation."


def copy_tokenizer(family: str, to: Path) -> None:
    for name in ("tokenizer.json", "tokenizer_config.json"):
        shutil.copyfile(MODELS / family / name, to / name)


def plain(family: str, to: Path) -> Path:
    """Writes a model with the shape and the tokenizer of a test model, and with random weights."""
    torch.manual_seed(3)
    config = AutoConfig.from_pretrained(MODELS / family)
    AutoModelForSequenceClassification.from_config(config).save_pretrained(to)
    copy_tokenizer(family, to)
    return to


def modular(family: str, to: Path, *, pooling: str = "cls", activation: nn.Module | None = None) -> Path:
    torch.manual_seed(5)
    bare = to.with_name(to.name + ".bare")
    config = AutoConfig.from_pretrained(MODELS / family, num_labels=1)
    AutoModel.from_config(config).save_pretrained(bare)
    copy_tokenizer(family, bare)
    width = config.hidden_size
    modules = [
        Transformer(str(bare)),
        Pooling(width, pooling_mode=pooling),
        Dropout(0.1),
        Dense(width, width, bias=False, activation_function=nn.GELU()),
        LayerNorm(width),
        Normalize(),
        Dense(width, 1, activation_function=nn.Identity(), module_output_name="scores"),
    ]
    encoder = CrossEncoder(modules=modules, num_labels=1, activation_fn=activation or nn.Identity(), device="cpu")
    encoder.save_pretrained(str(to), create_model_card=False)
    copy_tokenizer(family, to)
    shutil.rmtree(bare)
    return to


def edit(file: Path, change: Callable[[dict], None]) -> None:
    value = json.loads(file.read_text())
    change(value)
    file.write_text(json.dumps(value))


def edit_weights(file: Path, change: Callable[[dict], None]) -> None:
    weights = load_file(file)
    change(weights)
    save_file(weights, file)


def export(source: Path, target: Path, *options: str) -> tuple[int, str]:
    """Runs the export and returns its exit status and its output."""
    printed = io.StringIO()
    import sys

    before = sys.argv
    sys.argv = ["export_model.py", str(source), str(target), *options]
    try:
        with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
            status = export_model.main()
    except SystemExit as ended:
        status = int(ended.code or 0)
    finally:
        sys.argv = before
    return status, printed.getvalue().strip()


class ExportTest(unittest.TestCase):
    def setUp(self) -> None:
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.source = self.folder / "source"
        self.target = self.folder / "models" / "exported"

    def accepts(self, *options: str) -> dict:
        status, printed = export(self.source, self.target, *options)
        self.assertEqual(status, 0, printed)
        self.assertTrue(
            filecmp.cmp(self.source / "tokenizer.json", self.target / "tokenizer.json", shallow=False)
        )
        probe = json.loads((self.target / "probe.json").read_text())
        self.assertEqual(len(probe["pairs"]), 20)
        self.assertGreater(len({pair["score"] for pair in probe["pairs"]}), 10)
        return probe

    def refuses(self, status: int, *fragments: str) -> None:
        got, printed = export(self.source, self.target)
        print(f"\n  {got}: {printed.replace(str(self.folder), '')}", end="")
        for fragment in fragments:
            self.assertIn(fragment, printed)
        self.assertEqual(got, status)
        # No directory is left, because Solr would load it as a model. Hidden directories are removed, too.
        left = list(self.target.parent.iterdir()) if self.target.parent.exists() else []
        self.assertEqual(left, [])

    def test_plain_models_of_each_family(self) -> None:
        for family in ("bert", "electra-two-labels", "roberta", "xlm-roberta", "deberta-v3", "modernbert"):
            with self.subTest(family):
                self.source, self.target = self.folder / family, self.folder / "models" / family
                plain(family, self.source)
                self.accepts()

    def test_modular_models_of_each_pooling(self) -> None:
        for family, pooling in (("modernbert", "cls"), ("bert", "mean"), ("roberta", "max"), ("deberta-v3", "lasttoken")):
            with self.subTest(family):
                self.source, self.target = self.folder / family, self.folder / "models" / family
                modular(family, self.source, pooling=pooling)
                self.accepts()

    def test_sigmoid_of_a_modular_model_is_kept_in_config(self) -> None:
        modular("modernbert", self.source, activation=nn.Sigmoid())
        probe = self.accepts()
        expected = CrossEncoder(str(self.source), device="cpu").predict(
            [(pair["query"], pair["passage"]) for pair in probe["pairs"]]
        )
        for pair, score in zip(probe["pairs"], expected):
            self.assertAlmostEqual(pair["score"], float(score), places=5)
        config = json.loads((self.target / "config.json").read_text())
        self.assertEqual(config["sentence_transformers"]["activation_fn"], DENSE + "Sigmoid")

    def test_modular_model_without_activation_has_a_sigmoid(self) -> None:
        modular("modernbert", self.source)
        edit(self.source / "config_sentence_transformers.json", lambda config: config.pop("activation_fn"))
        self.accepts()
        config = json.loads((self.target / "config.json").read_text())
        self.assertEqual(config["sentence_transformers"]["activation_fn"], DENSE + "Sigmoid")

    def test_length_of_the_transformer_module_is_kept(self) -> None:
        modular("modernbert", self.source)
        edit(self.source / "sentence_bert_config.json", lambda config: config.update(max_seq_length=32))
        self.accepts()
        config = json.loads((self.target / "tokenizer_config.json").read_text())
        self.assertEqual(config["model_max_length"], 32)

    def test_accepts_missing_weights_that_are_not_used(self) -> None:
        modular("bert", self.source)
        edit_weights(
            self.source / "model.safetensors",
            lambda weights: [weights.pop(key) for key in list(weights) if "pooler" in key],
        )
        self.accepts()

    def test_refuses_an_encoder_without_head(self) -> None:
        config = AutoConfig.from_pretrained(MODELS / "modernbert", num_labels=1)
        AutoModel.from_config(config).save_pretrained(self.source)
        copy_tokenizer("modernbert", self.source)
        self.refuses(1, "classifier.weight", "would be random")

    def test_refuses_missing_weights_of_a_layer(self) -> None:
        plain("bert", self.source)
        edit_weights(
            self.source / "model.safetensors",
            lambda weights: weights.pop("bert.encoder.layer.1.output.dense.weight"),
        )
        self.refuses(1, "bert.encoder.layer.1.output.dense.weight")

    def test_refuses_weights_of_another_shape(self) -> None:
        plain("bert", self.source)
        edit(self.source / "config.json", lambda config: config.update(intermediate_size=20))
        self.refuses(1, "shape is not that of config.json", "intermediate.dense.weight")

    def test_refuses_missing_head_modules(self) -> None:
        modular("modernbert", self.source)
        edit_weights(self.source / "3_Dense/model.safetensors", lambda weights: weights.clear())
        self.refuses(1, "linear.weight")

    def test_refuses_weights_that_are_not_finite(self) -> None:
        modular("modernbert", self.source)
        edit_weights(
            self.source / "4_LayerNorm/model.safetensors",
            lambda weights: weights["norm.bias"].fill_(float("nan")),
        )
        self.refuses(1, "4.norm.bias", "not finite")

    def test_refuses_modules_without_their_settings(self) -> None:
        modular("modernbert", self.source)
        (self.source / "config_sentence_transformers.json").unlink()
        self.refuses(2, "config_sentence_transformers.json is missing")

    def test_refuses_a_bi_encoder(self) -> None:
        modular("modernbert", self.source)
        edit(self.source / "config_sentence_transformers.json", lambda config: config.pop("model_type"))
        self.refuses(3, "model_type SentenceTransformer")

    def test_refuses_files_that_are_damaged(self) -> None:
        modular("modernbert", self.source)
        for name, status in (
            ("model.safetensors", 1), ("3_Dense/model.safetensors", 1), ("modules.json", 2), ("config.json", 2),
            ("3_Dense/config.json", 2), ("config_sentence_transformers.json", 2),
        ):  # fmt: skip
            with self.subTest(name):
                file = self.source / name
                whole = file.read_bytes()
                file.write_bytes(whole[: len(whole) // 2])
                self.refuses(status, name)
                file.write_bytes(whole)

    def test_refuses_an_invalid_list_of_modules(self) -> None:
        modular("modernbert", self.source)
        for text in ("{}", "[]", "[1]", '[{"name": "0", "path": "..", "type": "sentence_transformers.models.Transformer"}]'):
            with self.subTest(text):
                (self.source / "modules.json").write_text(text)
                self.refuses(2, "modules.json")

    def test_refuses_unknown_modules(self) -> None:
        modular("modernbert", self.source)
        edit(self.source / "modules.json", lambda modules: modules[4].update(type="sentence_transformers.models.CNN"))
        self.refuses(3, "sentence_transformers.models.CNN")

    def test_refuses_an_activation_that_the_library_would_replace(self) -> None:
        modular("modernbert", self.source)
        edit(self.source / "3_Dense/config.json", lambda config: config.update(activation_function="mine.Swish"))
        self.refuses(3, "mine.Swish")

    def test_refuses_another_activation_of_the_score(self) -> None:
        modular("modernbert", self.source, activation=nn.Tanh())
        self.refuses(3, "Tanh")

    def prompt(self) -> None:
        edit(
            self.source / "config_sentence_transformers.json",
            lambda config: config.update(prompts={"query": "search: "}, default_prompt_name="query"),
        )

    def test_the_default_prompt_is_written_as_a_template(self) -> None:
        modular("modernbert", self.source)
        self.prompt()
        self.accepts()
        template = json.loads((self.target / "template.json").read_text())
        self.assertEqual({"prefix": "search: "}, template)

    def test_refuses_a_prompt_that_the_pooling_leaves_out(self) -> None:
        modular("modernbert", self.source)
        self.prompt()
        edit(self.source / "1_Pooling/config.json", lambda config: config.update(include_prompt=False))
        self.refuses(3, "include_prompt")

    def test_a_decoder_with_a_template(self) -> None:
        self.source.mkdir()
        config = AutoConfig.from_pretrained(MODELS / "qwen3")
        AutoModelForSequenceClassification.from_config(config).save_pretrained(self.source)
        copy_tokenizer("qwen3", self.source)
        (self.source / "chat_template.jinja").write_text("{{ messages[0].content }}")
        self.refuses(1, "chat")
        self.accepts("--template", str(MODELS / "qwen3/template.json"))
        template = json.loads((self.target / "template.json").read_text())
        self.assertEqual(json.loads((MODELS / "qwen3/template.json").read_text()), template)

    def test_refuses_three_labels(self) -> None:
        self.source.mkdir()
        config = AutoConfig.from_pretrained(MODELS / "bert", num_labels=3)
        AutoModelForSequenceClassification.from_config(config).save_pretrained(self.source)
        copy_tokenizer("bert", self.source)
        self.refuses(3, "3 labels")

    def test_refuses_models_with_code_of_their_own(self) -> None:
        plain("bert", self.source)
        edit(self.source / "config.json", lambda config: config.update(auto_map={"AutoConfig": "code.Config"}))
        self.refuses(3, "auto_map")

    def test_refuses_a_source_without_tokenizer(self) -> None:
        plain("bert", self.source)
        (self.source / "tokenizer.json").unlink()
        self.refuses(2, "tokenizer.json is missing")

    def test_refuses_a_source_without_weights(self) -> None:
        plain("bert", self.source)
        (self.source / "model.safetensors").unlink()
        self.refuses(2, "model.safetensors")

    def test_refuses_a_tokenizer_that_is_not_the_one_of_the_model(self) -> None:
        plain("bert", self.source)
        edit(
            self.source / "tokenizer.json",
            lambda json: json["post_processor"]["pair"].insert(0, json["post_processor"]["pair"][-1]),
        )
        edit(self.source / "tokenizer_config.json", lambda config: config.update(tokenizer_class="BertTokenizer"))
        self.refuses(1, "other tokens")

    def test_leaves_an_existing_directory_alone(self) -> None:
        plain("bert", self.source)
        self.target.mkdir(parents=True)
        status, printed = export(self.source, self.target)
        self.assertEqual(status, 2)
        self.assertIn("exists", printed)

    def test_graph_that_differs_is_not_written(self) -> None:
        plain("bert", self.source)
        status, printed = export(self.source, self.target, "--tolerance", "0")
        self.assertEqual(status, 1)
        self.assertIn("differ from those of sentence-transformers", printed)
        self.assertFalse(self.target.exists())


if __name__ == "__main__":
    unittest.main()
