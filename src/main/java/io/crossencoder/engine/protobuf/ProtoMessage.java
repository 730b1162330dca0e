// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine.protobuf;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a protocol buffer message from start to end. Any file can be given: what is not a message
 * causes an {@link IOException}, and what is not read is not held in memory. Not thread-safe.
 */
public final class ProtoMessage {

  /** Maximum length of a value in bytes; a damaged file can state any length. */
  private static final int MAX_LENGTH = 1 << 20;

  /** Maximum depth of messages in messages, as in the protocol buffer library. */
  private static final int MAX_DEPTH = 100;

  /**
   * Reads a message.
   *
   * @param <T> type of the result
   */
  public interface Reader<T> {

    /**
     * Reads the fields.
     *
     * @param message the message, before its first field
     * @return the result
     * @throws IOException if the file cannot be read or is not a message
     */
    T read(ProtoMessage message) throws IOException;
  }

  private final DataInputStream in;
  private final int depth;
  private long left;
  private int wireType;

  private ProtoMessage(DataInputStream in, int depth, long length) {
    this.in = in;
    this.depth = depth;
    this.left = length;
  }

  /**
   * Reads a file that is one message.
   *
   * @param <T> type of the result
   * @param file the file
   * @param reader reads the message
   * @return its result
   * @throws IOException if the file cannot be read or is not a message
   */
  public static <T> T read(Path file, Reader<T> reader) throws IOException {
    try (InputStream in = Files.newInputStream(file);
        DataInputStream data = new DataInputStream(new BufferedInputStream(in))) {
      return reader.read(new ProtoMessage(data, 0, Files.size(file)));
    }
  }

  /**
   * Goes to the next field.
   *
   * @return its number; 0 at the end
   * @throws IOException if there is no valid field
   */
  public int next() throws IOException {
    if (left == 0) {
      return 0;
    }
    long tag = number();
    wireType = (int) (tag & 7);
    return (int) (tag >>> 3);
  }

  /**
   * Reads the current field as a number.
   *
   * @return the number
   * @throws IOException if it is not terminated
   */
  public long number() throws IOException {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      take(1);
      int digit = in.readUnsignedByte();
      value |= (long) (digit & 0x7f) << shift;
      if (digit < 0x80) {
        return value;
      }
    }
    throw new IOException("a number is not terminated");
  }

  /**
   * Reads the current field as a message.
   *
   * @return the message; must be read to its end before this message is read on
   * @throws IOException if the field is not a message
   */
  public ProtoMessage message() throws IOException {
    if (wireType != 2) {
      throw new IOException("unsupported wire type " + wireType);
    }
    if (depth == MAX_DEPTH) {
      throw new IOException("more than " + MAX_DEPTH + " messages in each other");
    }
    long length = number();
    take(length);
    return new ProtoMessage(in, depth + 1, length);
  }

  /**
   * Reads numbers of a repeated field.
   *
   * @return all of them if packed, otherwise the next one
   * @throws IOException if the field does not contain numbers, or is longer than 1 MiB
   */
  public List<Long> numbers() throws IOException {
    if (wireType == 0) {
      return List.of(number());
    }
    List<Long> numbers = new ArrayList<>();
    for (ProtoMessage packed = value(); packed.left > 0; ) {
      numbers.add(packed.number());
    }
    return numbers;
  }

  /**
   * Reads the current field as a text.
   *
   * @return the text
   * @throws IOException if the field is not a text, or is longer than 1 MiB
   */
  public String text() throws IOException {
    return new String(in.readNBytes((int) value().left), StandardCharsets.UTF_8);
  }

  /** The current field, which will be held in memory. */
  private ProtoMessage value() throws IOException {
    ProtoMessage value = message();
    if (value.left > MAX_LENGTH) {
      throw new IOException("a value of " + value.left + " bytes, of at most " + MAX_LENGTH);
    }
    return value;
  }

  /**
   * Skips the current field.
   *
   * @throws IOException if the field is longer than this message
   */
  public void skip() throws IOException {
    switch (wireType) {
      case 0 -> number();
      case 1 -> in.skipNBytes(take(8));
      case 2 -> in.skipNBytes(message().left);
      case 5 -> in.skipNBytes(take(4));
      default -> throw new IOException("unsupported wire type " + wireType);
    }
  }

  private long take(long bytes) throws IOException {
    if (bytes < 0 || bytes > left) {
      throw new IOException("a field is longer than the message that contains it");
    }
    left -= bytes;
    return bytes;
  }
}
