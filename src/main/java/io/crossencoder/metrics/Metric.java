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
 * @param name as Prometheus has them, without a prefix: in base units, counters end in {@code
 *     _total}
 * @param kind determines the type of its value
 * @param labels {@code core}, {@code model}, {@code outcome} and their values
 * @param help description in one line
 * @param value present value: a {@link Long}, for {@link Kind#DURATIONS} a {@link
 *     Durations.Summary}, for {@link Kind#INFO} a list of maps, name to text
 */
public record Metric(
    String name, Kind kind, SortedMap<String, String> labels, String help, Supplier<?> value) {

  /** What sort of number it is. */
  public enum Kind {
    /** Only grows, until the node restarts. */
    COUNTER,
    /** Goes up and down. */
    GAUGE,
    /** How long something took. */
    DURATIONS,
    /** No number at all: texts that describe what others are numbers of. */
    INFO
  }

  /**
   * How often something happened.
   *
   * @param name ends in {@code _total}
   * @param labels copied; may be empty
   * @param help one line
   * @param value asked at every reading, on any thread; never goes down
   * @return a {@link Kind#COUNTER}
   */
  public static Metric counter(
      String name, Map<String, String> labels, String help, LongSupplier value) {
    return new Metric(name, Kind.COUNTER, new TreeMap<>(labels), help, value::getAsLong);
  }

  /**
   * How much there is of something.
   *
   * @param name in base units
   * @param labels copied; may be empty
   * @param help one line
   * @param value asked at every reading, on any thread
   * @return a {@link Kind#GAUGE}
   */
  public static Metric gauge(
      String name, Map<String, String> labels, String help, LongSupplier value) {
    return new Metric(name, Kind.GAUGE, new TreeMap<>(labels), help, value::getAsLong);
  }

  /**
   * How long something took.
   *
   * @param name ends in {@code _seconds}
   * @param labels copied; may be empty
   * @param help one line
   * @param durations what is recorded
   * @return a {@link Kind#DURATIONS}
   */
  public static Metric durations(
      String name, Map<String, String> labels, String help, Durations durations) {
    return new Metric(name, Kind.DURATIONS, new TreeMap<>(labels), help, durations);
  }

  /**
   * What there is; several, if there are several of the same labels.
   *
   * @param name ends in {@code _info}
   * @param labels copied; may be empty
   * @param help one line
   * @param texts asked at every reading, on any thread
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
