// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.Test;

/** Dependencies between packages, and the size of each package, are as permitted. */
public class PackageArrowsTest {

  private static final int MAX_LINES = 250;
  private static final int MAX_FILES = 21;

  private static final int MAX_PUBLIC = 7;

  /** The common types, and the types that other programs use. */
  private static final Map<String, Integer> MORE_PUBLIC =
      Map.of("model", 14, "lucene", 9, "tools.common", 10);

  private static final String LICENSE =
      "// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0";

  /** The libraries that solr.* may use. */
  private static final String SOLR = "org.apache.lucene org.apache.solr org.slf4j";

  private static final String TOOLS = "org.apache.solr org.slf4j picocli";

  /**
   * The permitted imports of each package besides the JDK and itself: packages of the project by
   * exact name, libraries by prefix.
   */
  private static final Map<String, String> ALLOWED =
      Map.ofEntries(
          Map.entry("model", ""),
          Map.entry("metrics", "org.HdrHistogram"),
          Map.entry("engine.natives", "model org.slf4j"),
          Map.entry("engine.json", "model com.google.gson"),
          Map.entry("engine.protobuf", ""),
          Map.entry("engine.modules", "model engine.json com.google.gson"),
          Map.entry("engine.tokens", "model engine.json engine.natives com.google.gson"),
          Map.entry("engine.batch", "model engine.tokens com.github.benmanes.caffeine org.slf4j"),
          Map.entry(
              "engine.onnx",
              "model engine.natives engine.protobuf engine.modules engine.tokens engine.batch"
                  + " ai.onnxruntime org.slf4j"),
          Map.entry(
              "engine.files",
              "model engine.json engine.protobuf engine.modules com.google.gson org.slf4j"),
          Map.entry(
              "engine",
              "model metrics engine.natives engine.tokens engine.batch engine.onnx engine.files"
                  + " org.slf4j"),
          Map.entry("lucene", "model org.apache.lucene"),
          Map.entry("solr.options", SOLR),
          Map.entry("solr.fusion", "solr.options " + SOLR),
          Map.entry("solr.vectors", SOLR),
          Map.entry("solr.metrics", "model metrics " + SOLR),
          Map.entry("solr.request", "model solr.options " + SOLR),
          Map.entry(
              "solr.models",
              "model engine engine.natives engine.files solr.options solr.metrics"
                  + " solr.request "
                  + SOLR),
          Map.entry(
              "solr.parameters",
              "model lucene solr.options solr.models solr.fusion solr.vectors solr.request "
                  + SOLR),
          Map.entry("solr.page", "lucene solr.parameters " + SOLR),
          Map.entry(
              "solr.report", "model lucene solr.metrics solr.parameters solr.request " + SOLR),
          Map.entry(
              "solr.rerank",
              "model engine.natives lucene solr.options solr.metrics solr.models solr.request"
                  + " solr.parameters solr.page solr.report "
                  + SOLR),
          Map.entry(
              "solr.logits",
              "model lucene solr.options solr.metrics solr.request solr.parameters solr.report"
                  + " solr.rerank "
                  + SOLR),
          Map.entry(
              "solr.cloud",
              "model lucene solr.options solr.metrics solr.request solr.parameters solr.page"
                  + " solr.report solr.rerank solr.logits "
                  + SOLR),
          Map.entry(
              "solr.status",
              "model metrics engine engine.files solr.options solr.metrics solr.models " + SOLR),
          Map.entry("solr.browse", "solr.options solr.parameters solr.rerank solr.logits " + SOLR),
          Map.entry(
              "solr",
              "solr.models solr.rerank solr.logits solr.cloud solr.status solr.browse " + SOLR),
          Map.entry(
              "tools.common",
              "com.fasterxml.jackson org.jline.utils me.tongfei.progressbar " + TOOLS),
          Map.entry(
              "tools.server",
              "tools.common com.fasterxml.jackson javax.servlet org.eclipse.jetty"
                  + " org.apache.commons.io "
                  + TOOLS),
          Map.entry(
              "tools.films",
              "tools.common com.fasterxml.jackson org.apache.commons.compress " + TOOLS),
          Map.entry("tools.search", "tools.common " + TOOLS),
          Map.entry("tools.fetch.download", "tools.common " + TOOLS),
          Map.entry(
              "tools.fetch.hub",
              "tools.common tools.fetch.download com.fasterxml.jackson " + TOOLS),
          Map.entry(
              "tools.fetch",
              "tools.common tools.server tools.fetch.download tools.fetch.hub com.fasterxml.jackson"
                  + " org.apache.commons.compress org.apache.commons.io "
                  + TOOLS),
          Map.entry("tools.evaluation.judgments", "tools.common org.apache.commons.csv " + TOOLS),
          Map.entry("tools.evaluation.measures", "tools.common"),
          Map.entry("tools.evaluation.asking", "tools.common tools.evaluation.judgments " + TOOLS),
          Map.entry(
              "tools.fit",
              "tools.common tools.evaluation.asking tools.evaluation.judgments"
                  + " tools.evaluation.measures com.fasterxml.jackson "
                  + TOOLS),
          Map.entry(
              "tools.evaluation",
              "tools.common tools.evaluation.asking tools.evaluation.judgments"
                  + " tools.evaluation.measures org.apache.commons.csv"
                  + " me.tongfei.progressbar "
                  + TOOLS),
          Map.entry(
              "tools",
              "tools.common tools.server tools.films tools.search tools.fetch tools.evaluation tools.fit "
                  + TOOLS));

