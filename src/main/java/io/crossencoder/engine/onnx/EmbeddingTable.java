// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine.onnx;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Finds the weights of an ONNX model whose rows are selected by token ids. */
final class EmbeddingTable {

  /** Operators that change the type or shape of a tensor, but not the order of its values. */
  private static final Set<String> SAME_VALUES =
      Set.of("Cast", "DequantizeLinear", "Identity", "Reshape", "Squeeze", "Unsqueeze");

  private final Map<String, String> sources = new HashMap<>();
  private final Map<String, Long> rows = new HashMap<>();
  private final List<String> chosenFrom = new ArrayList<>();

  /** Visits the next node of the graph; nodes follow the nodes they depend on. */
  void node(String operator, List<String> inputs, List<String> outputs) {
    if (SAME_VALUES.contains(operator) && !inputs.isEmpty() && !outputs.isEmpty()) {
      sources.put(outputs.get(0), source(inputs.get(0)));
    } else if (operator.startsWith("Gather") && inputs.size() > 1) {
      choose(inputs.get(0), inputs.get(1));
    } else if (operator.endsWith("EmbedLayerNormalization") && inputs.size() > 2) {
      choose(inputs.get(2), inputs.get(0));
    }
  }

  private void choose(String table, String ids) {
    if (source(ids).equals(OnnxSignature.IDS)) {
      chosenFrom.add(source(table));
    }
  }

  private String source(String name) {
    return sources.getOrDefault(name, name);
  }

  /** Visits a weight of the graph; weights can come before or after the nodes. */
  void weights(String name, List<Long> shape) {
    if (shape.size() > 1) {
      rows.put(name, shape.get(0));
    }
  }

  /** Number of rows; empty if the weights were not found. */
  OptionalLong rows() {
    Optional<Long> known = chosenFrom.stream().filter(rows::containsKey).map(rows::get).findFirst();
    return known.isPresent() ? OptionalLong.of(known.get()) : OptionalLong.empty();
  }
}
