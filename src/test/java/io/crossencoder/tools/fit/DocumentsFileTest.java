// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.fit;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

import io.crossencoder.tools.common.CommandException;
import io.crossencoder.tools.evaluation.asking.Passages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Documents in a JSON file. */
public final class DocumentsFileTest {

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private Path file(String json) throws IOException {
    return Files.writeString(folder.getRoot().toPath().resolve("documents.json"), json);
  }

  private Map<String, String> read(String json) throws IOException {
    return DocumentsFile.read(file(json), "id", new Passages(List.of("title")));
  }

  @Test
  public void anObjectAnArrayAndLinesAreTheSameDocuments() throws IOException {
    Map<String, String> documents = Map.of("1", "a", "2", "b");
    assertEquals(documents, read("{\"1\":{\"title\":\"a\"},\"2\":{\"title\":\"b\"}}"));
    assertEquals(documents, read("[{\"id\":1,\"title\":\"a\"},{\"id\":2,\"title\":\"b\"}]"));
    assertEquals(documents, read("{\"id\":1,\"title\":\"a\"}\n{\"id\":2,\"title\":\"b\"}\n"));
    assertEquals(Map.of(), read(""));
  }

  @Test
  public void aValueThatIsNoDocumentDoesNotEndTheFileSilently() {
    for (String value : List.of("null", "7", "\"x\"", "[]")) {
      CommandException refused =
          assertThrows(
              CommandException.class,
              () ->
                  read("[{\"id\":1,\"title\":\"a\"},\n" + value + ",{\"id\":2,\"title\":\"b\"}]"));
      assertEquals(
          folder.getRoot().toPath().resolve("documents.json")
              + ", line 2: expected a document, which is a JSON object",
          refused.getMessage());
    }
  }
}
