// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine.modules;

import ai.onnxruntime.platform.Fp16Conversions;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import io.crossencoder.model.ModelLoadException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A file in the safetensors format: eight bytes with the length of a JSON header, the header, the
 * numbers. The file is not trusted: lengths, types, shapes and offsets are checked before memory is
 * allocated, and every number must be finite.
 *
 * @see <a href="https://github.com/huggingface/safetensors#format">the format</a>
 */
final class Safetensors {

  /** The header of a head has a few tensors of about 80 bytes each. */
  private static final int MAX_HEADER_BYTES = 1 << 20;

  private static final Map<String, Integer> BYTES_OF_TYPE = Map.of("F32", 4, "F16", 2, "BF16", 2);

  private record Tensor(String name, String type, long[] shape, long begin, long end) {}

  private final Path file;
  private final long dataStart;
  private final Map<String, Tensor> tensors;

  private Safetensors(Path file, long dataStart, Map<String, Tensor> tensors) {
    this.file = file;
    this.dataStart = dataStart;
    this.tensors = tensors;
  }

  /**
   * Reads the header and checks that the tensors fill the rest of the file without gaps.
   *
   * @throws ModelLoadException if the file is invalid
   */
  static Safetensors open(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new ModelLoadException(file, "not found; it must contain the weights of this module");
    }
    try {
      long size = Files.size(file);
      if (size < Long.BYTES) {
        throw new ModelLoadException(file, "has only " + size + " bytes");
      }
      long length = read(file, 0, Long.BYTES).getLong();
      if (length < 2 || length > MAX_HEADER_BYTES || length > size - Long.BYTES) {
        throw new ModelLoadException(
            file,
            "declares a header of "
                + Long.toUnsignedString(length)
                + " bytes; supported: 2 to "
                + Math.min(MAX_HEADER_BYTES, size - Long.BYTES));
      }
      byte[] header = read(file, Long.BYTES, (int) length).array();
      Map<String, Tensor> tensors = tensors(file, header);
      long start = Long.BYTES + length;
      checkPlaces(file, tensors.values().stream().toList(), size - start);
      return new Safetensors(file, start, tensors);
    } catch (IOException e) {
      throw new ModelLoadException(file, "cannot be read: " + e.getMessage(), e);
    }
  }

  private static ByteBuffer read(Path file, long from, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    try (FileChannel channel = FileChannel.open(file)) {
      while (bytes.hasRemaining()) {
        if (channel.read(bytes, from + bytes.position()) < 0) {
          throw new EOFException("the file ends before byte " + (from + length));
        }
      }
    }
    return bytes.flip();
  }

  private static Map<String, Tensor> tensors(Path file, byte[] header) {
    Map<String, Tensor> tensors = new TreeMap<>();
    try {
      JsonObject json =
          JsonParser.parseString(new String(header, StandardCharsets.UTF_8)).getAsJsonObject();
      for (Map.Entry<String, JsonElement> entry : json.entrySet()) {
        if (!entry.getKey().equals("__metadata__")) {
          tensors.put(entry.getKey(), tensor(file, entry.getKey(), entry.getValue()));
        }
      }
    } catch (JsonParseException | IllegalStateException e) {
      throw new ModelLoadException(file, "has a header that is not a JSON object", e);
    }
    return tensors;
  }

  private static Tensor tensor(Path file, String name, JsonElement value) {
    if (value instanceof JsonObject tensor
        && tensor.get("dtype") instanceof JsonPrimitive type
        && tensor.get("shape") instanceof JsonArray shape
        && tensor.get("data_offsets") instanceof JsonArray offsets
        && offsets.size() == 2) {
      long[] place = longs(file, name, offsets);
      return new Tensor(name, type.getAsString(), longs(file, name, shape), place[0], place[1]);
    }
    throw new ModelLoadException(file, name + " has no dtype, shape and two data_offsets");
  }

  private static long[] longs(Path file, String name, JsonArray numbers) {
    long[] values = new long[numbers.size()];
    for (int i = 0; i < values.length; i++) {
      double value =
          numbers.get(i) instanceof JsonPrimitive number && number.isNumber()
              ? number.getAsDouble()
              : Double.NaN;
      if (!(value >= 0 && value <= 1L << 50 && value == Math.rint(value))) {
        throw new ModelLoadException(file, name + " has " + numbers.get(i) + " as a size or place");
      }
      values[i] = (long) value;
    }
    return values;
  }

  /** The tensors must be contiguous; a duplicate key in the header therefore leaves a gap. */
  private static void checkPlaces(Path file, List<Tensor> tensors, long bytes) {
    List<Tensor> inOrder = new ArrayList<>(tensors);
    inOrder.sort(Comparator.comparingLong(Tensor::begin).thenComparingLong(Tensor::end));
    long end = 0;
    for (Tensor tensor : inOrder) {
      if (tensor.begin() != end || tensor.end() < end) {
        throw new ModelLoadException(
            file,
            tensor.name()
                + " is at bytes "
                + tensor.begin()
                + " to "
                + tensor.end()
                + ", but the previous tensor ends at "
                + end);
      }
      end = tensor.end();
    }
    if (end != bytes) {
      throw new ModelLoadException(
          file, "has " + bytes + " bytes of numbers, but its tensors end at " + end);
    }
  }

  /**
   * Rejects missing and unexpected tensors.
   *
   * @throws ModelLoadException with both sets of names
   */
  void requireExactly(Set<String> names) {
    if (!tensors.keySet().equals(names)) {
      throw new ModelLoadException(
          file, "has the tensors " + tensors.keySet() + ", not " + new TreeSet<>(names));
    }
  }

  /**
   * The numbers of a tensor, row by row.
   *
   * @param shape expected shape
   * @throws ModelLoadException if the tensor has another shape, an unsupported type, or a number
   *     that is not finite
   */
  float[] floats(String name, int... shape) {
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new ModelLoadException(file, "has no tensor " + name);
    }
    if (!Arrays.equals(tensor.shape(), Arrays.stream(shape).asLongStream().toArray())) {
      throw new ModelLoadException(
          file,
          name
              + " has the shape "
              + Arrays.toString(tensor.shape())
              + ", but config.json requires "
              + Arrays.toString(shape));
    }
    Integer width = BYTES_OF_TYPE.get(tensor.type());
    if (width == null) {
      throw new ModelLoadException(
          file,
          name
              + " is of type "
              + tensor.type()
              + "; supported: "
              + new TreeSet<>(BYTES_OF_TYPE.keySet()));
    }
    long count = Arrays.stream(tensor.shape()).reduce(1, Math::multiplyExact);
    if (count * width != tensor.end() - tensor.begin() || count * width > Integer.MAX_VALUE) {
      throw new ModelLoadException(
          file,
          name
              + " has "
              + (tensor.end() - tensor.begin())
              + " bytes for "
              + count
              + " numbers of type "
              + tensor.type());
    }
    try {
      ByteBuffer bytes = read(file, dataStart + tensor.begin(), (int) count * width);
      return finite(name, tensor.type(), bytes, new float[(int) count]);
    } catch (IOException e) {
      throw new ModelLoadException(file, "cannot be read: " + e.getMessage(), e);
    }
  }

  private float[] finite(String name, String type, ByteBuffer bytes, float[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] =
          switch (type) {
            case "F16" -> Fp16Conversions.fp16ToFloat(bytes.getShort());
            case "BF16" -> Fp16Conversions.bf16ToFloat(bytes.getShort());
            default -> bytes.getFloat();
          };
      if (!Float.isFinite(values[i])) {
        throw new ModelLoadException(file, name + " has " + values[i] + " at place " + i);
      }
    }
    return values;
  }
}
