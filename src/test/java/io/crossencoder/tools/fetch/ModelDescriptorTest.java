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

  /** The published models; docs/models.md has a line for each. */
  private static final List<String> DESCRIBED =
      List.of(
          "bge-reranker-base",
          "bge-reranker-large",
          "bge-reranker-v2-m3",
          "ettin-reranker-150m-v1",
          "ettin-reranker-17m-v1",
          "ettin-reranker-32m-v1",
          "ettin-reranker-68m-v1",
          "granite-embedding-reranker-english-r2",
          "gte-reranker-modernbert-base",
          "jina-reranker-v1-tiny-en",
          "jina-reranker-v1-turbo-en",
          "mmarco-mMiniLMv2-L12-H384-v1",
          "ms-marco-MiniLM-L12-v2",
          "ms-marco-MiniLM-L2-v2",
          "ms-marco-MiniLM-L4-v2",
          "ms-marco-MiniLM-L6-v2",
          "ms-marco-TinyBERT-L2-v2",
          "mxbai-rerank-base-v1",
          "mxbai-rerank-large-v1",
          "mxbai-rerank-xsmall-v1");

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
  public void everyDescriptorHasALineInTheTableOfModels() throws IOException {
    String page = Files.readString(ProjectFiles.locate().root().resolve("docs/models.md"));
    for (String name : DESCRIBED) {
      assertTrue(name, page.contains("| `" + name + "` |"));
    }
  }

  @Test
  public void everyDescriptorOfTheProjectIsValidAndHasScores() throws IOException {
    List<Path> files = new Catalog(ProjectFiles.locate().models()).files();
    assertEquals(DESCRIBED, files.stream().map(Catalog::name).toList());
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
    assertRefused("\"size\": 1", "\"size\": 0", "size of onnx/model.onnx must be greater than 0");
    assertRefused("\"size\": 1", "\"sha256\": \"ABC\"", "sha256 of onnx/model.onnx is 'ABC'");
    assertRefused("\"size\": 1", "\"from\": \"a/b\"", "from of onnx/model.onnx is 'a/b'");
    assertRefused("\"size\": 1", "\"gitBlob\": \"1\"", "gitBlob of onnx/model.onnx is '1'");
    assertRefused("\"size\": 1", "\"hash\": \"1\"", "Unrecognized field \"hash\"");
    assertRefused("\"fp32\"", "\"fp16\"", "variant fp16 is not supported");
    assertRefused("tokenizer.json", "Config.json", "Config.json appears twice");
    assertRefused("tokenizer.json", "vocab.txt", "files must contain config.json");
    assertRefused("onnx/model.onnx", "onnx/model.bin", "files must contain config.json");
    assertRefused(
        "{\"path\": \"config.json\"},",
        "{\"path\": \"config.json\"}, {\"path\": \"probe.json\"},",
        "cannot be downloaded");
    assertRefused(
        "\"licence\": \"MIT\",", "", "description, licence, languages and files are required");
  }
}
