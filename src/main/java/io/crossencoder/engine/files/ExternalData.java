// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine.files;

import io.crossencoder.engine.protobuf.ProtoMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds the weight files that an ONNX file refers to. Their names can be anything: exporters write
 * one file per weight, and a renamed ONNX file keeps the names of its weight files.
 */
final class ExternalData {

  /** The messages of an ONNX file in which weights can be. */
  private enum Part {
    MODEL,
    GRAPH,
    FUNCTION,
    NODE,
    ATTRIBUTE,
    SPARSE_TENSOR,
    TENSOR,
    EXTERNAL_DATA
  }

  /** The parts of a part, by their field numbers in onnx.proto3. */
  private static final Map<Part, Map<Integer, Part>> PARTS =
      Map.of(
          Part.MODEL, Map.of(7, Part.GRAPH, 25, Part.FUNCTION),
          Part.GRAPH, Map.of(1, Part.NODE, 5, Part.TENSOR, 15, Part.SPARSE_TENSOR),
          Part.FUNCTION, Map.of(7, Part.NODE),
          Part.NODE, Map.of(5, Part.ATTRIBUTE),
          Part.ATTRIBUTE, Map.of(5, Part.TENSOR, 6, Part.GRAPH, 10, Part.TENSOR, 11, Part.GRAPH),
          Part.SPARSE_TENSOR, Map.of(1, Part.TENSOR, 2, Part.TENSOR),
          Part.TENSOR, Map.of(13, Part.EXTERNAL_DATA));

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
      ProtoMessage.read(graph, model -> data.read(Part.MODEL, model));
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

  private Void read(Part part, ProtoMessage message) throws IOException {
    for (int field = message.next(); field != 0; field = message.next()) {
      Part inner = PARTS.get(part).get(field);
      if (inner == null) {
        message.skip();
      } else if (inner == Part.EXTERNAL_DATA) {
        entry(message.message());
      } else {
        read(inner, message.message());
      }
    }
    return null;
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
