// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.common;

import static org.junit.Assert.assertEquals;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.Test;

public class CommandExceptionTest {

  @Test
  public void aFileThatMayNotBeWrittenIsSaidInWords() {
    assertEquals(
        "no permission to read or write report/report.html",
        CommandException.line(new AccessDeniedException("report/report.html")));
  }

  @Test
  public void aFullDiskIsReportedWithTheFile() {
    Path file = Path.of("pool.csv");
    IOException full = new IOException("No space left on device");
    assertEquals("pool.csv: No space left on device", CommandException.of(file, full).getMessage());
    IOException missing = new NoSuchFileException("other.csv");
    assertEquals("no such file: other.csv", CommandException.of(file, missing).getMessage());
  }

  @Test
  public void whatTheSystemSaysOfAFileIsEnough() {
    assertEquals(
        "report/report.html: No space left on device",
        CommandException.line(
            new FileSystemException("report/report.html", null, "No space left on device")));
  }
}
