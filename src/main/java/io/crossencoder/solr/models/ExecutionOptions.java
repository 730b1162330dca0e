// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.models;

import io.crossencoder.model.Execution;
import io.crossencoder.model.ExecutionProvider;
import io.crossencoder.solr.options.Option;
import io.crossencoder.solr.options.ParameterValues;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The options of a model that say how it is computed. */
public final class ExecutionOptions {

  private static final Option PROVIDER =
      new Option(
          "executionProvider",
          "`" + Execution.DEFAULT.provider().id() + "`",
          "`" + String.join("`, `", ExecutionProvider.ids()) + "`",
          "What computes it: [other hardware](model-families.md#other-hardware).");

  private static final Option DEVICE_ID =
      new Option(
          "deviceId",
          "" + Execution.DEFAULT.deviceId(),
          "a whole number from 0",
          "Which device of the provider, if that has several.");

  private static final Option FALLBACK =
      new Option(
          "executionProviderFallback",
          "`" + Execution.DEFAULT.fallback() + "`",
          "`true`, `false`",
          "Where the provider cannot compute it, the CPU does, instead of an error.");

  private static final Option BATCH_CELLS =
      new Option(
          "batchCells",
          "" + Execution.DEFAULT.batchCells(),
          "a whole number from 1",
          "Tokens of a batch, padding included. The default is for CPUs; a GPU wants more.");

  public static final List<Option> OPTIONS = List.of(BATCH_CELLS, PROVIDER, DEVICE_ID, FALLBACK);

  private ExecutionOptions() {}

  /**
   * Reads and checks them.
   *
   * @throws IllegalArgumentException naming the option and what is allowed
   */
  static Execution parse(String model, Map<String, ?> options) {
    Execution standard = Execution.DEFAULT;
    Object name = options.get(PROVIDER.key());
    ExecutionProvider provider =
        name == null
            ? standard.provider()
            : provider(model + "." + PROVIDER.key(), name.toString());
    Object device = options.get(DEVICE_ID.key());
    if (device != null && !provider.hasDevices()) {
      throw new IllegalArgumentException(
          model
              + "."
              + DEVICE_ID.key()
              + " makes no sense with executionProvider="
              + provider.id());
    }
    Object cells = options.get(BATCH_CELLS.key());
    return new Execution(
        provider,
        device == null
            ? standard.deviceId()
            : ModelEntry.wholeNumber(model + "." + DEVICE_ID.key(), 0, device),
        trueOrFalse(model + "." + FALLBACK.key(), options.get(FALLBACK.key())),
        cells == null
            ? standard.batchCells()
            : ModelEntry.wholeNumber(model + "." + BATCH_CELLS.key(), cells));
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
                        + ParameterValues.shown(name)
                        + "'"));
  }

  private static boolean trueOrFalse(String what, Object value) {
    String text = value == null ? "false" : value.toString();
    if (!text.equals("true") && !text.equals("false")) {
      throw new IllegalArgumentException(
          what + " must be true or false, not '" + ParameterValues.shown(text) + "'");
    }
    return text.equals("true");
  }

  /** What differs from the defaults, as {@link #parse} reads it. */
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
