// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.metrics;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * A metric of the engine, for all outputs: Solr's metrics, Prometheus, JMX, the status handler. The
 * value is computed when it is read.
 *
 * @param name in Prometheus style, without a prefix: base units; counters end in {@code _total}
 * @param kind determines the type of the value
 * @param labels {@code core}, {@code model}, {@code outcome} and their values
 * @param help description in one line
 * @param value current value: a {@link Long}; for {@link Kind#DURATIONS} a {@link
 *     Durations.Summary}; for {@link Kind#INFO} a list of maps from name to text
 */
public record Metric(
    String name, Kind kind, SortedMap<String, String> labels, String help, Supplier<?> value) {

  /** The kind of a metric. */
  public enum Kind {
    /** Increases until the node restarts. */
    COUNTER,
    /** Increases and decreases. */
    GAUGE,
    /** A histogram of durations. */
    DURATIONS,
    /** Texts without a number, which describe other metrics. */
    INFO
  }

  /**
   * A counter.
   *
   * @param name ends in {@code _total}
   * @param labels copied; can be empty
   * @param help description in one line
   * @param value called at every reading, on any thread; never decreases
   * @return a {@link Kind#COUNTER}
   */
  public static Metric counter(
      String name, Map<String, String> labels, String help, LongSupplier value) {
    return new Metric(name, Kind.COUNTER, new TreeMap<>(labels), help, value::getAsLong);
  }

  /**
   * A gauge.
   *
   * @param name in base units
   * @param labels copied; can be empty
   * @param help description in one line
   * @param value called at every reading, on any thread
   * @return a {@link Kind#GAUGE}
   */
  public static Metric gauge(
      String name, Map<String, String> labels, String help, LongSupplier value) {
    return new Metric(name, Kind.GAUGE, new TreeMap<>(labels), help, value::getAsLong);
  }

  /**
   * A histogram of durations.
   *
   * @param name ends in {@code _seconds}
   * @param labels copied; can be empty
   * @param help description in one line
   * @param durations the histogram
   * @return a {@link Kind#DURATIONS}
   */
  public static Metric durations(
      String name, Map<String, String> labels, String help, Durations durations) {
    return new Metric(name, Kind.DURATIONS, new TreeMap<>(labels), help, durations);
  }

  /**
   * Texts, one map for each object with these labels.
   *
   * @param name ends in {@code _info}
   * @param labels copied; can be empty
   * @param help description in one line
   * @param texts called at every reading, on any thread
   * @return a {@link Kind#INFO}
   */
  public static Metric info(
      String name,
      Map<String, String> labels,
      String help,
      Supplier<List<Map<String, String>>> texts) {
    return new Metric(name, Kind.INFO, new TreeMap<>(labels), help, texts);
  }
}