  /**
   * Imports that only some files may have: native libraries, API of only one of Solr 9 and 10, and
   * in the tools the engine.
   */
  private static final Map<String, String> ALLOWED_HERE =
      Map.of(
          "engine.tokens.NativeTokenizer", "ai.djl",
          // Half precision to floats, in plain Java.
          "engine.modules.Safetensors", "ai.onnxruntime.platform",
          "solr.metrics.SolrNineMetrics", "com.codahale.metrics",
          "solr.metrics.SolrTenMetrics", "io.opentelemetry.api",
          // A model is tested before it is installed; the other tools do not load the engine.
          "tools.fetch.ProbeCheck", "model engine engine.files",
          "tools.fetch.ModelFetch", "engine.files",
          "tools.fetch.ModelDirectory", "engine.files",
          "tools.fetch.ModelDescriptor", "engine.files");

  private static PackageArrows arrows() throws IOException {
    return PackageArrows.of("src/main");
  }

  @Test
  public void noPackageImportsWhatItMustNotKnow() throws IOException {
    assertTrue(arrows().sources().size() > 200);
    assertEquals(List.of(), arrows().forbidden(ALLOWED, ALLOWED_HERE));
  }

  @Test
  public void noTwoPackagesKnowEachOther() throws IOException {
    assertEquals(List.of(), arrows().cycles());
  }

  @Test
  public void everyPackageIsInTheTable() throws IOException {
    assertEquals(ALLOWED.keySet(), arrows().packages());
  }

  @Test
  public void everyPackageSaysWhatItIsFor() throws IOException {
    Set<String> silent = new TreeSet<>(arrows().packages());
    silent.removeAll(arrows().described());
    assertEquals(Set.of(), silent);
  }

  @Test
  public void noPackageIsTooLarge() throws IOException {
    assertEquals(List.of(), arrows().withMoreFilesThan(MAX_FILES));
    assertEquals(List.of(), arrows().withMorePublicTypesThan(MAX_PUBLIC, MORE_PUBLIC));
  }

  @Test
  public void noSourceIsLongerThanOneCanKeepInMind() throws IOException {
    for (String folder : List.of("src/main", "src/test", "src/bench", "src/solr10")) {
      assertEquals(folder, List.of(), PackageArrows.of(folder).longerThan(MAX_LINES));
    }
  }

  @Test
  public void everySourceBeginsWithItsLicence() throws IOException {
    assertEquals(List.of(), arrows().notBeginningWith(LICENSE + "\n"));
  }

  /** The checks above find violations of each rule. */
  @Test
  public void theRulesBite() {
    PackageArrows bad =
        new PackageArrows(
            Map.of(
                "a.One", "package x.a;\nimport io.crossencoder.b.Two;\npublic class One {}\n",
                "b.Two", "package x.b;\n// a\npublic record Two(io.crossencoder.c.Three t) {}\n",
                "c.Three", "package x.c;\nimport static io.crossencoder.a.One.*;\nenum Three {}\n",
                "c.d.Four", "package x.c.d;\nimport org.other.Lib;\npublic interface Four {}\n"));
    Map<String, String> none = Map.of();
    assertEquals(
        List.of("a.One: b", "b.Two: c", "c.Three: a", "c.d.Four: org.other.Lib"),
        bad.forbidden(none, none));
    assertEquals(
        List.of("b.Two: c", "c.Three: a"),
        bad.forbidden(Map.of("a", "b", "c", "c.d", "c.d", "org.other"), none));
    assertEquals(
        List.of("c.d.Four: org.other.Lib"),
        bad.forbidden(Map.of("a", "b", "b", "c", "c", "a", "c.d", "org.oth"), none));
    assertEquals(List.of("a", "b", "c"), bad.cycles());
    assertEquals(4, bad.longerThan(2).size());
    assertEquals(List.of("a has 1", "b has 1", "c has 1", "c.d has 1"), bad.withMoreFilesThan(0));
    assertEquals(
        List.of("a has 1", "b has 1", "c.d has 1"), bad.withMorePublicTypesThan(0, Map.of()));
    assertEquals(4, bad.notBeginningWith("// Copyright").size());
    assertTrue(bad.described().isEmpty());
  }
}
