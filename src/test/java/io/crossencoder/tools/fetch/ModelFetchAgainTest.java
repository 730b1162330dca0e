// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.fetch;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import io.crossencoder.tools.common.CommandException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.Test;

/** A download to a directory with files of an earlier download or of a user. */
public final class ModelFetchAgainTest extends ModelFetchTestCase {

  @Test
  public void whatIsThereAndRightIsNotFetchedAgain() throws IOException {
    fetch(descriptor(REVISION, probe()), "fp32");
    hub.asked().clear();
    fetch(descriptor(REVISION, probe()), "fp32");
    assertEquals(List.of(), hub.asked());
    assertTrue(out.toString(), out.toString().contains("Nothing to download"));
  }

  @Test
  public void anotherVariantJoinsTheModelThatIsThere() throws IOException {
    fetch(descriptor(REVISION, probe()), "fp32");
    Files.writeString(model.resolve("notes.txt"), "mine");
    hub.asked().clear();
    fetch(descriptor(REVISION, probe()), "avx2");
    assertEquals(List.of(url(INT8)), hub.asked());
    assertTrue(files(model).containsAll(List.of(GRAPH, INT8, "notes.txt")));
    assertEquals(4, Provenance.read(model).get().files().size());
    assertEquals(List.of("starter"), everything());
  }

  @Test
  public void whatAnInterruptedFetchHasIsKept() throws IOException {
    hub.first(url(GRAPH), TestHub.status(404));
    failure(descriptor(REVISION, probe()));
    hub.asked().clear();
    fetch(descriptor(REVISION, probe()), "fp32");
    assertEquals(List.of(url(GRAPH)), hub.asked());
    assertEquals(List.of("starter"), everything());
  }

  @Test
  public void whatAFetchOfAnotherRevisionLeftIsOfNoUse() throws IOException {
    hub.first(url(GRAPH), TestHub.status(404));
    failure(descriptor(REVISION, probe()));
    Path record = models.resolve(".starter.partial/source.json");
    Files.writeString(record, Files.readString(record).replace(REVISION, "main"));
    hub.asked().clear();
    fetch(descriptor(REVISION, probe()), "fp32");
    assertEquals(3, hub.asked().size());
  }

  @Test
  public void whatAFetchOfAnotherVariantLeftIsNotInstalled() throws IOException {
    hub.first(url(INT8), TestHub.status(404));
    assertThrows(CommandException.class, () -> fetch(descriptor(REVISION, probe()), "avx2"));
    Files.createDirectories(models.resolve(".starter.partial/onnx"));
    Files.writeString(models.resolve(".starter.partial/" + INT8 + ".part"), "half");
    fetch(descriptor(REVISION, probe()), "fp32");
    assertEquals(
        List.of("config.json", GRAPH, "probe.json", "source.json", "tokenizer.json"), files(model));
  }

  @Test
  public void twoFetchesOfAModelDoNotMix() throws Exception {
    FetchLock lock = FetchLock.take(Files.createDirectories(models), "starter");
    assertTrue(failure(descriptor(REVISION, probe())).startsWith("another download of starter"));
    FetchLock.take(models, "other").close();
    assertEquals(List.of(".starter.lock"), everything());
    lock.close();
    fetch(descriptor(REVISION, probe()), "fp32");
  }

  @Test
  public void aFileThatSomeoneChangedIsLeftAlone() throws IOException {
    fetch(descriptor(REVISION, probe()), "fp32");
    Files.writeString(model.resolve("config.json"), "{}");
    String message = failure(descriptor(REVISION, probe()));
    assertTrue(
        message, message.startsWith(model.resolve("config.json") + " differs from the file that"));
    assertEquals("{}", Files.readString(model.resolve("config.json")));
  }

  @Test
  public void anotherRevisionIsNotMixedIn() throws IOException {
    fetch(descriptor(REVISION, probe()), "fp32");
    String message = failure(descriptor("main", probe()));
    assertTrue(message, message.contains("of revision " + REVISION));
    assertTrue(message, message.endsWith("Move it to another place and run this command again"));
  }

  @Test
  public void aHashThatNobodyPublishedIsRecordedAndHeldTo() throws IOException {
    ModelDescriptor unpinned = with(unpinned(file(GRAPH, "fp32")));
    fetch(unpinned, "fp32");
    String sha256 = file(GRAPH, "fp32").sha256();
    assertTrue(
        out.toString(), out.toString().contains("sha256 recorded: " + sha256.substring(0, 12)));
    assertEquals(false, Provenance.read(model).get().find(GRAPH).get().pinned());
    Files.delete(model.resolve(GRAPH));
    hub.put(url(GRAPH), "something else".getBytes(StandardCharsets.UTF_8));
    String message = failure(unpinned);
    assertTrue(message, message.endsWith("instead of " + sha256));
  }
}
