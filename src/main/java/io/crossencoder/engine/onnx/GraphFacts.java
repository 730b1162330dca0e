// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine.onnx;

import io.crossencoder.model.ModelLoadException;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the file of a graph says about its arithmetic; subgraphs and functions included. Reads the
 * few fields of ONNX's protocol buffers that tell, and skips the weights.
 */
final class GraphFacts {

  // Field numbers of onnx.proto3.
  private static final int MODEL_GRAPH = 7;
  private static final int MODEL_FUNCTIONS = 25;
  private static final int GRAPH_NODE = 1;
  private static final int GRAPH_WEIGHTS = 5;
  private static final int FUNCTION_NODE = 7;
  private static final int NODE_OPERATOR = 4;
  private static final int NODE_ATTRIBUTE = 5;
  private static final int ATTRIBUTE_NAME = 1;
  private static final int ATTRIBUTE_INT = 3;
  private static final int ATTRIBUTE_GRAPH = 6;
  private static final int ATTRIBUTE_GRAPHS = 11;
  private static final int TENSOR_TYPE = 2;

  private static final Set<Long> HALF_TYPES = Set.of(10L, 16L);

  /** Of MatMulNBits: activations are quantized to 8 bits. */
  private static final long INT8_ACCURACY = 4;

  private final Set<String> dynamic = new TreeSet<>();
  private boolean half;

  private GraphFacts() {}

  /**
   * Reads a graph.
   *
   * @throws ModelLoadException if the file cannot be read, or is no ONNX graph
   */
  static GraphFacts of(Path file) {
    GraphFacts facts = new GraphFacts();
    try (InputStream in = Files.newInputStream(file);
        DataInputStream data = new DataInputStream(new BufferedInputStream(in))) {
      Message model = new Message(data, Files.size(file));
      for (int field = model.next(); field != 0; field = model.next()) {
        switch (field) {
          case MODEL_GRAPH -> facts.nodes(model.message(), GRAPH_NODE);
          case MODEL_FUNCTIONS -> facts.nodes(model.message(), FUNCTION_NODE);
          default -> model.skip();
        }
      }
      return facts;
    } catch (IOException e) {
      throw new ModelLoadException(file, "cannot be read as ONNX: " + e.getMessage(), e);
    }
  }

  /**
   * Operators that take one scale for all pairs of a run, so that a pair's score depends on all.
   */
  Set<String> dynamicallyQuantized() {
    return dynamic;
  }

  /** Whether weights have 16 bits. */
  boolean isHalf() {
    return half;
  }

  /** The nodes of a graph or of a function. */
  private void nodes(Message graph, int nodeField) throws IOException {
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

  private void node(Message node) throws IOException {
    String operator = "";
    long accuracy = 0;
    for (int field = node.next(); field != 0; field = node.next()) {
      switch (field) {
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
  }

  /** The value of {@code accuracy_level}, or 0 if it is another attribute. */
  private long attribute(Message attribute) throws IOException {
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

  private void weights(Message tensor) throws IOException {
    for (int field = tensor.next(); field != 0; field = tensor.next()) {
      if (field == TENSOR_TYPE) {
        half |= HALF_TYPES.contains(tensor.number());
      } else {
        tensor.skip();
      }
    }
  }

  /** A protocol buffer message, read forward. */
  private static final class Message {

    private final DataInputStream in;
    private long left;
    private int wireType;

    Message(DataInputStream in, long length) {
      this.in = in;
      this.left = length;
    }

    /** The number of the next field, or 0 at the end. */
    int next() throws IOException {
      if (left == 0) {
        return 0;
      }
      long tag = number();
      wireType = (int) (tag & 7);
      return (int) (tag >>> 3);
    }

    long number() throws IOException {
      long value = 0;
      for (int shift = 0; shift < 64; shift += 7) {
        take(1);
        int digit = in.readUnsignedByte();
        value |= (long) (digit & 0x7f) << shift;
        if (digit < 0x80) {
          return value;
        }
      }
      throw new IOException("a number has no end");
    }

    /** The field that was just named, as a message; to be read to its end before this one. */
    Message message() throws IOException {
      if (wireType != 2) {
        throw new IOException("a field has the wire type " + wireType);
      }
      long length = number();
      take(length);
      return new Message(in, length);
    }

    String text() throws IOException {
      byte[] bytes = in.readNBytes((int) message().left);
      return new String(bytes, StandardCharsets.UTF_8);
    }

    void skip() throws IOException {
      switch (wireType) {
        case 0 -> number();
        case 1 -> in.skipNBytes(take(8));
        case 2 -> in.skipNBytes(message().left);
        case 5 -> in.skipNBytes(take(4));
        default -> throw new IOException("a field has the wire type " + wireType);
      }
    }

    private long take(long bytes) throws IOException {
      if (bytes < 0 || bytes > left) {
        throw new IOException("a field is longer than what it is in");
      }
      left -= bytes;
      return bytes;
    }
  }
}
