// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.common;

import static org.junit.Assert.assertEquals;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import org.junit.Test;

public class CommandExceptionTest {

  @Test
  public void aFileThatMayNotBeWrittenIsSaidInWords() {
    assertEquals(
        "no permission to read or write report/report.html",
        CommandException.line(new AccessDeniedException("report/report.html")));
  }

  @Test
  public void whatTheSystemSaysOfAFileIsEnough() {
    assertEquals(
        "report/report.html: No space left on device",
        CommandException.line(
            new FileSystemException("report/report.html", null, "No space left on device")));
  }
}
