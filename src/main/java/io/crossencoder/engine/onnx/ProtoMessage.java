// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine.onnx;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads a protocol buffer message from start to end. */
final class ProtoMessage {

  private final DataInputStream in;
  private long left;
  private int wireType;

  ProtoMessage(DataInputStream in, long length) {
    this.in = in;
    this.left = length;
  }

  /** Reads the number of the next field; returns 0 at the end. */
  int next() throws IOException {
    if (left == 0) {
      return 0;
    }
    long tag = number();
    wireType = (int) (tag & 7);
    return (int) (tag >>> 3);
  }

  long number() throws IOException {
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

  /** The current field as a message; must be read to its end before this message is read on. */
  ProtoMessage message() throws IOException {
    if (wireType != 2) {
      throw new IOException("unsupported wire type " + wireType);
    }
    long length = number();
    take(length);
    return new ProtoMessage(in, length);
  }

  /** The numbers of a repeated field: all of them if packed, otherwise the next one. */
  List<Long> numbers() throws IOException {
    if (wireType == 0) {
      return List.of(number());
    }
    List<Long> numbers = new ArrayList<>();
    for (ProtoMessage packed = message(); packed.left > 0; ) {
      numbers.add(packed.number());
    }
    return numbers;
  }

  String text() throws IOException {
    byte[] bytes = in.readNBytes((int) message().left);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  void skip() throws IOException {
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
