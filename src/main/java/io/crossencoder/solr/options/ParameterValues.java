// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.options;

import org.apache.solr.common.SolrException;
import org.apache.solr.common.SolrException.ErrorCode;

/** Refuses values of parameters. */
public final class ParameterValues {

  /** How much of a value its message repeats. */
  private static final int SHOWN = 100;

  private ParameterValues() {}

  /**
   * The answer to a value that is not allowed.
   *
   * @param name of the parameter
   * @param value what was given
   * @param allowed what may be given
   * @return a 400 that says all three
   */
  public static SolrException bad(String name, String value, String allowed) {
    return new SolrException(
        ErrorCode.BAD_REQUEST,
        "crossencoder: " + shown(name) + "='" + shown(value) + "': " + allowed);
  }

  /**
   * Text of others, as it may stand in a message.
   *
   * @param value any, maybe null
   * @return its beginning, in one line
   */
  public static String shown(Object value) {
    String text = String.valueOf(value).replaceAll("\\p{Cntrl}", " ");
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
  }
}
