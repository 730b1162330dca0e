// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.TokenizersLibrary;
import io.crossencoder.engine.tokens.Encoding;
import io.crossencoder.engine.tokens.PairTokenizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * The time to tokenize a pair, and the part of it for unused results of DJL's encoding: tokens,
 * words, character spans.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@State(Scope.Benchmark)
public class PairTokenizerBenchmark {

  private static final String QUERY = "vietnam war";

  /** A text as long as a typical film overview in TMDB. */
  private static final String PASSAGE =
      "Apocalypse Now\n\nAt the height of the Vietnam war, Captain Benjamin Willard is sent on a"
          + " dangerous mission that, officially, \"does not exist, nor will it ever exist.\" His"
          + " goal is to locate - and eliminate - a mysterious Green Beret Colonel named Walter"
          + " Kurtz, who has been leading his personal army on illegal guerrilla missions into"
          + " enemy territory.";

  @Param("conf/models/tmdb-starter")
  String model;

  @Param("512")
  int maxLength;

  private PairTokenizer tokenizer;
  private HuggingFaceTokenizer djl;

  @Setup
  public void load() throws IOException {
    Path file = Path.of(model, "tokenizer.json");
    tokenizer = PairTokenizer.load(file, maxLength);
    String limit = Integer.toString(maxLength);
    djl =
        HuggingFaceTokenizer.newInstance(
            file,
            Map.of(
                "truncation",
                "only_second",
                "maxLength",
                limit,
                "modelMaxLength",
                limit,
                "padding",
                "false"));
    if (!Arrays.equals(pair().ids(), idsOnly().ids())) {
      throw new AssertionError("the two ways give different ids");
    }
  }

  @TearDown
  public void close() {
    tokenizer.close();
    djl.close();
  }

  /** Tokenizes like the engine. */
  @Benchmark
  public Encoding pair() {
    return tokenizer.encode(QUERY, PASSAGE);
  }

  /** Reads only the parts that the engine needs, with four native calls instead of ten. */
  @Benchmark
  public Encoding idsOnly() {
    TokenizersLibrary library = TokenizersLibrary.LIB;
    long encoding = library.encodeDual(djl.getHandle(), QUERY, PASSAGE, true);
    try {
      return new Encoding(
          library.getTokenIds(encoding),
          library.getTypeIds(encoding),
          library.getOverflowCount(encoding) > 0);
    } finally {
      library.deleteEncoding(encoding);
    }
  }
}
