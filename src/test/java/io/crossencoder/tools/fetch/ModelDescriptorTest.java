// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.fetch;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import io.crossencoder.engine.files.ProbePairs;
import io.crossencoder.tools.common.CommandException;
import io.crossencoder.tools.common.ProjectFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class ModelDescriptorTest {
  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private static final String GOOD =
      """
      {"description": "d", "repository": "a/b", "revision": "main", "licence": "MIT",
       "languages": ["en"], "files": [
         {"path": "config.json"}, {"path": "tokenizer.json"},
         {"path": "onnx/model.onnx", "variant": "fp32", "size": 1}],
       "sources": []}
      """;

  private ModelDescriptor read(String json) throws IOException {
    return ModelDescriptor.read(
        Files.writeString(folder.getRoot().toPath().resolve("m.json"), json));
  }

  private void assertRefused(String what, String with, String reason) {
    String json = GOOD.replace(what, with);
    assertTrue(with, !json.equals(GOOD));
    String message = assertThrows(CommandException.class, () -> read(json)).getMessage();
    assertTrue(message, message.contains("m.json: "));
    assertTrue(message, message.contains(reason));
  }

  @Test
  public void everyDescriptorOfTheProjectIsValidAndHasScores() throws IOException {
    List<Path> files = new Catalog(ProjectFiles.locate().models()).files();
    assertTrue(files.toString(), files.size() >= 7);
    for (Path file : files) {
      ModelDescriptor descriptor = ModelDescriptor.read(file);
      Path directory = folder.newFolder().toPath();
      Files.writeString(directory.resolve(ProbePairs.FILE), descriptor.probe().toString());
      assertTrue(file.toString(), ProbePairs.read(directory).get().pairs().size() >= 2);
      assertTrue(file.toString(), descriptor.variants().startsWith(ModelDescriptor.FP32));
      assertTrue(file.toString(), !descriptor.sources().isEmpty());
    }
  }

  @Test
  public void whatIsNotKnownIsNull() throws IOException {
    ModelDescriptor descriptor = read(GOOD);
    assertEquals(null, descriptor.files().get(0).size());
    assertEquals(null, descriptor.files().get(0).sha256());
    assertEquals(false, descriptor.isPinned());
  }

  @Test
  public void noPathLeadsOutOfTheModelsDirectory() {
    for (String path :
        List.of(
            "../config.json",
            "/etc/passwd",
            "onnx/../../x",
            "..",
            "",
            "a//b",
            "a/",
            ".hidden",
            "onnx/.hidden",
            "C:x",
            "a\\\\b",
            "a b",
            "{path}",
            "file:x")) {
      assertRefused("onnx/model.onnx", path, "a file's path is '");
    }
  }

  @Test
  public void noRepositoryOrRevisionLeadsElsewhere() {
    assertRefused("a/b", "a/b/c", "repository is 'a/b/c'");
    assertRefused("a/b", "../b", "repository is '../b'");
    assertRefused("\"main\"", "\"../main\"", "revision is '../main'");
    assertRefused("\"main\"", "null", "revision is 'null'");
  }

  @Test
  public void whatIsWrongIsNamed() {
    assertRefused("\"size\": 1", "\"size\": 0", "size of onnx/model.onnx must be above 0");
    assertRefused("\"size\": 1", "\"sha256\": \"ABC\"", "sha256 of onnx/model.onnx is 'ABC'");
    assertRefused("\"size\": 1", "\"hash\": \"1\"", "Unrecognized field \"hash\"");
    assertRefused("\"fp32\"", "\"fp16\"", "variant fp16 is none of");
    assertRefused("tokenizer.json", "Config.json", "Config.json is there twice");
    assertRefused("tokenizer.json", "vocab.txt", "files must have config.json");
    assertRefused("onnx/model.onnx", "onnx/model.bin", "files must have config.json");
    assertRefused(
        "{\"path\": \"config.json\"},",
        "{\"path\": \"config.json\"}, {\"path\": \"probe.json\"},",
        "never fetched");
    assertRefused("\"licence\": \"MIT\",", "", "needs description, licence");
  }
}
