// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.vectors;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.lucene.util.ResourceLoader;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.SolrException.ErrorCode;
import org.apache.solr.common.util.NamedList;

/**
 * A table of words and their vectors. Immutable and thread-safe.
 *
 * <p>The file contains two integers, the length of a vector and the number of words; then for each
 * word its text, in the format of {@link DataInputStream#readUTF}, and its vector, one signed byte
 * per dimension.
 */
final class WordVectors {

  private static final int MAX_LENGTH = 1024;
  private static final int MAX_WORDS = 1_000_000;

  /**
   * Maximum number of characters of a text, so that its length does not determine the time of a
   * request.
   */
  private static final int MAX_TEXT = 100_000;

  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+");
  private static final Pattern ACCENT = Pattern.compile("\\p{Mn}+");

  private final int length;
  private final Map<String, byte[]> words;

  private WordVectors(int length, Map<String, byte[]> words) {
    this.length = length;
    this.words = words;
  }

  /**
   * Reads a file of the configset.
   *
   * @throws SolrException 500 with the name of the file, if it does not exist or is invalid
   */
  static WordVectors read(ResourceLoader loader, String file) {
    try (InputStream bytes = loader.openResource(file);
        DataInputStream in = new DataInputStream(new BufferedInputStream(bytes))) {
      int length = in.readInt();
      int count = in.readInt();
      if (length < 1 || length > MAX_LENGTH || count < 0 || count > MAX_WORDS) {
        throw new IOException("the file starts with " + length + " and " + count);
      }
      Map<String, byte[]> words = new HashMap<>();
      for (int i = 0; i < count; i++) {
        String word = in.readUTF();
        byte[] vector = new byte[length];
        in.readFully(vector);
        words.put(word, vector);
      }
      return new WordVectors(length, words);
    } catch (IOException e) {
      throw new SolrException(
          ErrorCode.SERVER_ERROR, file + ": not a table of word vectors: " + e.getMessage(), e);
    }
  }

  /** The name of the file in the arguments of a plugin. */
  static String file(NamedList<?> args) {
    return Optional.ofNullable((String) args.get("vectors")).orElse("word-vectors.bin");
  }

  /** A weighted sum of word vectors. Not thread-safe. */
  final class Sum {
    private final float[] numbers = new float[length];

    /** Adds the vectors of the words of a text, multiplied by a weight. */
    Sum add(String text, float weight) {
      String head = text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) : text;
      String plain =
          ACCENT
              .matcher(Normalizer.normalize(head.toLowerCase(Locale.ROOT), Normalizer.Form.NFD))
              .replaceAll("");
      WORD.matcher(plain)
          .results()
          .map(MatchResult::group)
          .map(words::get)
          .filter(Objects::nonNull)
          .forEach(vector -> add(vector, weight));
      return this;
    }

    private void add(byte[] vector, float weight) {
      for (int i = 0; i < length; i++) {
        numbers[i] += weight * vector[i];
      }
    }

    /** The sum, scaled to length 1; empty if no word is known. */
    Optional<float[]> normalized() {
      double squares = 0;
      for (float number : numbers) {
        squares += (double) number * number;
      }
      if (squares == 0) {
        return Optional.empty();
      }
      float[] unit = new float[length];
      for (int i = 0; i < length; i++) {
        unit[i] = (float) (numbers[i] / Math.sqrt(squares));
      }
      return Optional.of(unit);
    }
  }

  Sum sum() {
    return new Sum();
  }
}
