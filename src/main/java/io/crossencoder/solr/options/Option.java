// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.options;

import java.util.Collection;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.solr.common.params.SolrParams;

/**
 * Something that a request, solrconfig or the start of a node may say: the one place where it is
 * named, and the source of its line in a table of {@code docs/}.
 *
 * @param key as it is spelt
 * @param standard what holds where nobody says anything, in Markdown; empty if that is nothing
 * @param allowed what may be given, in Markdown
 * @param meaning what it does, in Markdown
 */
public record Option(String key, String standard, String allowed, String meaning) {

  /** The names of these, for checks and messages: sorted. */
  public static SortedSet<String> keys(Collection<Option> options) {
    return Collections.unmodifiableSortedSet(
        options.stream().map(Option::key).collect(Collectors.toCollection(TreeSet::new)));
  }

  /** Its value among others, null if there is none. */
  public String in(SolrParams params) {
    return params.get(key);
  }
}
