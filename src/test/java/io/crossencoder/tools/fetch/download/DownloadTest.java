// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.fetch.download;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import io.crossencoder.tools.common.Checksum;
import io.crossencoder.tools.common.CommandException;
import io.crossencoder.tools.fetch.TestHub;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.Test;

public final class DownloadTest extends DownloadTestCase {

  private String failure(long size, String sha256) {
    return assertThrows(CommandException.class, () -> fetch(size, Optional.ofNullable(sha256)))
        .getMessage();
  }

  @Test
  public void aFileArrivesWhole() throws IOException {
    assertEquals(new Checksum(10, hash(CONTENT)), fetch().checksum());
    assertArrived();
  }

  @Test
  public void aFileOfWhichNothingIsKnownArrivesToo() throws IOException {
    hub.first(PATH, TestHub.chunked(CONTENT));
    fetch(-1, Optional.empty());
    assertArrived();
  }

  @Test
  public void aRedirectToAnotherHostIsFollowedWithoutTheToken() throws IOException {
    hub.first(PATH, TestHub.redirect(cdn.url("/blob")));
    cdn.put("/blob", CONTENT);
    assertEquals(Optional.of("abc123"), fetch().commit());
    assertArrived();
    assertEquals(List.of(PATH + " Authorization: Bearer secret"), hub.asked());
    assertEquals(List.of("/blob"), cdn.asked());
  }

  @Test
  public void aRedirectWithoutAHostStaysOnTheServer() throws IOException {
    hub.first(PATH, TestHub.redirect(URI.create("/elsewhere?a=b")));
    hub.put("/elsewhere", CONTENT);
    fetch();
    assertArrived();
  }

  @Test
  public void endlessRedirectsEnd() {
    TestHub.Reply[] replies = new TestHub.Reply[20];
    Arrays.fill(replies, TestHub.redirect(hub.url(PATH)));
    hub.first(PATH, replies);
    assertTrue(failure(10, null).endsWith("redirects more than 10 times"));
  }

  @Test
  public void noRedirectLeadsFromHttpsToHttp() {
    URI secure = URI.create("https://hub/a");
    assertThrows(Http.Refusal.class, () -> Http.next(secure, "http://hub/a"));
    assertThrows(Http.Refusal.class, () -> Http.next(secure, "file:///etc/passwd"));
    assertThrows(Http.Refusal.class, () -> Http.next(secure, "not a URL"));
  }

  @Test
  public void aWrongHashIsRefusedAndNothingIsLeft() throws IOException {
    String message = failure(10, "0".repeat(64));
    assertEquals(
        hub.url(PATH) + " has the SHA-256 " + hash(CONTENT) + " instead of " + "0".repeat(64),
        message);
    assertEquals(List.of(), left());
  }

  @Test
  public void aWrongSizeIsRefusedBeforeItIsFetched() throws IOException {
    assertEquals(hub.url(PATH) + " has 10 bytes instead of 11", failure(11, null));
    assertEquals(List.of(), left());
  }

  @Test
  public void aStreamThatDoesNotEndIsRefused() {
    hub.first(PATH, TestHub.chunked(new byte[100_000]));
    assertTrue(failure(10, null).endsWith("has more than the expected 10 bytes"));
  }

  @Test
  public void whatIsNotThereIsAskedForOnce() {
    hub.first(PATH, TestHub.status(404));
    assertEquals(hub.url(PATH) + " not found (404)", failure(10, null));
    assertEquals(1, hub.asked().size());
  }

  @Test
  public void whatIsNotGivenToEverybodySaysWhatToDo() {
    hub.first(PATH, TestHub.status(401));
    assertTrue(failure(10, null).contains("HF_TOKEN"));
  }

  @Test
  public void aServerThatRecoversIsAskedAgainAfterASecond() throws IOException {
    hub.first(PATH, TestHub.status(500), TestHub.status(503));
    fetch();
    assertArrived();
    assertEquals(List.of(1L, 2L), pauses);
    assertEquals("model.onnx: the server returned 500; retrying in 1 s", said.get(0));
  }

  @Test
  public void aServerThatAsksForPatienceGetsIt() throws IOException {
    hub.first(PATH, TestHub.status(429, "Retry-After", "7"));
    fetch();
    assertEquals(List.of(7L), pauses);
  }

  @Test
  public void aServerThatAsksForTooMuchPatienceDoesNot() {
    hub.first(PATH, TestHub.status(429, "Retry-After", "3600"));
    assertTrue(
        failure(10, null).endsWith("the server returned 429; the server asks to wait 3600 s"));
    assertEquals(List.of(), pauses);
  }

  @Test
  public void aServerThatStaysBrokenIsAskedFiveTimes() {
    TestHub.Reply[] replies = new TestHub.Reply[9];
    Arrays.fill(replies, TestHub.status(502));
    hub.first(PATH, replies);
    assertTrue(failure(10, null).contains("to resume the download"));
    assertEquals(5, hub.asked().size());
    assertEquals(List.of(1L, 2L, 4L, 8L), pauses);
  }

  @Test
  public void aBodyThatFallsSilentIsAskedForAgain() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    hub.first(PATH, TestHub.silentAfter(4, CONTENT, over));
    Download.Item item =
        new Download.Item("model.onnx", hub.url(PATH), 10, Optional.of(hash(CONTENT)));
    download(Duration.ofSeconds(1)).fetch(item, target);
    over.countDown();
    assertArrived();
    assertTrue(said.get(0), said.get(0).contains("no data received for"));
  }

  @Test
  public void aNameThatCannotBeResolvedIsNoPassingFailure() {
    IOException cause = new IOException(new UnresolvedAddressException());
    assertTrue(Download.isNoNetwork(new ConnectException().initCause(cause)));
    assertFalse(Download.isNoNetwork(new ConnectException("refused")));
  }

  @Test
  public void aFileOfADirectoryIsCopiedAndChecked() throws IOException {
    Path original = Files.write(folder.newFile().toPath(), CONTENT);
    Download.Item item = new Download.Item("x", original.toUri(), 10, Optional.of(hash(CONTENT)));
    download(Duration.ofHours(1)).fetch(item, target);
    assertArrived();
    Files.writeString(original, "abcdefghij");
    Files.delete(target);
    assertThrows(CommandException.class, () -> download(Duration.ofHours(1)).fetch(item, target));
    assertEquals(List.of(), left());
  }
}
