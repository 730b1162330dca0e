// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.fuzz;

import io.crossencoder.solr.fuzz.Part.Where;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.solr.common.params.ModifiableSolrParams;
import org.apache.solr.common.params.SolrParams;

/** A random request, with and without reranking. */
record FuzzRequest(List<Part> parts) {

  private static final Set<String> LIMITS = Set.of("timeAllowed", "cpuAllowed");

  /** With these parameters, the result depends on the time. */
  private static final Set<String> TIMED =
      Set.of("timeAllowed=0", "timeAllowed=1", "reRankTimeout=1");

  /** Local parameters that refer to a parameter of the request, or to none. */
  static final Set<String> REFERENCES = Set.of("$rt", "$nothing");

  SolrParams withoutRerank() {
    return request(false);
  }

  SolrParams withRerank() {
    return request(true);
  }

  /** All hits from the first one, with scores. */
  SolrParams allHits(boolean reranked, int howMany) {
    ModifiableSolrParams params = request(reranked);
    for (String name : List.of("start", "rows", "json.limit", "json.offset", "fl")) {
      params.remove(name);
    }
    params.set("rows", howMany);
    params.set("fl", "id,score,originalScore(),[elevated]");
    return params;
  }

  private ModifiableSolrParams request(boolean reranked) {
    ModifiableSolrParams params = new ModifiableSolrParams();
    for (Part part : parts) {
      boolean more = reranked && part.where() == Where.RERANKED_REQUEST;
      if (more || part.where() == Where.REQUEST) {
        params.add(part.name(), part.value());
      }
    }
    if (reranked) {
      params.set("rq", rankQuery());
    }
    return params;
  }

  private String rankQuery() {
    return parts.stream()
        .filter(part -> part.where() == Where.BRACES)
        .map(part -> " " + part.name() + "=" + quoted(part.value()))
        .collect(Collectors.joining("", "{!crossencoder", "}"));
  }

  private static String quoted(String value) {
    boolean plain = REFERENCES.contains(value) || value.matches("[\\w.-]+");
    return plain ? value : "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }

  /** The value in the request or in the local parameters. */
  Optional<String> value(String name) {
    return parts.stream().filter(part -> part.name().equals(name)).map(Part::value).findFirst();
  }

  /** The names of parameters of the plugin with invalid values. */
  List<String> wrong() {
    return parts.stream().filter(Part::wrong).map(Part::name).toList();
  }

  boolean isTimed() {
    return parts.stream().anyMatch(part -> TIMED.contains(part.name() + "=" + part.value()));
  }

  /** Whether it sets one of Solr's limits, however large. */
  boolean isLimited() {
    return parts.stream().anyMatch(part -> LIMITS.contains(part.name()));
  }

  FuzzRequest without(Part dropped) {
    return new FuzzRequest(parts.stream().filter(part -> !part.equals(dropped)).toList());
  }

  /** The request for curl: one line per parameter, non-ASCII characters escaped. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    SolrParams all = withRerank();
    for (String name : (Iterable<String>) all::getParameterNamesIterator) {
      for (String value : all.getParams(name)) {
        text.append("  ").append(name).append('=');
        value.chars().forEach(c -> append(c, text));
        text.append('\n');
      }
    }
    return text.toString();
  }

  private static void append(int c, StringBuilder text) {
    if (c >= ' ' && c < 127) {
      text.append((char) c);
    } else {
      text.append("\\u").append(Integer.toHexString(0x10000 | c).substring(1));
    }
  }
}
