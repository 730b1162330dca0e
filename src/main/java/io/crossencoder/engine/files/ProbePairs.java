// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine.files;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.crossencoder.engine.modules.JsonFile;
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
 * Pairs whose scores are known: what tells a model that is whole from one that only loads.
 *
 * <p>They lie beside the model, in {@code probe.json}:
 *
 * <pre>{"tolerance": 0.001, "int8Tolerance": 0.5,
 * "pairs": [{"query": "…", "passage": "…", "score": 8.607138}]}</pre>
 *
 * @param tolerance how far a score may be off; above 0
 * @param int8Tolerance the same for int8 graphs, whose scores depend on the CPU; {@code tolerance}
 *     where the file does not say
 * @param pairs one or more
 */
public record ProbePairs(double tolerance, double int8Tolerance, List<Pair> pairs) {

  /** The name of the file in a model's directory. */
  public static final String FILE = "probe.json";

  private static final int MAX_SHOWN = 60;

  /**
   * A pair and its score.
   *
   * @param query what the user looks for
   * @param passage what the model is to read beside it
   * @param score what {@link CrossEncoder#score} gives: the logit, activation applied
   */
  public record Pair(String query, String passage, double score) {}

  /**
   * The probe pairs of a model.
   *
   * @param directory the model's
   * @return the pairs; empty if there is no file {@code probe.json}
   * @throws ModelLoadException naming the file and the reason, if there is a file that is not right
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
      throw new ModelLoadException(file, "has no array pairs");
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
      throw new ModelLoadException(file, key + " must be a number above 0");
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
        file, "pair " + place + " needs a query and a passage, both texts, and a score, a number");
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
   * Scores the pairs and says which is furthest off. What the score cache knows is not computed
   * again. A pair that the model does not read to its end is none of them: where that is due to a
   * {@code maxLength} of the model's options, its score is of another text.
   *
   * @param encoder the model that they are of
   * @param deadline when to stop; a pair without a score by then has not passed
   * @return the worst pair: if it passed, all have; empty if no pair is read to its end
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
      // Double's order: a NaN, a pair without a score, is worse than any number.
      if (worst == null || Double.compare(result.difference(), worst.difference()) > 0) {
        worst = result;
      }
    }
    return Optional.ofNullable(worst);
  }

  /**
   * How the pair did that is furthest off.
   *
   * @param pair which
   * @param score what it scored; {@link Float#NaN} if it has no score
   * @param tolerance how far it might have been off
   * @param outcome how its scoring ended: what {@code NaN} is to be taken for
   * @param failure why, if the model failed
   */
  public record Result(
      Pair pair,
      float score,
      double tolerance,
      Scores.Outcome outcome,
      Optional<Throwable> failure) {

    /** {@return how far the score is off; 0 or more, {@code NaN} without a score} */
    public double difference() {
      return Math.abs(score - pair.score());
    }

    /** {@return whether this pair, and with it every pair, is within the tolerance} */
    public boolean passed() {
      return difference() <= tolerance;
    }

    /** One line: the pair, what it should score, what it does score. */
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
