// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine.files;

import io.crossencoder.engine.protobuf.ProtoMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds the weight files that an ONNX file refers to. Their names can be anything: exporters write
 * one file per weight, and a renamed ONNX file keeps the names of its weight files.
 */
final class ExternalData {

  // Field numbers of onnx.proto3. A message of an ONNX file is a graph, a node, and so on.
  private static final int MODEL_GRAPH = 7;
  private static final int MODEL_FUNCTIONS = 25;
  private static final int GRAPH_NODE = 1;
  private static final int GRAPH_WEIGHTS = 5;
  private static final int GRAPH_SPARSE_WEIGHTS = 15;
  private static final int FUNCTION_NODE = 7;
  private static final int NODE_ATTRIBUTE = 5;
  private static final int ATTRIBUTE_TENSOR = 5;
  private static final int ATTRIBUTE_GRAPH = 6;
  private static final int ATTRIBUTE_TENSORS = 10;
  private static final int ATTRIBUTE_GRAPHS = 11;
  private static final int SPARSE_VALUES = 1;
  private static final int SPARSE_INDICES = 2;
  private static final int TENSOR_EXTERNAL = 13;
  private static final int ENTRY_KEY = 1;
  private static final int ENTRY_VALUE = 2;

  private final Set<String> locations = new TreeSet<>();

  private ExternalData() {}

  /**
   * The existing weight files in the directory of the ONNX file, in the order of their names. ONNX
   * Runtime reads no others.
   */
  static Set<Path> of(Path graph) {
    ExternalData data = new ExternalData();
    try {
      ProtoMessage.read(graph, data::model);
    } catch (IOException e) {
      // ONNX Runtime will say why it cannot load the file.
    }
    Set<Path> files = new TreeSet<>();
    for (String location : data.locations) {
      try {
        Path file = graph.resolveSibling(location).normalize();
        if (file.startsWith(graph.getParent()) && Files.isRegularFile(file)) {
          files.add(file);
        }
      } catch (InvalidPathException e) {
        // No file has this name.
      }
    }
    return files;
  }

  private Void model(ProtoMessage model) throws IOException {
    for (int field = model.next(); field != 0; field = model.next()) {
      switch (field) {
        case MODEL_GRAPH -> graph(model.message());
        case MODEL_FUNCTIONS -> function(model.message());
        default -> model.skip();
      }
    }
    return null;
  }

  private void graph(ProtoMessage graph) throws IOException {
    for (int field = graph.next(); field != 0; field = graph.next()) {
      switch (field) {
        case GRAPH_NODE -> node(graph.message());
        case GRAPH_WEIGHTS -> tensor(graph.message());
        case GRAPH_SPARSE_WEIGHTS -> sparse(graph.message());
        default -> graph.skip();
      }
    }
  }

  private void function(ProtoMessage function) throws IOException {
    for (int field = function.next(); field != 0; field = function.next()) {
      if (field == FUNCTION_NODE) {
        node(function.message());
      } else {
        function.skip();
      }
    }
  }

  private void node(ProtoMessage node) throws IOException {
    for (int field = node.next(); field != 0; field = node.next()) {
      if (field == NODE_ATTRIBUTE) {
        attribute(node.message());
      } else {
        node.skip();
      }
    }
  }

  private void attribute(ProtoMessage attribute) throws IOException {
    for (int field = attribute.next(); field != 0; field = attribute.next()) {
      switch (field) {
        case ATTRIBUTE_TENSOR, ATTRIBUTE_TENSORS -> tensor(attribute.message());
        case ATTRIBUTE_GRAPH, ATTRIBUTE_GRAPHS -> graph(attribute.message());
        default -> attribute.skip();
      }
    }
  }

  private void sparse(ProtoMessage sparse) throws IOException {
    for (int field = sparse.next(); field != 0; field = sparse.next()) {
      switch (field) {
        case SPARSE_VALUES, SPARSE_INDICES -> tensor(sparse.message());
        default -> sparse.skip();
      }
    }
  }

  private void tensor(ProtoMessage tensor) throws IOException {
    for (int field = tensor.next(); field != 0; field = tensor.next()) {
      if (field == TENSOR_EXTERNAL) {
        entry(tensor.message());
      } else {
        tensor.skip();
      }
    }
  }

  private void entry(ProtoMessage entry) throws IOException {
    String key = "";
    String value = "";
    for (int field = entry.next(); field != 0; field = entry.next()) {
      switch (field) {
        case ENTRY_KEY -> key = entry.text();
        case ENTRY_VALUE -> value = entry.text();
        default -> entry.skip();
      }
    }
    if (key.equals("location")) {
      locations.add(value);
    }
  }
}
