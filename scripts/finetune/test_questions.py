"""Tests of the training data; no model is needed: ``python3 scripts/finetune/test_questions.py``.

SPDX-License-Identifier: Apache-2.0
"""

from __future__ import annotations

import json
import tempfile
import unittest
from pathlib import Path

import questions
from questions import Candidate, Question


def make_question(number: int, text: str | None = None) -> Question:
    """The first document is judged relevant, the second not relevant, the others are unjudged. One relevant document was not found."""
    hits = [Candidate(f"{number}-{rank}", rank, {1: 1.0, 2: 0.0}.get(rank)) for rank in range(1, 31)]
    return Question(str(number), text or f"query {number}", [*hits, Candidate(f"{number}-missed", None, 0.5)])


class SplitTest(unittest.TestCase):
    def test_no_query_is_in_two_parts(self) -> None:
        parts = questions.split([make_question(n) for n in range(100)], 100, 1)
        ids = [q.id for part in (parts.train, parts.validation, parts.test) for q in part]
        self.assertEqual(100, len(set(ids)))
        self.assertEqual((70, 10, 20), (len(parts.train), len(parts.validation), len(parts.test)))

    def test_parts_depend_on_the_seed_and_not_on_the_order_of_queries(self) -> None:
        all_questions = [make_question(n) for n in range(60)]
        one, other = questions.split(all_questions, 9, 7), questions.split(all_questions[::-1], 9, 7)
        self.assertEqual([q.id for q in one.test], [q.id for q in other.test])
        self.assertEqual(9, len(one.test))
        self.assertNotEqual([q.id for q in one.test], [q.id for q in questions.split(all_questions, 9, 8).test])

    def test_queries_with_the_same_words_are_in_the_same_part(self) -> None:
        pairs = [make_question(2 * n + turn, f"war{n} film" if turn else f"Film WAR{n}") for n in range(30) for turn in (0, 1)]
        parts = questions.split(pairs, 100, 3)
        train = {frozenset(q.query.lower().split()) for q in parts.train}
        self.assertFalse(train & {frozenset(q.query.lower().split()) for q in parts.test})

    def test_too_few_queries_are_rejected_and_few_cause_a_warning(self) -> None:
        with self.assertRaisesRegex(ValueError, "5 queries .* too few"):
            questions.split([make_question(n) for n in range(5)], 100, 1)
        self.assertIn("only 35 queries with 70 relevant", questions.warning(questions.split([make_question(n) for n in range(50)], 100, 1)))


class ShortenedTest(unittest.TestCase):
    def test_relevant_candidates_are_last_so_that_equal_scores_gain_nothing(self) -> None:
        candidates = questions.shortened(make_question(1)).first_pass()
        self.assertEqual(questions.VALIDATION_CANDIDATES, len(candidates))
        self.assertEqual({"1-1", "1-missed"}, {candidate.id for candidate in candidates[-2:]})


class ListsTest(unittest.TestCase):
    def rows(self, seed: int = 1) -> list[dict]:
        all_ids = [f"{n}-{rank}" for n in range(40) for rank in range(1, 31)]
        return list(questions.lists([make_question(n) for n in range(40)], all_ids, 6, 4, seed))

    def test_a_list_contains_relevant_hard_and_random_documents(self) -> None:
        for row in self.rows():
            number = row["query"].removeprefix("query ")
            self.assertEqual(6, len(set(row["docs"])))
            label = dict(zip(row["docs"], row["labels"], strict=True))
            self.assertEqual({1.0, 0.5}, {value for value in label.values() if value})
            self.assertIn(f"{number}-2", row["docs"])
            self.assertTrue([d for d in row["docs"] if not d.startswith(f"{number}-")], "random ones")

    def test_unjudged_documents_near_the_top_are_never_negatives(self) -> None:
        for row in self.rows():
            number = row["query"].removeprefix("query ")
            top_ids = {f"{number}-{rank}" for rank in range(3, questions.LIKELY_RELEVANT_RANKS + 1)}
            self.assertFalse(top_ids & set(row["docs"]))

    def test_deterministic_by_seed(self) -> None:
        self.assertEqual(self.rows(), self.rows())
        self.assertNotEqual(self.rows(), self.rows(2))


class ReadTest(unittest.TestCase):
    def read(self, *rows: dict, clicks: bool = False) -> questions.Data:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder, "data.jsonl")
            file.write_text("".join(json.dumps(row) + "\n" for row in ({"fields": ["title"]}, *rows)), encoding="utf-8")
            return questions.read(file, clicks)

    def labels(self, *grades: float, clicks: bool = False) -> list[list[float]]:
        rows = [{"query": "1", "text": "a", "candidates": [{"id": str(g), "rank": None, "grade": g} for g in grades]}]
        rows.append({"query": "2", "text": "b", "candidates": [{"id": "x", "rank": 1, "grade": 1}]})
        return [[c.label for c in q.candidates] for q in self.read(*rows, clicks=clicks).questions]

    def test_grades_are_divided_by_the_highest_grade_of_all_queries(self) -> None:
        self.assertEqual([[1.0, 1 / 3, 0.0], [1 / 3]], self.labels(3, 1, -1))

    def test_clicks_are_divided_by_the_highest_weight_of_their_query(self) -> None:
        self.assertEqual([[1.0, 0.5], [1.0]], self.labels(4, 2, clicks=True))

    def test_data_without_a_positive_grade_is_rejected(self) -> None:
        with self.assertRaisesRegex(ValueError, "nothing to learn"):
            self.read({"query": "1", "text": "a", "candidates": [{"id": "x", "rank": 1, "grade": 0}]})


class ExcludeTest(unittest.TestCase):
    def test_queries_with_all_words_of_an_entry_are_excluded(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder, "topics.txt")
            file.write_text("# not these\nvietnam war, vietnam\nsnakes\n", encoding="utf-8")
            remaining = questions.exclude([make_question(n, t) for n, t in enumerate(("snake", "Vietnam", "war", "the sea"))], file)
        self.assertEqual(["war", "the sea"], [q.query for q in remaining])


if __name__ == "__main__":
    unittest.main()
