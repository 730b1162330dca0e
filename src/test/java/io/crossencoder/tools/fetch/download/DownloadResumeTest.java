// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.fetch.download;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.crossencoder.tools.fetch.TestHub;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.Test;

/** A download that is resumed. */
public final class DownloadResumeTest extends DownloadTestCase {

  private void leavePart(String bytes) throws IOException {
    Files.createDirectories(target.getParent());
    Files.writeString(target.resolveSibling("model.onnx.part"), bytes);
  }

  @Test
  public void aCutConnectionGoesOnWhereItStopped() throws IOException {
    String etag = "\"" + Arrays.hashCode(CONTENT) + "\"";
    hub.first(PATH, TestHub.cutAfter(4, CONTENT, etag));
    fetch();
    assertArrived();
    assertTrue(
        hub.asked().get(1), hub.asked().get(1).contains("Range: bytes=4- If-Range: " + etag));
  }

  @Test
  public void aFileThatChangedMeanwhileComesWhole() throws IOException {
    hub.first(PATH, TestHub.cutAfter(4, bytes("abcdefghij"), "\"of another time\""));
    fetch();
    assertArrived();
    assertEquals(2, hub.asked().size());
  }

  @Test
  public void aServerThatIgnoresRangesSendsTheWholeAgain() throws IOException {
    leavePart("0123");
    hub.first(PATH, TestHub.ignoringRanges(CONTENT));
    fetch();
    assertArrived();
  }

  @Test
  public void whatAKilledFetchLeftIsNotFetchedAgain() throws IOException {
    leavePart("0123");
    fetch();
    assertArrived();
    assertTrue(hub.asked().get(0), hub.asked().get(0).contains("Range: bytes=4-"));
    assertEquals(1, hub.asked().size());
  }

  @Test
  public void aPartThatIsWholeIsOnlyChecked() throws IOException {
    leavePart("0123456789");
    fetch();
    assertArrived();
    assertEquals(List.of(), hub.asked());
  }

  @Test
  public void aPartOfAnotherFileIsFoundOutAndBegunAnew() throws IOException {
    leavePart("abcd");
    fetch();
    assertArrived();
    assertEquals(2, hub.asked().size());
  }

  @Test
  public void aPartThatNothingSaysIsThatFileIsNotGoneOnFrom() throws IOException {
    leavePart("abcd");
    fetch(-1, Optional.empty());
    assertArrived();
  }

  @Test
  public void aPartLongerThanTheFileIsBegunAnew() throws IOException {
    leavePart("0123456789abc");
    fetch(-1, Optional.of(hash(CONTENT)));
    assertArrived();
  }
}
