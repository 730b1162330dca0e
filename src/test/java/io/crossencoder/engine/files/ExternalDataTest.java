// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine.files;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import io.crossencoder.engine.TestModels;
import io.crossencoder.model.ModelLoadException;
import io.crossencoder.model.ModelOptions;
import io.crossencoder.model.ModelSpec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** A weight file can have any name; its content determines the scores. */
public class ExternalDataTest {

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private Path root;

  @Before
  public void findRoot() {
    root = folder.getRoot().toPath();
  }

  /** A renamed ONNX file, whose weight file keeps its name. */
  private Path renamed() throws IOException {
    Path bert = TestModels.tiny("bert");
    Path model = Files.createDirectory(root.resolve("renamed"));
    for (String file : List.of("config.json", "tokenizer.json")) {
      Files.copy(bert.resolve(file), model.resolve(file));
    }
    Files.copy(bert.resolve("onnx/model_external.onnx"), model.resolve("model.onnx"));
    Files.copy(
        bert.resolve("onnx/model_external.onnx_data"), model.resolve("model_external.onnx_data"));
    return model;
  }

  @Test
  public void otherWeightsAreAnotherModel() throws IOException {
    Path model = renamed();
    ModelSpec before = ModelFiles.read(model, ModelOptions.DEFAULTS);
    Path weights = model.resolve("model_external.onnx_data");
    assertEquals(Files.size(model.resolve("model.onnx")) + Files.size(weights), before.bytes());
    byte[] bytes = Files.readAllBytes(weights);
    bytes[bytes.length / 2] ^= 1;
    Files.write(weights, bytes);
    assertNotEquals(
        before.fingerprint(), ModelFiles.read(model, ModelOptions.DEFAULTS).fingerprint());
  }

  @Test
  public void aLinkOutOfTheDirectoryIsRefusedAndOneInsideIsNot() throws IOException {
    Path model = renamed();
    Path weights = model.resolve("model_external.onnx_data");
    String before = ModelFiles.read(model, ModelOptions.DEFAULTS).fingerprint();
    Files.move(weights, model.resolve("blob"));
    Files.createSymbolicLink(weights, Path.of("blob"));
    assertEquals(before, ModelFiles.read(model, ModelOptions.DEFAULTS).fingerprint());
    Files.move(model.resolve("blob"), root.resolve("blob"));
    Files.delete(weights);
    Files.createSymbolicLink(weights, Path.of("../blob"));
    ModelLoadException e =
        assertThrows(ModelLoadException.class, () -> ModelFiles.read(model, ModelOptions.DEFAULTS));
    assertTrue(e.getMessage(), e.getMessage().startsWith(weights + ": is a symbolic link"));
  }

  @Test
  public void weightsAreFoundWhereverTheyAre() throws IOException {
    byte[] constant = field(5, field(5, located("constant")));
    byte[] branch = field(5, field(6, field(5, located("branch"))));
    byte[] several = field(5, concat(field(10, located("first")), field(10, located("last"))));
    byte[] sparse = concat(field(1, located("values")), field(2, located("indices")));
    byte[] graph =
        concat(
            field(5, located("weights")),
            field(15, sparse),
            field(1, constant),
            field(1, branch),
            field(1, several));
    byte[] function = field(7, field(5, field(5, located("function"))));
    List<String> names =
        List.of("branch", "constant", "first", "function", "indices", "last", "values", "weights");
    for (String name : names) {
      Files.createFile(root.resolve(name));
    }
    assertEquals(
        names.stream().map(root::resolve).toList(),
        List.copyOf(of(concat(field(7, graph), field(25, function)))));
  }

  @Test
  public void filesOutsideAndOnesThatDoNotExistAreNot() throws IOException {
    Files.createDirectories(root.resolve("data/directory"));
    Files.createFile(root.resolve("outside"));
    Files.createFile(root.resolve("data/inside"));
    Path graph = root.resolve("data/model.onnx");
    byte[] locations = {};
    for (String name :
        List.of("../outside", root + "/outside", "/dev/zero", "directory", "missing", "a\0b", "")) {
      locations = concat(locations, field(5, located(name)));
    }
    Files.write(graph, field(7, concat(locations, field(5, located("./inside")))));
    assertEquals(Set.of(root.resolve("data/inside")), ExternalData.of(graph));
  }

  @Test
  public void aFileThatIsNoOnnxModelHasNone() throws IOException {
    byte[] deep = {};
    for (int i = 0; i < 10_000; i++) {
      deep = field(1, field(5, field(6, deep)));
    }
    for (byte[] content :
        List.of(
            new byte[0],
            "version https://git-lfs.github.com/spec/v1".getBytes(StandardCharsets.UTF_8),
            "<!DOCTYPE html>".getBytes(StandardCharsets.UTF_8),
            field(7, deep))) {
      assertEquals(Set.of(), of(content));
    }
  }

  private Set<Path> of(byte[] content) throws IOException {
    return ExternalData.of(Files.write(root.resolve("model.onnx"), content));
  }

  /** A tensor whose numbers are in a file. */
  private static byte[] located(String location) {
    byte[] name = location.getBytes(StandardCharsets.UTF_8);
    byte[] key = "location".getBytes(StandardCharsets.UTF_8);
    return field(13, concat(field(1, key), field(2, name)));
  }

  /** A field of a protocol buffer: its number, its length and its content. */
  private static byte[] field(int number, byte[] content) {
    return concat(varint((number << 3) | 2), varint(content.length), content);
  }

  private static byte[] varint(int value) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int rest = value; ; rest >>>= 7) {
      if (rest < 0x80) {
        out.write(rest);
        return out.toByteArray();
      }
      out.write((rest & 0x7f) | 0x80);
    }
  }

  private static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
