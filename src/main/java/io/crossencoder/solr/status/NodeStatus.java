// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.status;

import io.crossencoder.engine.EngineVersions;
import io.crossencoder.engine.LoadedModel;
import io.crossencoder.engine.ModelRegistry;
import io.crossencoder.metrics.Metric;
import io.crossencoder.solr.metrics.FailureLog;
import io.crossencoder.solr.metrics.FailureLog.Failure;
import io.crossencoder.solr.metrics.MetricValues;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.lucene.util.Version;
import org.apache.solr.common.util.SimpleOrderedMap;
import org.apache.solr.core.SolrCore;

/** The sections of a response of {@link StatusHandler}. */
final class NodeStatus {

  private NodeStatus() {}

  /** Versions of all components that can influence a score or a crash. */
  static SimpleOrderedMap<Object> versions() {
    SimpleOrderedMap<Object> versions = new SimpleOrderedMap<>();
    versions.add("plugin", version(NodeStatus.class));
    EngineVersions engine = EngineVersions.current();
    versions.add("onnxruntime", engine.onnxRuntime().orElse("unknown"));
    versions.add("tokenizers", engine.tokenizers().orElse("unknown"));
    versions.add("solr", version(SolrCore.class));
    versions.add("lucene", Version.LATEST.toString());
    versions.add("java", Runtime.version().toString());
    versions.add("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    versions.add("processor", engine.processor());
    return versions;
  }

  /** The version in the manifest of the class's JAR. */
  private static String version(Class<?> type) {
    return Optional.ofNullable(type.getPackage().getImplementationVersion()).orElse("unknown");
  }

  /** The loaded models. */
  static List<SimpleOrderedMap<Object>> models(ModelRegistry registry, long workers) {
    return registry.status().stream().map(one -> model(one, workers)).toList();
  }

  private static SimpleOrderedMap<Object> model(ModelRegistry.Status status, long workers) {
    LoadedModel model = status.model();
    SimpleOrderedMap<Object> out = new SimpleOrderedMap<>();
    out.add("name", model.spec().name());
    out.add("file", model.spec().file());
    out.add("fingerprint", model.spec().fingerprint());
    out.add("bytes", model.spec().bytes());
    out.add("maxLength", model.spec().maxLength());
    out.add("modelMaxLength", model.spec().input().ownMaxLength());
    out.add("activation", model.spec().activation().name().toLowerCase(Locale.ROOT));
    out.add("executionProvider", model.spec().executionProvider());
    out.add(
        "batching",
        model
            .spec()
            .alone()
            .map(why -> "one pair per run: " + why)
            .orElse("up to " + model.spec().batchCells() + " tokens per run"));
    out.add("loaded", model.since().toString());
    out.add("loadMs", model.loading().toMillis());
    out.add("users", status.users());
    if (status.cellsPerSecond() > 0) {
      out.add("tokensPerSecond", Math.round(status.cellsPerSecond() * workers));
    }
    return out;
  }

  /** All metrics: of the node, its models and its cores. */
  static SimpleOrderedMap<Object> metrics(List<Metric> metrics) {
    SimpleOrderedMap<Object> all = new SimpleOrderedMap<>();
    for (Metric metric : metrics) {
      Map<String, String> labels = metric.labels();
      SimpleOrderedMap<Object> at = group(all, labels);
      if (labels.containsKey("outcome")) {
        child(at, metric.name()).add(labels.get("outcome"), MetricValues.of(metric));
      } else {
        at.add(metric.name(), MetricValues.of(metric));
      }
    }
    return all;
  }

  private static SimpleOrderedMap<Object> group(
      SimpleOrderedMap<Object> all, Map<String, String> labels) {
    String core = labels.get("core");
    String model = labels.get("model");
    if (core != null) {
      return child(child(child(all, "cores"), core), model);
    }
    return model != null ? child(child(all, "models"), model) : child(all, "node");
  }

  @SuppressWarnings("unchecked") // Only maps are stored here.
  private static SimpleOrderedMap<Object> child(SimpleOrderedMap<Object> parent, String name) {
    if (parent.get(name) == null) {
      parent.add(name, new SimpleOrderedMap<>());
    }
    return (SimpleOrderedMap<Object>) parent.get(name);
  }

  /** The recent failures, the newest last. */
  static List<SimpleOrderedMap<Object>> failures(FailureLog log) {
    return log.failures().stream().map(NodeStatus::failure).toList();
  }

  private static SimpleOrderedMap<Object> failure(Failure failure) {
    SimpleOrderedMap<Object> out = new SimpleOrderedMap<>();
    out.add("what", failure.what());
    out.add("error", failure.error());
    out.add("count", failure.count());
    out.add("first", failure.first().toString());
    out.add("last", failure.last().toString());
    return out;
  }

  /** The result of a self-test. */
  static SimpleOrderedMap<Object> selfTest(SelfTest test) {
    SimpleOrderedMap<Object> out = new SimpleOrderedMap<>();
    out.add("model", test.model());
    out.add("result", test.verdict().name().toLowerCase(Locale.ROOT));
    test.difference().ifPresent(difference -> out.add("worstDifference", difference));
    out.add("ms", test.millis());
    test.message().ifPresent(message -> out.add("message", message));
    return out;
  }
}
