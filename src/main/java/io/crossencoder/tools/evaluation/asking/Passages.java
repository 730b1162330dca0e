// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.evaluation.asking;

import io.crossencoder.tools.common.CommandException;
import io.crossencoder.tools.common.SolrTarget;
import java.io.IOException;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.solr.client.solrj.SolrClient;
import org.apache.solr.client.solrj.SolrRequest.METHOD;
import org.apache.solr.client.solrj.SolrServerException;
import org.apache.solr.client.solrj.request.GenericSolrRequest;
import org.apache.solr.common.SolrException;

/**
 * Reads the text of a document for the model: the stored fields of the parser, joined like in the
 * plugin.
 *
 * @param fields names in order
 */
public record Passages(List<String> fields) {
  private static final String PARSER = "CrossEncoderQParserPlugin";
  // The same separators as in the plugin's PassageReader; a test compares them.
  private static final String BETWEEN_FIELDS = "\n\n";
  private static final String BETWEEN_VALUES = ", ";

  /** Copies the list. */
  public Passages {
    fields = List.copyOf(fields);
  }

  /**
   * The fields of the parser in solrconfig.xml.
   *
   * @throws CommandException if there is no parser, or its configuration is not readable
   */
  public static Passages of(SolrClient client, SolrTarget target) {
    try {
      GenericSolrRequest request = new GenericSolrRequest(METHOD.GET, "/config/queryParser");
      Object config = client.request(request.setRequiresCollection(true)).get("config");
      return entries(value(config, "queryParser"))
          .filter(parser -> String.valueOf(value(parser, "class")).endsWith(PARSER))
          .map(parser -> value(parser, "fields"))
          .filter(Objects::nonNull)
          .map(fields -> parse(fields.toString()))
          .findFirst()
          .orElseThrow(
              () ->
                  new CommandException(
                      "no fields of {!crossencoder} found in solrconfig.xml; set them with"
                          + " --fields, such as --fields title,overview"));
    } catch (SolrServerException | IOException | SolrException e) {
      throw target.explain(e);
    }
  }

  private static Object value(Object map, String name) {
    return map instanceof Map<?, ?> entries ? entries.get(name) : null;
  }

  private static Stream<?> entries(Object map) {
    return map instanceof Map<?, ?> entries ? entries.values().stream() : Stream.empty();
  }

  /** Parses names separated by commas or spaces. */
  public static Passages parse(String fields) {
    return new Passages(List.of(fields.strip().split("[,\\s]+")));
  }

  /**
   * The passage of one document.
   *
   * @param values returns the values of a field; null or empty if there are none
   * @return empty if the document has none of the fields
   */
  public String read(Function<String, Collection<?>> values) {
    return fields.stream()
        .map(values)
        .map(Passages::text)
        .filter(text -> !text.isEmpty())
        .collect(Collectors.joining(BETWEEN_FIELDS));
  }

  private static String text(Collection<?> values) {
    return values == null
        ? ""
        : values.stream()
            .map(Passages::stored)
            .filter(text -> !text.isBlank())
            .collect(Collectors.joining(BETWEEN_VALUES));
  }

  /** The format in which Lucene stores the value. */
  private static String stored(Object value) {
    if (value instanceof Date date) {
      return String.valueOf(date.toInstant().toEpochMilli());
    }
    if (value instanceof Boolean yes) {
      return yes ? "T" : "F";
    }
    return String.valueOf(value);
  }
}
