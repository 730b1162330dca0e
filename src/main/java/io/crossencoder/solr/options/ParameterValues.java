// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.options;

import java.util.Locale;
import java.util.Optional;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.SolrException.ErrorCode;
import org.apache.solr.common.params.SolrParams;

/** Reads values of parameters, and refuses them. */
public final class ParameterValues {

  /** How much of a value its message repeats. */
  private static final int SHOWN = 100;

  private ParameterValues() {}

  /** A whole number from 1, if there is one. */
  public static Optional<Integer> wholeNumber(Option parameter, SolrParams params, int most) {
    String value = parameter.in(params);
    if (value == null) {
      return Optional.empty();
    }
    try {
      int number = Integer.parseInt(value.trim());
      if (number >= 1 && number <= most) {
        return Optional.of(number);
      }
    } catch (NumberFormatException e) {
      // Said below, as for a number out of range.
    }
    throw bad(
        parameter.key(), value, String.format(Locale.ROOT, "a whole number from 1 to %d", most));
  }

  /** A finite number, if there is one. */
  public static Optional<Float> number(Option parameter, SolrParams params) {
    String value = parameter.in(params);
    if (value == null) {
      return Optional.empty();
    }
    try {
      float number = Float.parseFloat(value.trim());
      if (Float.isFinite(number)) {
        return Optional.of(number);
      }
    } catch (NumberFormatException e) {
      // Said below, as for infinity.
    }
    throw bad(parameter.key(), value, "a number, as 1.5 or -3");
  }

  /** 400, with the name of the parameter and what is allowed. */
  public static SolrException bad(String name, String value, String allowed) {
    return new SolrException(
        ErrorCode.BAD_REQUEST,
        "crossencoder: " + shown(name) + "='" + shown(value) + "': " + allowed);
  }

  /** Text of others, as it may stand in a message: short, and of one line. */
  public static String shown(Object value) {
    String text = String.valueOf(value).replaceAll("\\p{Cntrl}", " ");
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
  }
}
