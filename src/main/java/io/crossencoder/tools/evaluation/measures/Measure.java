// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.evaluation.measures;

/**
 * Measures of a ranking, from 0 to 1; higher is better. Names and definitions are those of
 * trec_eval.
 */
public enum Measure {
  /** Discounted gain of the first k, relative to the highest possible one: {@code ndcg_cut}. */
  NDCG("nDCG", true),
  /**
   * nDCG of the ranking without unjudged documents: Sakai's condensed list ("Alternatives to
   * bpref", SIGIR 2007), {@code trec_eval -J}.
   */
  CONDENSED_NDCG("nDCG'", true),
  /**
   * Preference of judged relevant documents over judged non-relevant documents: Buckley and
   * Voorhees ("Retrieval evaluation with incomplete information", SIGIR 2004), {@code bpref}.
   */
  BPREF("bpref", false),
  /** Reciprocal rank of the first relevant document in the whole ranking: {@code recip_rank}. */
  MRR("MRR", false),
  /** Share of relevant documents among the first k: {@code P}. */
  PRECISION("P", true),
  /** Share of all relevant documents that are among the first k: {@code recall}. */
  RECALL("recall", true),
  /**
   * Share of judged documents among the first k; not in trec_eval. Missing documents count as
   * unjudged.
   */
  JUDGED("judged", true);

  private final String name;
  private final boolean cut;

  Measure(String name, boolean cut) {
    this.name = name;
    this.cut = cut;
  }

  /** The name with the cutoff, such as nDCG@10. */
  public String label(int k) {
    return cut ? name + "@" + k : name;
  }
}
