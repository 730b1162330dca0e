// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.fetch.download;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import io.crossencoder.tools.common.CommandException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class UrlTemplateTest {
  private static final Map<String, String> PARTS =
      Map.of("name", "b", "repository", "a/b", "revision", "main", "path", "onnx/model.onnx");

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private static String url(String from) {
    return UrlTemplate.of(from, UrlTemplate.HUB_LAYOUT, "b").of(PARTS).toString();
  }

  @Test
  public void aMirrorIsLaidOutAsTheHub() {
    assertEquals(
        "https://hub.example/a/b/resolve/main/onnx/model.onnx", url("https://hub.example"));
    assertEquals("http://x:1/hf/a/b/resolve/main/onnx/model.onnx", url("http://x:1/hf/"));
  }

  @Test
  public void aUrlWithItsPartsInBracesIsLaidOutAsItSays() {
    assertEquals(
        "https://x/raw/b/onnx/model.onnx?v=main", url("https://x/raw/{name}/{path}?v={revision}"));
  }

  @Test
  public void aPartThatNobodyKnowsIsNamed() {
    String message =
        assertThrows(CommandException.class, () -> url("https://x/{owner}/{path}")).getMessage();
    assertTrue(message, message.contains("https://x/{owner}/onnx/model.onnx"));
  }

  @Test
  public void aDirectoryHasTheFilesOrTheModelsDirectory() throws Exception {
    Path stick = folder.newFolder("my stick").toPath();
    assertEquals(stick.toUri() + "onnx/model.onnx", url(stick.toString()));
    assertEquals(stick.toUri() + "onnx/model.onnx", url(stick.toUri().toString()));
    Files.createDirectory(stick.resolve("b"));
    assertEquals(stick.toUri() + "b/onnx/model.onnx", url(stick.toString()));
  }

  @Test
  public void whatIsNeitherIsRefused() {
    for (String from : new String[] {"ftp://x", "no/such/directory", "file://x/y", "\0"}) {
      String message = assertThrows(from, CommandException.class, () -> url(from)).getMessage();
      assertTrue(message, message.endsWith("is neither an http(s) URL nor an existing directory"));
    }
  }

  @Test
  public void aPasswordInAUrlIsRefusedForItWouldBeRecorded() {
    assertThrows(CommandException.class, () -> url("https://me:secret@x/"));
  }
}
