"""Tests of the warm-up's training data, with a tiny embedding model with random weights; run by .ci/export.

    target/export-venv/bin/python -B scripts/finetune/test_warm_up.py

SPDX-License-Identifier: Apache-2.0
"""

from __future__ import annotations

import shutil
import tempfile
import unittest
from pathlib import Path

import numpy as np
import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.base.modules import Transformer
from sentence_transformers.sentence_transformer.modules import Pooling
from transformers import AutoConfig, AutoModel

import warm_up
from questions import Candidate, Data, Question

BERT = Path(__file__).resolve().parents[2] / "src/test/resources/models/bert"
SIZE, LENGTH = 6, 64


def embedding_model(to: Path) -> Path:
    torch.manual_seed(3)
    config = AutoConfig.from_pretrained(BERT)
    bare = to.with_name("bare")
    AutoModel.from_config(config).save_pretrained(bare)
    for name in ("tokenizer.json", "tokenizer_config.json"):
        shutil.copyfile(BERT / name, bare / name)
    model = SentenceTransformer(modules=[Transformer(str(bare)), Pooling(config.hidden_size, pooling_mode="mean")], device="cpu")
    model.save_pretrained(str(to), create_model_card=False)
    return to


class WarmUpTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        cls.folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.folder.cleanup)
        cls.model = embedding_model(Path(cls.folder.name, "embedding"))
        cls.data = Data(["text"], {f"{n}-{rank}": f"film {n} about the war of {rank} cities" for n in range(8) for rank in range(12)})
        cls.questions = [
            Question(str(n), f"war {n}", [
                *(Candidate(f"{n}-{rank}", rank, None) for rank in range(1, 11)), Candidate(f"{n}-0", None, 1.0), Candidate(f"{n}-11", None, 1.0)
            ])
            for n in range(8)
        ]

    def lists(self, count: int = 20, seed: int = 1, questions: list[Question] | None = None, data: Data | None = None) -> list[dict]:
        return warm_up.lists(self.model, questions or self.questions, data or self.data, SIZE, count, LENGTH, seed)

    def test_only_a_model_with_pooling_has_embeddings(self) -> None:
        self.assertTrue(warm_up.is_embedding_model(self.model))
        self.assertFalse(warm_up.is_embedding_model(BERT))

    def test_each_list_has_a_relevant_document_others_of_the_query_and_random_ones(self) -> None:
        rows = self.lists()
        self.assertEqual(20, len(rows))
        identifiers = {text: identifier for identifier, text in self.data.passages.items()}
        for row in rows:
            found = [identifiers[text] for text in row["docs"]]
            self.assertEqual(SIZE, len(set(found)))
            number = row["query"].removeprefix("war ")
            self.assertIn(found[0], (f"{number}-0", f"{number}-11"))
            self.assertTrue(all(identifier.startswith(f"{number}-") for identifier in found[: SIZE // 2]))
        self.assertEqual({question.query for question in self.questions}, {row["query"] for row in rows})

    def test_labels_are_the_scaled_cosines_of_the_embeddings(self) -> None:
        rows = self.lists()
        labels = np.concatenate([row["labels"] for row in rows])
        self.assertAlmostEqual(0.0, labels.mean(), places=5)
        self.assertAlmostEqual(warm_up.LABEL_DEVIATION, labels.std(), places=5)
        teacher = SentenceTransformer(str(self.model), device="cpu")
        cosines = np.concatenate([
            teacher.similarity(teacher.encode(row["query"]), teacher.encode(row["docs"])).numpy()[0] for row in rows
        ])
        np.testing.assert_allclose(labels, warm_up.LABEL_DEVIATION * (cosines - cosines.mean()) / cosines.std(), atol=1e-2)

    def test_lists_depend_on_the_seed_only(self) -> None:
        self.assertEqual(self.lists(seed=7), self.lists(seed=7))
        self.assertNotEqual(self.lists(seed=7), self.lists(seed=8))

    def test_fewer_passages_than_a_list_has_documents(self) -> None:
        alone = [Question("1", "war", [Candidate("0-0", 1, 1.0)])]
        rows = self.lists(count=3, questions=alone)
        self.assertEqual([[self.data.passages["0-0"]]] * 3, [row["docs"] for row in rows])
        self.assertEqual([[0.0]] * 3, [row["labels"] for row in rows], "equal cosines say nothing, and are no NaN")


if __name__ == "__main__":
    torch.set_num_threads(1)
    unittest.main()
