// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.evaluation.measures;

/** What is measured of a ranking; 0 to 1, more is better. Names and meaning are trec_eval's. */
public enum Measure {
  /** Discounted gain of the first k over the highest there could be: {@code ndcg_cut}. */
  NDCG("nDCG", true),
  /**
   * nDCG of the ranking without what nobody judged: Sakai's condensed list ("Alternatives to
   * bpref", SIGIR 2007), {@code trec_eval -J}.
   */
  CONDENSED_NDCG("nDCG'", true),
  /**
   * How far judged relevant documents stand before judged others: Buckley and Voorhees ("Retrieval
   * evaluation with incomplete information", SIGIR 2004), {@code bpref}.
   */
  BPREF("bpref", false),
  /** One over the rank of the first relevant document, of all that came: {@code recip_rank}. */
  MRR("MRR", false),
  /** Share of relevant documents among k: {@code P}. */
  PRECISION("P", true),
  /** Share of the relevant documents that is among the first k: {@code recall}. */
  RECALL("recall", true),
  /** Share of the first k that somebody judged; trec_eval has none. What is not counts as 0. */
  JUDGED("judged", true);

  private final String name;
  private final boolean cut;

  Measure(String name, boolean cut) {
    this.name = name;
    this.cut = cut;
  }

  /** As nDCG@10. */
  public String label(int k) {
    return cut ? name + "@" + k : name;
  }
}
