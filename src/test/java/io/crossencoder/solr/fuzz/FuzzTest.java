// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.fuzz;

import io.crossencoder.solr.FullConfigTestCase;
import io.crossencoder.solr.parameters.RerankParameter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.Test;

/**
 * Random requests with parameters of the plugin and of Solr. {@code -Dfuzz.requests=20000
 * -Dfuzz.seed=7} sends more and others, {@code -Dfuzz.from=123 -Dfuzz.requests=1} repeats one of
 * them.
 */
public class FuzzTest extends FullConfigTestCase {

  private static final int REQUESTS = Integer.getInteger("fuzz.requests", 200);
  private static final int FROM = Integer.getInteger("fuzz.from", 0);
  private static final int MOST_FAILURES = Integer.getInteger("fuzz.failures", 3);
  private static final long SEED = Long.getLong("fuzz.seed", 2026);

  /** Number of requests with a reranked response whose order could be compared. */
  private static int compared;

  /** A violated invariant and the reason. */
  private record Broken(String invariant, String why) {}

  @Test
  public void invariantsHold() {
    List<String> failures = new ArrayList<>();
    for (int index = FROM; index < FROM + REQUESTS && failures.size() < MOST_FAILURES; index++) {
      FuzzRequest request = RequestGenerator.request(SEED, index);
      Optional<Broken> broken = broken(request);
      if (broken.isPresent()) {
        failures.add(describe(index, request, broken.get()));
      }
    }
    assertTrue(String.join("\n", failures), failures.isEmpty());
    assertTrue(compared + " were reranked", REQUESTS < 100 || compared > REQUESTS / 3);
  }

  @Test
  public void allParametersAreTried() {
    assertEquals(
        RerankParameter.KEYS,
        RerankOptions.ALL.stream()
            .map(RerankOptions.Values::name)
            .collect(Collectors.toCollection(TreeSet::new)));
  }

  private static Optional<Broken> broken(FuzzRequest request) {
    try {
      Observation seen = Observation.of(request, solr.getSolrClient("tmdb"));
      compared += seen.reranked().isPresent() ? 1 : 0;
      for (Map.Entry<String, Consumer<Observation>> each : Invariants.ALL.entrySet()) {
        try {
          each.getValue().accept(seen);
        } catch (AssertionError e) {
          return Optional.of(new Broken(each.getKey(), e.getMessage()));
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String describe(int index, FuzzRequest request, Broken broken) {
    FuzzRequest smaller =
        Shrinker.shrink(
            request,
            other ->
                broken(other).filter(b -> b.invariant().equals(broken.invariant())).isPresent());
    return "-Dfuzz.seed="
        + SEED
        + " -Dfuzz.from="
        + index
        + " -Dfuzz.requests=1: not true that "
        + broken.invariant()
        + ":\n"
        + broken(smaller).orElse(broken).why()
        + "\nof the request\n"
        + smaller
        + "which was at first\n"
        + request;
  }
}
