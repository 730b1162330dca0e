// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.evaluation;

import io.crossencoder.tools.evaluation.judgments.JudgedQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A group of queries.
 *
 * @param ids ids or ranges of numbers, such as 1-65; none: all queries
 */
record Group(String name, List<String> ids) {

  static final Group ALL = new Group("all", List.of());

  private static final Pattern RANGE = Pattern.compile("([0-9]{1,9})-([0-9]{1,9})");

  /**
   * Parses {@code titles=1-65,topics=66-105+201}.
   *
   * @throws IllegalArgumentException if the text has another format
   */
  static List<Group> parse(String text) {
    List<Group> groups = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      int equals = part.indexOf('=');
      if (equals < 1 || equals == part.length() - 1) {
        throw new IllegalArgumentException(
            "--groups must be like titles=1-65,topics=66-105+201, not '" + text + "'");
      }
      String name = part.substring(0, equals).strip();
      if (name.equals(ALL.name) || groups.stream().anyMatch(group -> group.name.equals(name))) {
        throw new IllegalArgumentException(
            "--groups must have different names, not '" + name + "'");
      }
      groups.add(new Group(name, List.of(part.substring(equals + 1).strip().split("\\+"))));
    }
    return groups;
  }

  boolean has(JudgedQuery query) {
    return ids.isEmpty() || ids.stream().anyMatch(item -> matches(item, query.id()));
  }

  private static boolean matches(String item, String id) {
    Matcher range = RANGE.matcher(item);
    if (item.equals(id) || !range.matches() || !id.matches("[0-9]{1,9}")) {
      return item.equals(id);
    }
    int number = Integer.parseInt(id);
    return Integer.parseInt(range.group(1)) <= number && number <= Integer.parseInt(range.group(2));
  }
}
