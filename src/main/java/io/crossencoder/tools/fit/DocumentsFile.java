// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.fit;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.crossencoder.tools.common.CommandException;
import io.crossencoder.tools.evaluation.asking.Passages;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/** Documents in a JSON file: an object by id, an array, or a sequence of objects. */
final class DocumentsFile {
  private static final JsonMapper JSON = new JsonMapper();

  private DocumentsFile() {}

  /**
   * Passages by id, in the order of the file. Documents without id or text are skipped.
   *
   * @throws CommandException if the file is not valid
   */
  static Map<String, String> read(Path file, String idField, Passages passages) throws IOException {
    Map<String, String> texts = new LinkedHashMap<>();
    try (JsonParser parser = JSON.createParser(file.toFile())) {
      JsonToken token = parser.nextToken();
      boolean array = token == JsonToken.START_ARRAY;
      if (array) {
        token = parser.nextToken();
      }
      while (token == JsonToken.START_OBJECT) {
        JsonNode node = JSON.readTree(parser);
        if (node.has(idField) && !node.get(idField).isContainerNode()) {
          add(node.get(idField).asText(), node, passages, texts);
        } else {
          node.properties().forEach(each -> add(each.getKey(), each.getValue(), passages, texts));
        }
        token = parser.nextToken();
      }
      // Otherwise the documents after another value would be lost.
      if (token != null && token != JsonToken.END_ARRAY) {
        throw new CommandException(
            file
                + ", line "
                + parser.currentLocation().getLineNr()
                + ": expected a document, which is a JSON object");
      }
    } catch (JsonProcessingException e) {
      throw new CommandException(file + ": " + CommandException.reason(e), e);
    }
    return texts;
  }

  private static void add(
      String id, JsonNode document, Passages passages, Map<String, String> texts) {
    String text = document.isObject() ? passages.read(field -> values(document.get(field))) : "";
    if (!text.isEmpty()) {
      texts.put(id, text);
    }
  }

  private static Collection<?> values(JsonNode value) {
    if (value == null || value.isNull()) {
      return null;
    }
    return value.isArray()
        ? StreamSupport.stream(value.spliterator(), false)
            .filter(JsonNode::isValueNode)
            .map(JsonNode::asText)
            .toList()
        : value.isValueNode() ? List.of(value.asText()) : null;
  }
}
