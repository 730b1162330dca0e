// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.options;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.SolrException.ErrorCode;

/** The values of parameters: lists of names, and the errors for invalid values. */
public final class ParameterValues {

  /** The local parameters that every parser in Solr has. */
  public static final Set<String> OF_EVERY_PARSER = Set.of("type", "v", "cache", "cost", "tag");

  /** Maximum number of characters of a value in a message. */
  private static final int SHOWN = 100;

  private ParameterValues() {}

  /**
   * The names in a comma- or space-separated list.
   *
   * @param list any text
   * @return the names in their order, without empty ones
   */
  public static List<String> names(String list) {
    return Stream.of(list.split("[,\\s]+")).filter(name -> !name.isEmpty()).toList();
  }

  /**
   * The error for an invalid value.
   *
   * @param name name of the parameter
   * @param value invalid value
   * @param allowed valid values
   * @return an HTTP 400 error with all three
   */
  public static SolrException bad(String name, String value, String allowed) {
    return bad("crossencoder", name, value, allowed);
  }

  /**
   * The error for an invalid value of a parameter of another parser.
   *
   * @param parser name of the parser
   * @param name name of the parameter
   * @param value invalid value
   * @param allowed valid values
   * @return an HTTP 400 error with all four
   */
  public static SolrException bad(String parser, String name, String value, String allowed) {
    return new SolrException(
        ErrorCode.BAD_REQUEST, parser + ": " + shown(name) + "='" + shown(value) + "': " + allowed);
  }

  /**
   * A value of a user, safe for a message.
   *
   * @param value any value; can be null
   * @return its beginning, in one line
   */
  public static String shown(Object value) {
    String text = String.valueOf(value).replaceAll("\\p{Cntrl}", " ");
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
  }
}
