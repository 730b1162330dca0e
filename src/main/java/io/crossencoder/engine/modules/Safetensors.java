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
 * numbers. Nothing in it is believed: lengths, types, shapes and places are checked before memory
 * is taken, and every number has to be finite.
 *
 * @see <a href="https://github.com/huggingface/safetensors#format">the format</a>
 */
final class Safetensors {

  /** A head has a handful of tensors, of about 80 bytes each in the header. */
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
   * Reads the header and checks that the tensors fill the rest of the file without a gap.
   *
   * @throws ModelLoadException if they do not, or if it is no such file
   */
  static Safetensors open(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new ModelLoadException(file, "missing; the weights of this module are read from it");
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
            "says that its header has "
                + Long.toUnsignedString(length)
                + " bytes; allowed are 2 to "
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

  /** One behind the other, from the first byte to the last: two keys of one name leave a gap. */
  private static void checkPlaces(Path file, List<Tensor> tensors, long bytes) {
    List<Tensor> inOrder = new ArrayList<>(tensors);
    inOrder.sort(Comparator.comparingLong(Tensor::begin).thenComparingLong(Tensor::end));
    long end = 0;
    for (Tensor tensor : inOrder) {
      if (tensor.begin() != end || tensor.end() < end) {
        throw new ModelLoadException(
            file,
            tensor.name()
                + " lies at bytes "
                + tensor.begin()
                + " to "
                + tensor.end()
                + ", and the tensor before it ends at "
                + end);
      }
      end = tensor.end();
    }
    if (end != bytes) {
      throw new ModelLoadException(
          file, "has " + bytes + " bytes of numbers, and its tensors end at " + end);
    }
  }

  /**
   * Complains about a tensor that is missing, or that nobody asked for.
   *
   * @throws ModelLoadException naming both sets
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
   * @param shape the shape that it must have
   * @throws ModelLoadException if it has another shape, an unknown type, or a number that is not
   *     finite
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
              + ", and config.json says "
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
