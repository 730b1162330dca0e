// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.crossencoder.engine.ModelRegistry.Settings;
import io.crossencoder.metrics.Durations;
import io.crossencoder.metrics.Metric;
import io.crossencoder.metrics.MetricListener;
import io.crossencoder.model.CrossEncoder;
import io.crossencoder.model.Deadline;
import io.crossencoder.model.ModelOptions;
import io.crossencoder.model.Scores;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.After;
import org.junit.Test;

/** The events of the metric listener, with the bundled model. */
public class ModelMetricsTest {

  private static final String MODEL = "tmdb-starter";

  private final List<List<Metric>> groups = new ArrayList<>();
  private final ModelRegistry registry =
      new ModelRegistry(
          new Settings(2, 1000, 1 << 20),
          new MetricListener() {
            @Override
            public void added(List<Metric> metrics) {
              groups.add(metrics);
            }

            @Override
            public void removed(List<Metric> metrics) {
              assertTrue(groups.removeIf(group -> group == metrics));
            }
          });

  @After
  public void close() {
    registry.close();
  }

  private Object value(String name) {
    return groups.stream()
        .flatMap(List::stream)
        .filter(metric -> metric.name().equals(name))
        .findAny()
        .orElseThrow()
        .value()
        .get();
  }

  private long count(String name) {
    return ((Durations.Summary) value(name)).count();
  }

  @Test
  public void everyCallIsCounted() {
    CrossEncoder encoder = registry.open(TestModels.STARTER, ModelOptions.DEFAULTS);
    assertEquals("loading is no call", 0L, value("pairs_scored_total"));
    assertEquals(0, count("inference_seconds"));

    String longPassage = "a war that never ends ".repeat(500);
    Scores first = encoder.score("war", List.of("a", "b", longPassage), Deadline.NONE);
    Scores second = encoder.score("war", List.of("a", "c"), Deadline.NONE);

    assertEquals(4L, value("pairs_scored_total"));
    assertEquals(1L, value("pairs_cached_total"));
    assertEquals((long) first.work().tokens() + second.work().tokens(), value("tokens_total"));
    assertEquals(1L, value("truncated_total"));
    assertEquals(0L, value("run_failures_total"));
    assertEquals(first.work().batches() + second.work().batches(), count("inference_seconds"));
    assertEquals("once a call that runs", 2, count("queue_wait_seconds"));
    assertEquals(1L, value("score_cache_hits_total"));
    assertEquals(4L, value("score_cache_misses_total"));
    assertEquals(4L, value("score_cache_entries"));
  }

  @Test
  public void aCallThatTheCacheAnswersDoesNotWait() {
    CrossEncoder encoder = registry.open(TestModels.STARTER, ModelOptions.DEFAULTS);
    encoder.score("war", List.of("a"), Deadline.NONE);
    encoder.score("war", List.of("a"), Deadline.NONE);
    assertEquals(1, count("queue_wait_seconds"));
  }

  @Test
  public void scoringAnewLeavesTheCacheAlone() {
    registry.open(TestModels.STARTER, ModelOptions.DEFAULTS);
    CrossEncoder uncached = registry.openUncached().get(0);
    uncached.score("war", List.of("a"), Deadline.NONE);
    uncached.score("war", List.of("a"), Deadline.NONE);
    assertEquals(2L, value("pairs_scored_total"));
    assertEquals(0L, value("score_cache_entries"));
    assertEquals(0L, value("score_cache_misses_total"));
    uncached.close();
    assertEquals(1, registry.models().size());
  }

  @Test
  public void modelsOfOneNameShareTheirFigures() {
    CrossEncoder one = registry.open(TestModels.STARTER, ModelOptions.DEFAULTS);
    CrossEncoder other =
        registry.open(TestModels.STARTER, new ModelOptions(Optional.empty(), Optional.of(64)));
    one.score("war", List.of("a"), Deadline.NONE);
    other.score("war", List.of("a"), Deadline.NONE);
    assertEquals(2, groups.size());
    assertEquals(2L, value("models_loaded"));
    assertEquals(2L, value("pairs_scored_total"));
    assertEquals(2, ((List<?>) value("model_info")).size());
    one.close();
    assertEquals(2L, value("pairs_scored_total"));
    other.close();
    assertEquals("only the node's are left", 1, groups.size());
  }

  @Test
  public void aModelSaysWhatItIs() {
    CrossEncoder encoder = registry.open(TestModels.STARTER, ModelOptions.DEFAULTS);
    assertEquals(Map.of("model", MODEL), groups.get(1).get(0).labels());
    ModelRegistry.Status status = registry.status().get(0);
    assertEquals(encoder.spec(), status.model().spec());
    assertEquals("onnx/model.onnx", status.model().spec().file());
    assertEquals(encoder.spec().onnxFile().toFile().length(), status.model().spec().bytes());
    assertEquals(status.model().spec().bytes(), value("model_bytes"));
    assertEquals(1, status.users());
    assertTrue(status.cellsPerSecond() > 0);
  }

  @Test
  public void nothingIsLeftOfAClosedNodesModels() {
    registry.open(TestModels.STARTER, ModelOptions.DEFAULTS);
    registry.close();
    assertEquals(1, groups.size());
    assertEquals(0L, value("models_loaded"));
  }
}
