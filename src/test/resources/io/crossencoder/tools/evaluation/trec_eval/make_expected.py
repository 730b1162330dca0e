#!/usr/bin/env python3
"""Makes the judgments, the runs and what trec_eval says of them, for TrecEvalTest.

trec_eval 9.0.4 is in the jar uk.ac.gla.dcs.terrierteam:jtreceval:0.0.5 on Maven Central:

  mvn dependency:copy -Dartifact=uk.ac.gla.dcs.terrierteam:jtreceval:0.0.5 -DoutputDirectory=/tmp/jtreceval
  cd /tmp/jtreceval && unzip -o jtreceval-0.0.5.jar trec_eval-linux-amd64 && chmod +x trec_eval-linux-amd64
  ./make_expected.py /tmp/jtreceval/trec_eval-linux-amd64
"""
import pathlib
import random
import subprocess
import sys

HERE = pathlib.Path(__file__).parent
MEASURES = ["ndcg_cut.5,10", "recip_rank", "P.5,10", "recall.5,10", "bpref"]


def write(name, qrels, run, trec_eval):
    """qrels: {query: {doc: grade}}; run: {query: [(doc, score)]}."""
    (HERE / f"{name}.qrels").write_text(
        "".join(f"{q} 0 {d} {g}\n" for q, docs in qrels.items() for d, g in docs.items()))
    (HERE / f"{name}.run").write_text(
        "".join(f"{q} Q0 {d} {i + 1} {s} t\n" for q, hits in run.items() for i, (d, s) in enumerate(hits)))
    for level in (1, 2):
        command = [trec_eval, "-q", "-c", "-l", str(level)]
        for measure in MEASURES:
            command += ["-m", measure]
        out = subprocess.run(command + [HERE / f"{name}.qrels", HERE / f"{name}.run"],
                             check=True, capture_output=True, text=True).stdout
        (HERE / f"{name}.l{level}.expected").write_text(out)
    # Of the judged documents alone.
    out = subprocess.run([trec_eval, "-q", "-c", "-J", "-m", "ndcg_cut.5,10", HERE / f"{name}.qrels", HERE / f"{name}.run"],
                         check=True, capture_output=True, text=True).stdout
    (HERE / f"{name}.judged.expected").write_text(out)


def judged(rng, docs, most, highest):
    return {d: rng.choice(range(-1, highest + 1)) for d in rng.sample(docs, rng.randint(1, most))}


def main(trec_eval):
    rng = random.Random(2026)
    docs = [f"d{i:03d}" for i in range(150)]

    graded = {str(q): judged(rng, docs, 40, 3) for q in range(1, 26)}
    write("random", graded,
          {q: [(d, round(9.0 - i * 0.05, 4)) for i, d in enumerate(rng.sample(docs, 60))] for q in graded}, trec_eval)

    # Four scores for all: trec_eval then ranks by the id, the highest first.
    binary = {str(q): judged(rng, docs, 30, 1) for q in range(1, 11)}
    write("ties", binary,
          {q: sorted(((d, rng.choice([1.0, 2.0, 2.5, 3.0])) for d in rng.sample(docs, 30)), key=lambda h: -h[1])
           for q in binary}, trec_eval)

    # The same grades as exponential gains: 2^g - 1.
    write("exponential", {q: {d: 2 ** max(g, 0) - 1 for d, g in g3.items()} for q, g3 in graded.items()},
          {q: [(d, round(9.0 - i * 0.05, 4)) for i, d in enumerate(rng.sample(docs, 60))] for q in graded}, trec_eval)

    write("edges",
          {"none-relevant": {"a": 0, "b": 0}, "no-results": {"a": 1}, "one-result": {"a": 2, "b": 1},
           "all-unjudged": {"a": 1}, "last": {"z": 1}, "negative": {"a": -2, "b": 1}},
          {"none-relevant": [("a", 2.0), ("b", 1.0)], "one-result": [("b", 1.0)],
           "all-unjudged": [("x", 2.0), ("y", 1.0)],
           "last": [(f"u{i}", 50.0 - i) for i in range(30)] + [("z", 1.0)],
           "negative": [("a", 2.0), ("b", 1.0)]}, trec_eval)


if __name__ == "__main__":
    main(sys.argv[1])
