// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine.files;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.crossencoder.engine.json.JsonFile;
import io.crossencoder.model.CrossEncoder;
import io.crossencoder.model.Deadline;
import io.crossencoder.model.ModelLoadException;
import io.crossencoder.model.Scores;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Reference pairs with known scores, which show whether a model computes the right scores. They are
 * in {@code probe.json} in the model directory:
 *
 * <pre>{"tolerance": 0.001, "int8Tolerance": 0.5,
 * "pairs": [{"query": "…", "passage": "…", "score": 8.607138}]}</pre>
 *
 * @param tolerance maximum difference of a score; greater than 0
 * @param int8Tolerance maximum difference for int8 files, whose scores depend on the CPU; {@code
 *     tolerance} if not in the file
 * @param pairs one or more
 */
public record ProbePairs(double tolerance, double int8Tolerance, List<Pair> pairs) {

  /** File name in the model directory. */
  public static final String FILE = "probe.json";

  private static final int MAX_SHOWN = 60;

  /**
   * A pair and its score.
   *
   * @param query text of the query
   * @param passage text of the passage
   * @param score expected score of {@link CrossEncoder#score}: the logit after the activation
   *     function
   */
  public record Pair(String query, String passage, double score) {}

  /**
   * Reads the reference pairs of a model.
   *
   * @param directory model directory
   * @return the pairs; empty if {@code probe.json} does not exist
   * @throws ModelLoadException with the file and the reason, if the file is invalid
   */
  public static Optional<ProbePairs> read(Path directory) {
    Path file = directory.resolve(FILE);
    if (Files.notExists(file)) {
      return Optional.empty();
    }
    JsonObject json = JsonFile.read(file).json();
    double tolerance = tolerance(file, json, "tolerance");
    double int8 = json.has("int8Tolerance") ? tolerance(file, json, "int8Tolerance") : tolerance;
    if (!json.has("pairs") || !json.get("pairs").isJsonArray()) {
      throw new ModelLoadException(file, "has no array 'pairs'");
    }
    List<Pair> pairs = new ArrayList<>();
    for (JsonElement element : json.getAsJsonArray("pairs")) {
      pairs.add(pair(file, pairs.size() + 1, element));
    }
    if (pairs.isEmpty()) {
      throw new ModelLoadException(file, "has no pairs");
    }
    return Optional.of(new ProbePairs(tolerance, int8, List.copyOf(pairs)));
  }

  private static double tolerance(Path file, JsonObject json, String key) {
    double tolerance = number(json.get(key));
    if (!(tolerance > 0)) {
      throw new ModelLoadException(file, key + " must be a number greater than 0");
    }
    return tolerance;
  }

  private static Pair pair(Path file, int place, JsonElement element) {
    if (element instanceof JsonObject json
        && isText(json.get("query"))
        && isText(json.get("passage"))
        && Double.isFinite(number(json.get("score")))) {
      String query = json.get("query").getAsString();
      return new Pair(query, json.get("passage").getAsString(), number(json.get("score")));
    }
    throw new ModelLoadException(
        file, "pair " + place + " must have the strings query and passage and the number score");
  }

  private static boolean isText(JsonElement element) {
    return element != null && element.isJsonPrimitive() && element.getAsJsonPrimitive().isString();
  }

  private static double number(JsonElement element) {
    boolean isNumber =
        element != null && element.isJsonPrimitive() && element.getAsJsonPrimitive().isNumber();
    double number = isNumber ? element.getAsDouble() : Double.NaN;
    return Double.isFinite(number) ? number : Double.NaN;
  }

  /**
   * Scores the pairs and returns the one with the largest difference. Truncated pairs are skipped,
   * because their score depends on {@code maxLength}. Scores in the score cache are not computed
   * again.
   *
   * @param encoder the model of the pairs
   * @param deadline when to stop; a pair without a score fails
   * @return the worst pair: if it passed, all pairs did; empty if all pairs are truncated
   */
  public Optional<Result> check(CrossEncoder encoder, Deadline deadline) {
    double allowed =
        OnnxVariants.isInt8(encoder.spec().onnxFile()) ? int8Tolerance : this.tolerance;
    Result worst = null;
    for (Pair pair : pairs) {
      Scores scores = encoder.score(pair.query(), List.of(pair.passage()), deadline);
      if (scores.truncated()[0]) {
        continue;
      }
      Result result =
          new Result(pair, scores.logits()[0], allowed, scores.outcome(), scores.failure());
      // Double.compare orders NaN, a pair without a score, above all numbers.
      if (worst == null || Double.compare(result.difference(), worst.difference()) > 0) {
        worst = result;
      }
    }
    return Optional.ofNullable(worst);
  }

  /**
   * The result of the pair with the largest difference.
   *
   * @param pair the pair
   * @param score actual score; {@link Float#NaN} if there is none
   * @param tolerance maximum difference
   * @param outcome how scoring ended, the reason if there is no score
   * @param failure the reason, if the model failed
   */
  public record Result(
      Pair pair,
      float score,
      double tolerance,
      Scores.Outcome outcome,
      Optional<Throwable> failure) {

    /**
     * {@return the difference from the expected score; 0 or greater, {@code NaN} without a score}
     */
    public double difference() {
      return Math.abs(score - pair.score());
    }

    /** {@return whether this pair, and therefore every pair, is within the tolerance} */
    public boolean passed() {
      return difference() <= tolerance;
    }

    /** One line with the pair, its expected score and its actual score. */
    @Override
    public String toString() {
      String got =
          Float.isNaN(score)
              ? "got no score (" + failure.map(Throwable::toString).orElse(label(outcome)) + ")"
              : String.format(Locale.ROOT, "got %.6f", score);
      return String.format(
          Locale.ROOT,
          "query \"%s\", passage \"%s\": expected %.6f ± %s, %s",
          shortened(pair.query()),
          shortened(pair.passage()),
          pair.score(),
          tolerance,
          got);
    }

    private static String shortened(String text) {
      String line = text.replaceAll("\\s+", " ");
      int end =
          line.offsetByCodePoints(0, Math.min(MAX_SHOWN, line.codePointCount(0, line.length())));
      return end == line.length() ? line : line.substring(0, end) + "…";
    }

    private static String label(Scores.Outcome outcome) {
      return outcome == Scores.Outcome.COMPLETE
          ? "the model's output is not a number"
          : outcome.name().toLowerCase(Locale.ROOT);
    }
  }
}
