// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine;

import static org.junit.Assume.assumeTrue;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.annotations.SerializedName;
import io.crossencoder.engine.files.ProbePairs;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Models for tests. */
public final class TestModels {

  private static final Path ROOT = Path.of(System.getProperty("project.root", "."));

  /** The bundled model. */
  public static final Path STARTER = ROOT.resolve("conf/models/tmdb-starter");

  private static final Path TINY = ROOT.resolve("src/test/resources/models");

  /** A model with the shape of ms-marco-MiniLM-L6-v2; exists on some machines only. */
  public static final Path MINI_LM = ROOT.resolve("../shared/models/minilm-l6-shape");

  private TestModels() {}

  /** A tiny model of a family, created by scripts/test-models. */
  public static Path tiny(String family) {
    return TINY.resolve(family);
  }

  /**
   * A pair with the results of Python's tokenizers and PyTorch.
   *
   * @param spans of the tokens of the passage: start, end, start, end, ... in code points; null if
   *     unknown
   */
  public record Reference(
      String query,
      String passage,
      @SerializedName(value = "ids", alternate = "input_ids") long[] ids,
      int[] spans,
      float logit) {}

  /** Pairs over the bundled films, for {@link #STARTER}. */
  public static List<Reference> references() throws IOException {
    return references(STARTER);
  }

  /** The pairs in the directory of a model. */
  public static List<Reference> references(Path model) throws IOException {
    Path file = model.resolve("reference.json");
    return List.of(new Gson().fromJson(Files.readString(file), Reference[].class));
  }

  /** {@link #MINI_LM}; skips the test if it does not exist. */
  public static Path miniLm() {
    assumeTrue("no " + MINI_LM + " on this machine", Files.isDirectory(MINI_LM));
    return MINI_LM;
  }

  /** Pairs over the texts of TMDB; skips the test if they do not exist. */
  public static List<Reference> tmdbReferences(Path model) throws IOException {
    Path films = ROOT.resolve("../shared/data/tmdb.json");
    assumeTrue("no " + films + " on this machine", Files.isRegularFile(films));
    JsonObject byId = JsonParser.parseString(Files.readString(films)).getAsJsonObject();
    return JsonParser.parseString(Files.readString(model.resolve("reference.json")))
        .getAsJsonArray()
        .asList()
        .stream()
        .map(
            element -> {
              JsonObject pair = element.getAsJsonObject();
              JsonObject film = byId.getAsJsonObject(pair.get("id").getAsString());
              return new Reference(
                  pair.get("query").getAsString(),
                  film.get("title").getAsString() + "\n\n" + film.get("overview").getAsString(),
                  new Gson().fromJson(pair.get("input_ids"), long[].class),
                  null,
                  pair.get("logit").getAsFloat());
            })
        .toList();
  }

  /**
   * Changes a copy of {@link #STARTER} to another model with files of the same names and sizes:
   * every logit has the opposite sign.
   */
  public static void negate(Path copy) throws IOException {
    Files.deleteIfExists(copy.resolve(ProbePairs.FILE));
    Path graph = copy.resolve("onnx/model.onnx");
    byte[] bytes = Files.readAllBytes(graph);
    for (String weights : List.of("scale", "offset")) {
      bytes[start(bytes, weights) + 3] ^= (byte) 0x80;
    }
    Files.write(graph, bytes);
  }

  /** Changes a copy of {@link #STARTER} so that it returns NaN for texts with this token. */
  public static void spoil(Path copy, int token) throws IOException {
    Files.deleteIfExists(copy.resolve(ProbePairs.FILE));
    Path graph = copy.resolve("onnx/model.onnx");
    byte[] bytes = Files.readAllBytes(graph);
    ByteBuffer floats = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    floats.putFloat(start(bytes, "rarity") + 4 * token, Float.NaN);
    Files.write(graph, bytes);
  }

  /** Index of the numbers of a tensor: its name is field 8, its bytes are field 9. */
  private static int start(byte[] graph, String tensor) {
    String text = new String(graph, StandardCharsets.ISO_8859_1);
    int at = text.indexOf("B" + (char) tensor.length() + tensor + "J") + tensor.length() + 3;
    // Preceded by their length.
    while (graph[at] < 0) {
      at++;
    }
    return at + 1;
  }

  /** A copy of a model that a test can damage. */
  public static Path copy(Path model, Path into) throws IOException {
    Path copy = into.resolve(model.getFileName());
    try (Stream<Path> files = Files.walk(model)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Path target = copy.resolve(model.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
    }
    return copy;
  }
}
