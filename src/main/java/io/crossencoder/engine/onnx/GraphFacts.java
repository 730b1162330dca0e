// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine.onnx;

import io.crossencoder.engine.protobuf.ProtoMessage;
import io.crossencoder.model.ModelLoadException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/**
 * Facts about arithmetic and vocabulary from an ONNX file, including its subgraphs and functions.
 * Reads only the necessary fields of the protocol buffer and skips the weights.
 */
final class GraphFacts {

  // Field numbers of onnx.proto3.
  private static final int MODEL_GRAPH = 7;
  private static final int MODEL_FUNCTIONS = 25;
  private static final int GRAPH_NODE = 1;
  private static final int GRAPH_WEIGHTS = 5;
  private static final int FUNCTION_NODE = 7;
  private static final int NODE_INPUT = 1;
  private static final int NODE_OUTPUT = 2;
  private static final int NODE_OPERATOR = 4;
  private static final int NODE_ATTRIBUTE = 5;
  private static final int ATTRIBUTE_NAME = 1;
  private static final int ATTRIBUTE_INT = 3;
  private static final int ATTRIBUTE_GRAPH = 6;
  private static final int ATTRIBUTE_GRAPHS = 11;
  private static final int TENSOR_SIZE = 1;
  private static final int TENSOR_TYPE = 2;
  private static final int TENSOR_NAME = 8;

  private static final Set<Long> HALF_TYPES = Set.of(10L, 16L);

  /** The accuracy level at which MatMulNBits quantizes activations to 8 bits. */
  private static final long INT8_ACCURACY = 4;

  private final Set<String> dynamic = new TreeSet<>();
  private final EmbeddingTable embeddings = new EmbeddingTable();
  private boolean half;

  private GraphFacts() {}

  /**
   * Reads an ONNX file.
   *
   * @throws ModelLoadException if the file cannot be read or is not an ONNX model
   */
  static GraphFacts of(Path file) {
    GraphFacts facts = new GraphFacts();
    try {
      return ProtoMessage.read(file, facts::model);
    } catch (IOException e) {
      throw new ModelLoadException(file, "cannot be read as ONNX: " + e.getMessage(), e);
    }
  }

  /**
   * Operators that use one scale for a whole batch, so that the score of a pair depends on the
   * others.
   */
  Set<String> dynamicallyQuantized() {
    return dynamic;
  }

  /** Whether the weights have 16 bits. */
  boolean isHalf() {
    return half;
  }

  /** Number of token embeddings; empty if unknown. */
  OptionalLong tokens() {
    return embeddings.rows();
  }

  private GraphFacts model(ProtoMessage model) throws IOException {
    for (int field = model.next(); field != 0; field = model.next()) {
      switch (field) {
        case MODEL_GRAPH -> nodes(model.message(), GRAPH_NODE);
        case MODEL_FUNCTIONS -> nodes(model.message(), FUNCTION_NODE);
        default -> model.skip();
      }
    }
    return this;
  }

  /** Visits the nodes of a graph or a function. */
  private void nodes(ProtoMessage graph, int nodeField) throws IOException {
    for (int field = graph.next(); field != 0; field = graph.next()) {
      if (field == nodeField) {
        node(graph.message());
      } else if (field == GRAPH_WEIGHTS && nodeField == GRAPH_NODE) {
        weights(graph.message());
      } else {
        graph.skip();
      }
    }
  }

  private void node(ProtoMessage node) throws IOException {
    String operator = "";
    long accuracy = 0;
    List<String> inputs = new ArrayList<>();
    List<String> outputs = new ArrayList<>();
    for (int field = node.next(); field != 0; field = node.next()) {
      switch (field) {
        case NODE_INPUT -> inputs.add(node.text());
        case NODE_OUTPUT -> outputs.add(node.text());
        case NODE_OPERATOR -> operator = node.text();
        case NODE_ATTRIBUTE -> accuracy = Math.max(accuracy, attribute(node.message()));
        default -> node.skip();
      }
    }
    if (operator.startsWith("DynamicQuantize")
        || operator.equals("QAttention")
        || (operator.equals("MatMulNBits") && accuracy == INT8_ACCURACY)) {
      dynamic.add(operator);
    }
    embeddings.node(operator, inputs, outputs);
  }

  /** The value of {@code accuracy_level}; 0 for another attribute. */
  private long attribute(ProtoMessage attribute) throws IOException {
    String name = "";
    long number = 0;
    for (int field = attribute.next(); field != 0; field = attribute.next()) {
      switch (field) {
        case ATTRIBUTE_NAME -> name = attribute.text();
        case ATTRIBUTE_INT -> number = attribute.number();
        case ATTRIBUTE_GRAPH, ATTRIBUTE_GRAPHS -> nodes(attribute.message(), GRAPH_NODE);
        default -> attribute.skip();
      }
    }
    return name.equals("accuracy_level") ? number : 0;
  }

  private void weights(ProtoMessage tensor) throws IOException {
    String name = "";
    List<Long> shape = new ArrayList<>();
    for (int field = tensor.next(); field != 0; field = tensor.next()) {
      switch (field) {
        case TENSOR_SIZE -> shape.addAll(tensor.numbers());
        case TENSOR_TYPE -> half |= HALF_TYPES.contains(tensor.number());
        case TENSOR_NAME -> name = tensor.text();
        default -> tensor.skip();
      }
    }
    embeddings.weights(name, shape);
  }
}
