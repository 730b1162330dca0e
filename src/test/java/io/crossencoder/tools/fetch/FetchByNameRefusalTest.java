// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.fetch;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import io.crossencoder.tools.common.CommandException;
import io.crossencoder.tools.fetch.hub.Repository;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import org.junit.Test;

/** Repositories without a model, servers without the API of the Hub, and ambiguous names. */
public final class FetchByNameRefusalTest extends FetchByNameTestCase {

  @Test
  public void aRepositoryWithoutGraphIsToBeExported() throws IOException {
    Files.delete(published.resolve("onnx/model.onnx"));
    serve();
    assertFails("has no ONNX file; export one with scripts/export-model.sh some-one/starter DIR");
  }

  @Test
  public void aRepositoryWithoutTokenizerCannotBeRun() throws IOException {
    Files.delete(published.resolve("tokenizer.json"));
    serve();
    assertFails("some-one/starter has no tokenizer.json");
  }

  @Test
  public void whatIsNotThereIsNamed() {
    assertFails("/api/models/some-one/starter/revision/main not found (404)");
  }

  @Test
  public void aServerThatIsNoHubIsNamed() {
    hub.put("/api/models/some-one/starter/revision/main", text("<html>Welcome</html>"));
    assertFails("/revision/main is not the API of the Hub");
    hub.put("/api/models/some-one/starter/revision/main", text("{\"error\": \"none\"}"));
    assertFails("returns no commit (sha)");
  }

  @Test
  public void aTemplateDoesNotSayWhatIsThere() {
    assertFails("does not list what some-one/starter contains", "--from=http://127.0.0.1:1/{path}");
  }

  @Test
  public void aDirectoryIsAsGoodAsAHub() throws IOException {
    assertEquals(err, 0, fetch(NAME, "--from=" + published));
    assertEquals(
        List.of("config.json", "onnx/model.onnx", "source.json", "tokenizer.json"), files());
    assertTrue(out, out.contains("Of 3 files, compared with the published hashes: none."));
  }

  @Test
  public void aRepositoryWithADescriptorIsFetchedByIt() {
    assertEquals(1, fetch("cross-encoder/ms-marco-MiniLM-L6-v2"));
    String pinned = "/cross-encoder/ms-marco-MiniLM-L6-v2/resolve/c5ee24cb16019beea0893ab7796b1df9";
    assertTrue(hub.asked().toString(), hub.asked().get(0).startsWith(pinned));
    hub.asked().clear();
    assertEquals(1, fetch("cross-encoder/ms-marco-MiniLM-L6-v2", "--revision=v2"));
    assertEquals(
        List.of("/api/models/cross-encoder/ms-marco-MiniLM-L6-v2/revision/v2"), hub.asked());
  }

  @Test
  public void optionsOfRepositoriesAreForRepositories() {
    assertEquals(2, fetch("ms-marco-MiniLM-L6-v2", "--revision=v2"));
    assertTrue(err, err.startsWith("error: --file and --revision require OWNER/NAME of the Hub"));
    assertEquals(2, fetch("a/b/c"));
    assertEquals(2, fetch("../b"));
  }

  @Test
  public void modulesAreFetchedWithTheirWeights() {
    List<String> paths =
        List.of(
            "config.json",
            "tokenizer.json",
            "modules.json",
            "config_sentence_transformers.json",
            "sentence_bert_config.json",
            "onnx/model.onnx",
            "model.safetensors",
            "1_Pooling/config.json",
            "head/config.json",
            "head/model.safetensors",
            "3_Unused/config.json");
    ModelDescriptor descriptor =
        new RepositoryModel(repository(paths), List.of("1_Pooling", "head"))
            .descriptor(Optional.empty());
    List<String> unwanted = List.of("model.safetensors", "3_Unused/config.json");
    assertEquals(
        paths.stream().filter(path -> !unwanted.contains(path)).sorted().toList(),
        descriptor.files().stream().map(ModelDescriptor.File::path).sorted().toList());
  }

  @Test
  public void aModuleDoesNotLeadOutOfTheDirectory() {
    // A malicious Hub can list such a path.
    List<String> paths =
        List.of("config.json", "tokenizer.json", "onnx/model.onnx", "../config.json");
    RepositoryModel model = new RepositoryModel(repository(paths), List.of(".."));
    String message =
        assertThrows(CommandException.class, () -> model.descriptor(Optional.empty())).getMessage();
    assertTrue(message, message.contains("a file's path is '../config.json'"));
  }

  private static Repository repository(List<String> paths) {
    return new Repository(
        NAME,
        TestRepository.COMMIT,
        "mit",
        List.of(),
        paths.stream().map(path -> new Repository.Entry(path, 1L, null, null)).toList());
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
