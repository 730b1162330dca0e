// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.options;

import org.apache.solr.common.SolrException;
import org.apache.solr.common.SolrException.ErrorCode;

/** Creates the errors for invalid parameter values. */
public final class ParameterValues {

  /** Maximum number of characters of a value in a message. */
  private static final int SHOWN = 100;

  private ParameterValues() {}

  /**
   * The error for an invalid value.
   *
   * @param name name of the parameter
   * @param value invalid value
   * @param allowed valid values
   * @return an HTTP 400 error with all three
   */
  public static SolrException bad(String name, String value, String allowed) {
    return new SolrException(
        ErrorCode.BAD_REQUEST,
        "crossencoder: " + shown(name) + "='" + shown(value) + "': " + allowed);
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
