// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.Test;

/**
 * The tables of {@code docs/parameters.md} are those of the code. {@code mvn test
 * -Dtest=ParameterReferenceTest -Ddocs.update=true} writes them.
 */
public class ParameterReferenceTest {

  private static final Path PAGE =
      Path.of(System.getProperty("project.root", "."), "docs/parameters.md");

  private static String rerankParameters() {
    return Arrays.stream(RerankParameter.values())
        .map(each -> row("`" + each.key + "`", each.standard, each.allowed, each.meaning))
        .collect(
            Collectors.joining(
                "\n", "| parameter | default | allowed | what it is |\n|---|---|---|---|\n", "\n"));
  }

  private static String row(String... cells) {
    return "| " + String.join(" | ", cells) + " |";
  }

  @Test
  public void rerankParametersAreThoseOfTheCode() throws IOException {
    check("rerank parameters", rerankParameters());
  }

  private static void check(String name, String expected) throws IOException {
    String begin = "<!-- generated: " + name + " -->\n";
    String end = "<!-- end -->";
    String page = Files.readString(PAGE);
    int from = page.indexOf(begin) + begin.length();
    assertTrue(PAGE + " has no " + begin, from >= begin.length());
    int to = page.indexOf(end, from);
    if (Boolean.getBoolean("docs.update")) {
      Files.writeString(PAGE, page.substring(0, from) + expected + page.substring(to));
    } else {
      assertEquals("run this test with -Ddocs.update=true", expected, page.substring(from, to));
    }
  }
}
