// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import io.crossencoder.engine.files.ProbePairs;
import io.crossencoder.model.ModelLoadException;
import io.crossencoder.model.ModelOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.Before;
import org.junit.Test;

/** The message for a damaged JSON file is one line with the file and the reason. */
public class DamagedJsonTest extends RegistryTestCase {

  private static final List<String> DAMAGED =
      List.of(
          "",
          "{\"a\": ",
          "{\"a\": 1,, \"b\"}",
          "<!DOCTYPE html>\n<html>Not found</html>",
          "version https://git-lfs.github.com/spec/v1\noid sha256:1\nsize 10",
          "[" + "[1, 2, 3], ".repeat(1000) + "4]");

  private Path model;

  @Before
  public void copyModularModel() throws IOException {
    copy(TestModels.tiny("ettin-tiny"));
  }

  private void copy(Path from) throws IOException {
    model = TestModels.copy(from, folder.newFolder().toPath());
  }

  private void assertOneLine(Path file) throws IOException {
    String whole = Files.readString(file);
    for (String json : DAMAGED) {
      Files.writeString(file, json);
      ModelLoadException e = assertThrows(json, ModelLoadException.class, this::load);
      String message = e.getMessage();
      assertTrue(message, message.startsWith(file + ": "));
      assertEquals(message, 1, message.lines().count());
      assertTrue(message, message.length() < file.toString().length() + 260);
      for (String internal : List.of("gson", "http", "Exception", "JsonReader")) {
        assertTrue(message, !message.contains(internal));
      }
    }
    Files.writeString(file, whole);
  }

  private void load() {
    ProbePairs.read(model);
    registry.open(model, ModelOptions.DEFAULTS).close();
  }

  @Test
  public void everyFileOfAModel() throws IOException {
    Files.writeString(model.resolve(ProbePairs.FILE), "");
    assertOneLine(model.resolve(ProbePairs.FILE));
    Files.delete(model.resolve(ProbePairs.FILE));
    for (String file :
        List.of(
            "config.json",
            "tokenizer.json",
            "tokenizer_config.json",
            "sentence_bert_config.json",
            "config_sentence_transformers.json",
            "2_Dense/config.json")) {
      assertOneLine(model.resolve(file));
    }
    load();
  }

  @Test
  public void theReasonHasThePlace() throws IOException {
    Path file = model.resolve("config.json");
    Files.writeString(file, "{\"a\": [1, 2");
    ModelLoadException e = assertThrows(ModelLoadException.class, this::load);
    assertEquals(
        file + ": is not JSON: End of input at line 1 column 12 path $.a[2]", e.getMessage());
  }

  @Test
  public void aLinkToAMissingFileIsNotAMissingFile() throws IOException {
    for (String name :
        List.of("tokenizer_config.json", "sentence_bert_config.json", "modules.json")) {
      Path file = model.resolve(name);
      byte[] bytes = Files.readAllBytes(file);
      for (Path target : List.of(file, model.resolve("missing"))) {
        Files.delete(file);
        Files.createSymbolicLink(file, target);
        String message = assertThrows(name, ModelLoadException.class, this::load).getMessage();
        assertEquals(file + ": is not a regular file, or is a link to a missing file", message);
      }
      Files.delete(file);
      Files.write(file, bytes);
    }
    load();
  }

  @Test
  public void textThatIsNotUtf8() throws IOException {
    Path file = model.resolve("sentence_bert_config.json");
    Files.write(file, new byte[] {'{', '"', (byte) 0xE9, '"', ':', '1', '}'});
    String message = assertThrows(ModelLoadException.class, this::load).getMessage();
    assertEquals(file + ": is not UTF-8", message);
  }

  @Test
  public void theNormalizerOfBert() throws IOException {
    copy(TestModels.tiny("bert"));
    assertOneLine(model.resolve("tokenizer_config.json"));
  }

  @Test
  public void aValueOfTheWrongType() throws IOException {
    Path file = model.resolve("tokenizer.json");
    Files.writeString(
        file, "{\"model\": {\"type\": \"BPE\", \"vocab\": {\"a\": {}}, \"merges\": [1]}}");
    String message = assertThrows(ModelLoadException.class, this::load).getMessage();
    assertEquals(message, 1, message.lines().count());
    assertTrue(message, !message.contains("gson"));
  }
}
