// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.fuzz;

import java.util.List;

/** Texts that users type, paste or send by mistake. */
final class Texts {

  private static final List<String> PLAIN =
      List.of("vietnam war", "prison escape", "a robot learns to feel", "war", "love", "the");

  private static final List<String> ODD =
      List.of(
          "",
          " ",
          "\t\n\r ",
          "*",
          "*:*",
          "?",
          "{!foo",
          "{!",
          "{!foo}",
          "{!foo}war",
          "{!edismax}war",
          "{!func}popularity",
          "{!crossencoder}war",
          "{!lucene v=$nothing}",
          "$x",
          "${java.home}",
          "\"war",
          "\"vietnam war\"~3",
          "war's",
          "'",
          "\\",
          "war\\",
          "(((",
          ")",
          "[1 TO",
          "{* TO *}",
          "/[/",
          "war^",
          "war~",
          "a:b",
          "title:",
          "title:war",
          "nosuchfield:war",
          "_query_:\"{!lucene}war\"",
          "+war -peace",
          "-war",
          "--",
          "NOT",
          "AND",
          "war AND",
          "OR OR OR",
          "war && || !",
          "filter(war)",
          "wa* w?r /w.r/ war~1 [a TO b]",
          "https://example.org/?q=war&rows=5#top",
          "C++ C# .NET 3.14 50% @home",
          "<script>alert(1)</script>",
          "null",
          "NaN",
          "0",
          "-1",
          "\u0000",
          "war\u0000peace",
          "\u0001\u0007\u001b[31mwar\u007f\u0085",
          "\u00a0war\u2003peace\u200b\ufeff",
          "\ud800",
          "war \udc00\ud800 peace",
          "\ud83c\udfac\ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67",
          "\u05de\u05dc\u05d7\u05de\u05d4 \u0627\u0644\u062d\u0631\u0628",
          "\u202ewar\u202c",
          "\u6226\u4e89\u3068\u5e73\u548c",
          "e\u0301\u0300\u0301 \u212b \ufb01",
          "\uffff\ufffe",
          "\u0130I\u0131 \u00df \u1e9e");

  private Texts() {}

  static String plain(Dice dice) {
    return dice.of(PLAIN);
  }

  static String odd(Dice dice) {
    return switch (dice.below(12)) {
      case 0 -> dice.of(ODD) + dice.of(ODD);
      case 1 -> "war " + dice.of(ODD) + " peace";
      case 2 -> dice.oneIn(6) ? "war of the worlds ".repeat(700) : "x".repeat(300);
      case 3 ->
          dice.oneIn(6)
              ? "(".repeat(dice.below(dice.oneIn(4) ? 5_000 : 50)) + "war"
              : "\ud83c\udfac";
      default -> dice.of(ODD);
    };
  }
}
