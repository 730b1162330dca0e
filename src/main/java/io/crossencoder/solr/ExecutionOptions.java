// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr;

import io.crossencoder.model.Execution;
import io.crossencoder.model.ExecutionProvider;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The options of a model that say how it is computed. */
final class ExecutionOptions {

  static final String PROVIDER = "executionProvider";
  static final String DEVICE_ID = "deviceId";
  static final String FALLBACK = "executionProviderFallback";
  static final String BATCH_CELLS = "batchCells";
  static final Set<String> KEYS = Set.of(PROVIDER, DEVICE_ID, FALLBACK, BATCH_CELLS);

  private ExecutionOptions() {}

  /**
   * Reads and checks them.
   *
   * @throws IllegalArgumentException naming the option and what is allowed
   */
  static Execution parse(String model, Map<String, ?> options) {
    Execution standard = Execution.DEFAULT;
    Object name = options.get(PROVIDER);
    ExecutionProvider provider =
        name == null ? standard.provider() : provider(model + "." + PROVIDER, name.toString());
    Object device = options.get(DEVICE_ID);
    if (device != null && !provider.hasDevices()) {
      throw new IllegalArgumentException(
          model + "." + DEVICE_ID + " makes no sense with executionProvider=" + provider.id());
    }
    Object cells = options.get(BATCH_CELLS);
    return new Execution(
        provider,
        device == null
            ? standard.deviceId()
            : ModelEntry.wholeNumber(model + "." + DEVICE_ID, 0, device),
        trueOrFalse(model + "." + FALLBACK, options.get(FALLBACK)),
        cells == null
            ? standard.batchCells()
            : ModelEntry.wholeNumber(model + "." + BATCH_CELLS, cells));
  }

  private static ExecutionProvider provider(String what, String name) {
    return ExecutionProvider.of(name)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    what
                        + " is one of "
                        + String.join(", ", ExecutionProvider.ids())
                        + ", not '"
                        + ModelEntry.shown(name)
                        + "'"));
  }

  private static boolean trueOrFalse(String what, Object value) {
    String text = value == null ? "false" : value.toString();
    if (!text.equals("true") && !text.equals("false")) {
      throw new IllegalArgumentException(
          what + " must be true or false, not '" + ModelEntry.shown(text) + "'");
    }
    return text.equals("true");
  }

  /** What differs from the defaults, as {@link #parse} reads it. */
  static Map<String, Object> toMap(Execution execution) {
    Execution standard = Execution.DEFAULT;
    Map<String, Object> map = new LinkedHashMap<>();
    if (execution.provider() != standard.provider()) {
      map.put(PROVIDER, execution.provider().id());
    }
    if (execution.deviceId() != standard.deviceId()) {
      map.put(DEVICE_ID, execution.deviceId());
    }
    if (execution.fallback() != standard.fallback()) {
      map.put(FALLBACK, execution.fallback());
    }
    if (execution.batchCells() != standard.batchCells()) {
      map.put(BATCH_CELLS, execution.batchCells());
    }
    return map;
  }
}
