// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.fuzz;

import io.crossencoder.solr.fuzz.Part.Where;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Valid and invalid local parameters of {@code {!crossencoder ...}}. */
final class RerankOptions {

  /** The values of one parameter. */
  record Values(String name, List<String> allowed, List<String> wrong) {}

  private static final List<String> NO_NUMBERS =
      List.of("NaN", "Infinity", "-Infinity", "1e39", "abc", "", "1,5");
  private static final List<String> NO_WHOLE_NUMBERS =
      List.of("0", "-1", "1.5", "1e3", "2147483648", "99999999999", "abc", "", "NaN", "1 2");

  /** The texts for the model are random. */
  static final List<Values> ALL =
      List.of(
          new Values(
              "model",
              List.of("tmdb-starter"),
              List.of("nosuch", "", "../models/tmdb-starter", "TMDB-starter", "\u0000")),
          new Values(
              "fields",
              List.of(
                  "title",
                  "overview",
                  "title,overview",
                  "overview title , overview",
                  "tagline",
                  "keywords,genres",
                  "id,popularity,vote_count,release_date",
                  "script"),
              List.of(
                  "nosuch",
                  "",
                  " , ",
                  "*",
                  "title,*",
                  "score",
                  "_version_",
                  "vector",
                  "title^2",
                  "vector_of_four")),
          new Values("query", List.of("vietnam war", "*:*", "*"), List.of("$nothing")),
          new Values(
              "reRankDocs",
              List.of("1", "2", "3", "7", "20", " 5 ", "50", "269", "1000"),
              plus(NO_WHOLE_NUMBERS, "1001")),
          new Values(
              "blend",
              List.of(
                  "ce",
                  "ceProb",
                  "score",
                  "ce + 0.3*ln(1+popularity) + 0.05*score",
                  "popularity > 10 ? ce : -ce",
                  "vote_count",
                  "release_date",
                  "0",
                  "-score",
                  "1/0",
                  "-1/0",
                  "0/0",
                  "ce > 0 ? 0/0 : ce",
                  "score > 3 ? 1/0 : -1/0",
                  "ln(-1)",
                  "ln(0)",
                  "1e308*10*ce",
                  "1e38*ce",
                  "ce*1e-320",
                  "5000*ce",
                  "ce-30000",
                  "-1e20*ceProb",
                  "-1e21+ce",
                  "pow(2,1e6)",
                  "min(ce,score)"),
              List.of(
                  "", " ", "ce+", "ce)", "ce;ce", "nosuch", "genres", "title", "id", "rank1()",
                  "ce.ce", "'ce'", "f(ce)")),
          new Values(
              "reRankOperator", List.of("add", "multiply", "replace"), List.of("max", "ADD", "")),
          new Values(
              "reRankWeight",
              List.of("0", "-0.0", "-1", "2.5", "1000", "1e-45", "3.4e38", "-3.4e38", " 1 "),
              NO_NUMBERS),
          new Values("reRankTimeout", List.of("100000", "2147483647", "1"), NO_WHOLE_NUMBERS),
          new Values("onFailure", List.of("firstPass", "error"), List.of("maybe", "ERROR", "")),
          new Values("passage", List.of("head", "maxp"), List.of("HEAD", "MAX", "")),
          new Values("maxWindows", List.of("1", "2", "8", "64"), plus(NO_WHOLE_NUMBERS, "65")),
          new Values("reRankScope", List.of("shard", "global"), List.of("world", "")),
          new Values(
              "minScore",
              List.of("-1e30", "-1000", "-5", "0", "-0.0", "0.5", "3", "1e30", "3.4e38", "1e-45"),
              NO_NUMBERS));

  private static final Values UNKNOWN =
      new Values("", List.of(), List.of("rerankDocs", "rows", "nosuch", "Model"));

  private RerankOptions() {}

  private static List<String> plus(List<String> values, String one) {
    List<String> more = new ArrayList<>(values);
    more.add(one);
    return more;
  }

  /** Some parameters; one in ten is invalid. */
  static List<Part> some(Dice dice) {
    List<Part> parts = new ArrayList<>();
    for (Values values : dice.some(dice.below(5), ALL)) {
      boolean wrong = dice.oneIn(10);
      String value = dice.of(wrong ? values.wrong() : values.allowed());
      if (values.name().equals("query") && !wrong) {
        parts.addAll(text(dice));
      } else {
        parts.add(new Part(Where.BRACES, values.name(), value, wrong));
      }
    }
    if (dice.oneIn(40)) {
      parts.add(new Part(Where.BRACES, dice.of(UNKNOWN.wrong()), "1", true));
    }
    return refuseTwoFormulas(parts);
  }

  /**
   * The text for the model: in the local parameters, as their body, or elsewhere in the request.
   */
  private static List<Part> text(Dice dice) {
    String text = dice.oneIn(2) ? Texts.plain(dice) : Texts.odd(dice);
    if (dice.oneIn(3)) {
      return List.of(
          new Part(Where.BRACES, dice.oneIn(2) ? "v" : "query", "$rt", false),
          new Part(Where.RERANKED_REQUEST, "rt", text, false));
    }
    return List.of(new Part(Where.BRACES, dice.oneIn(4) ? "v" : "query", text, false));
  }

  private static List<Part> refuseTwoFormulas(List<Part> parts) {
    Set<String> names = parts.stream().map(Part::name).collect(Collectors.toSet());
    boolean two = names.contains("reRankOperator") || names.contains("reRankWeight");
    return parts.stream()
        .map(
            part ->
                two && part.name().equals("blend")
                    ? new Part(part.where(), part.name(), part.value(), true)
                    : part)
        .toList();
  }

  /** The field with the values of each hit. */
  static List<Part> transformer(Dice dice) {
    if (!dice.oneIn(4)) {
      return List.of();
    }
    String parameters =
        dice.of(
            List.of(
                "",
                "",
                " tail=true",
                " tail=true query=love",
                " query=$nothing",
                " fields=title window=false"));
    return List.of(
        new Part(Where.RERANKED_REQUEST, "fl", "ce:[crossencoder" + parameters + "]", false));
  }
}
