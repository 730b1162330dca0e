// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.models;

import io.crossencoder.model.Execution;
import io.crossencoder.model.ExecutionProvider;
import io.crossencoder.solr.options.Option;
import io.crossencoder.solr.options.Values;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The options of a model that determine how it is run. */
final class ExecutionOptions {

  private static final Option<ExecutionProvider> PROVIDER =
      new Option<>(
          "executionProvider",
          Values.oneOf(List.of(ExecutionProvider.values()), ExecutionProvider::id),
          Execution.DEFAULT.provider(),
          "[Execution provider](custom-models.md#execution-providers-and-gpus) that runs the model.");

  private static final Option<Integer> DEVICE_ID =
      new Option<>(
          "deviceId",
          Values.wholeNumber(0, Integer.MAX_VALUE),
          Execution.DEFAULT.deviceId(),
          "Device of the execution provider, if it has several.");

  private static final Option<Boolean> FALLBACK =
      new Option<>(
          "executionProviderFallback",
          Values.FLAG,
          Execution.DEFAULT.fallback(),
          "If the execution provider cannot run the model, run it on the CPU instead of failing.");

  private static final Option<Integer> BATCH_CELLS =
      new Option<>(
          "batchCells",
          Values.wholeNumber(1, Integer.MAX_VALUE),
          Execution.DEFAULT.batchCells(),
          "Maximum number of tokens per batch, with padding. The default is for CPUs; use more on a GPU.");

  /** All options in the order of the reference. */
  static final List<Option<?>> OPTIONS = List.of(BATCH_CELLS, PROVIDER, DEVICE_ID, FALLBACK);

  private ExecutionOptions() {}

  /**
   * Parses and checks the options.
   *
   * @throws IllegalArgumentException with the option and the valid values
   */
  static Execution parse(String owner, Map<String, ?> options) {
    Execution standard = Execution.DEFAULT;
    ExecutionProvider provider = PROVIDER.in(owner, options).orElse(standard.provider());
    if (options.get(DEVICE_ID.key()) != null && !provider.hasDevices()) {
      throw new IllegalArgumentException(
          owner + DEVICE_ID.key() + " is not supported by executionProvider=" + provider.id());
    }
    return new Execution(
        provider,
        DEVICE_ID.in(owner, options).orElse(standard.deviceId()),
        FALLBACK.in(owner, options).orElse(standard.fallback()),
        BATCH_CELLS.in(owner, options).orElse(standard.batchCells()));
  }

  /** The options that differ from the defaults, as input of {@link #parse}. */
  static Map<String, Object> toMap(Execution execution) {
    Execution standard = Execution.DEFAULT;
    Map<String, Object> map = new LinkedHashMap<>();
    if (execution.provider() != standard.provider()) {
      map.put(PROVIDER.key(), execution.provider().id());
    }
    if (execution.deviceId() != standard.deviceId()) {
      map.put(DEVICE_ID.key(), execution.deviceId());
    }
    if (execution.fallback() != standard.fallback()) {
      map.put(FALLBACK.key(), execution.fallback());
    }
    if (execution.batchCells() != standard.batchCells()) {
      map.put(BATCH_CELLS.key(), execution.batchCells());
    }
    return map;
  }
}
