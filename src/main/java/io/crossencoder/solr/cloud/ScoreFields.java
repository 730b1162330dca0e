// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.cloud;

import static org.apache.solr.search.SolrReturnFields.SCORE;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Map;
import org.apache.solr.handler.component.ShardDoc;
import org.apache.solr.search.ReturnFields;

/**
 * The fields of a page that contain scores. They exist since Solr 9.9 with {@code originalScore()};
 * in earlier versions, a {@link ShardDoc} has one score.
 */
final class ScoreFields {

  private static final MethodHandle NAMES;
  private static final MethodHandle SET;

  static {
    MethodHandle names = null;
    MethodHandle set = null;
    try {
      MethodHandles.Lookup lookup = MethodHandles.publicLookup();
      names =
          lookup.findVirtual(
              ReturnFields.class,
              "getScoreDependentReturnFields",
              MethodType.methodType(Map.class));
      set = lookup.findSetter(ShardDoc.class, "scoreDependentFields", Map.class);
    } catch (NoSuchMethodException | NoSuchFieldException e) {
      // Before Solr 9.9.
    } catch (IllegalAccessException e) {
      throw new ExceptionInInitializerError(e);
    }
    NAMES = names;
    SET = set;
  }

  private ScoreFields() {}

  /** Names of the score fields by the kind of score; empty: only the field score. */
  @SuppressWarnings("unchecked")
  static Map<String, String> of(ReturnFields fields) {
    if (NAMES == null) {
      return fields.wantsScore() ? Map.of(SCORE, "") : Map.of();
    }
    try {
      return (Map<String, String>) NAMES.invoke(fields);
    } catch (Throwable e) {
      throw new IllegalStateException("cannot read the score fields of Solr", e);
    }
  }

  /** Sets the values of a hit. */
  static void set(ShardDoc hit, Map<String, Object> values) {
    if (SET == null) {
      return;
    }
    try {
      SET.invoke(hit, values);
    } catch (Throwable e) {
      throw new IllegalStateException("cannot set the scores of a hit", e);
    }
  }
}
