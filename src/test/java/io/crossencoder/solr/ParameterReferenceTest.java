// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.crossencoder.Documentation;
import io.crossencoder.solr.browse.BrowseHandler;
import io.crossencoder.solr.fusion.FusionParameter;
import io.crossencoder.solr.metrics.RerankOutcome;
import io.crossencoder.solr.models.ModelEntry;
import io.crossencoder.solr.models.NodeRegistry;
import io.crossencoder.solr.options.Option;
import io.crossencoder.solr.parameters.PluginConfig;
import io.crossencoder.solr.parameters.RerankParameter;
import io.crossencoder.solr.status.StatusHandler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.Test;

/**
 * The tables in {@code docs/} are equal to those from the code. {@code mvn test
 * -Dtest=ParameterReferenceTest -Ddocs.update=true} regenerates them.
 */
public class ParameterReferenceTest {

  private static final String REFERENCE = "parameters.md";
  private static final String CONFIGURATION = "configuration.md";
  private static final Pattern PROPERTY = Pattern.compile("\\bsolr\\.crossencoder\\.[a-zA-Z]+");
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `(\\w+)`");

  /** The keys of the response section in the sources: constants and literals. */
  private static final Pattern KEYS =
      Pattern.compile("String [A-Z_]+ = \"(\\w+)\";|(?:put|add)\\(\"(\\w+)\"");

  @Test
  public void ofARequest() throws IOException {
    check(REFERENCE, "rerank parameters", RerankParameter.ALL);
  }

  @Test
  public void ofTheFusion() throws IOException {
    check("hybrid.md", "fusion parameters", FusionParameter.ALL);
    check("hybrid.md", "fusion limits", FusionParameter.LIMITS);
  }

  @Test
  public void ofTheTransformer() throws IOException {
    check(REFERENCE, "transformer parameters", CrossEncoderTransformerFactory.OPTIONS);
  }

  @Test
  public void ofTheFunction() throws IOException {
    check(REFERENCE, "function parameters", CrossEncoderValueSourceParser.OPTIONS);
  }

  @Test
  public void ofTheParser() throws IOException {
    check(CONFIGURATION, "parser options", PluginConfig.OPTIONS);
  }

  @Test
  public void ofTheTransformerAndTheFunctionInSolrconfig() throws IOException {
    check(CONFIGURATION, "plugin options", CrossEncoderTransformerFactory.PLUGIN_OPTIONS);
  }

  @Test
  public void ofAModel() throws IOException {
    check(CONFIGURATION, "model options", ModelEntry.OPTIONS);
  }

  @Test
  public void ofANode() throws IOException {
    check(CONFIGURATION, "system properties", NodeRegistry.OPTIONS);
  }

  @Test
  public void everySystemPropertyOfTheSourcesIsOneOfThese() {
    Set<String> named =
        Documentation.sources().stream()
            .flatMap(source -> PROPERTY.matcher(Documentation.read(source)).results())
            .map(MatchResult::group)
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(Option.keys(NodeRegistry.OPTIONS), named);
  }

  @Test
  public void ofTheBrowsePage() throws IOException {
    check("browse.md", "browse settings", BrowseHandler.OPTIONS);
  }

  @Test
  public void ofTheStatus() throws IOException {
    check("monitoring.md", "status parameters", StatusHandler.OPTIONS);
  }

  @Test
  public void everyOutcomeIsExplained() {
    List<String> explained = firstColumn(Documentation.read(page(REFERENCE)), "outcome");
    assertEquals(RerankOutcome.LABELS, explained);
  }

  @Test
  public void everyKeyOfTheResponseSectionIsExplained() {
    Path sources = Documentation.ROOT.resolve("src/main/java/io/crossencoder/solr/report");
    String source =
        Documentation.read(sources.resolve("ResponseSection.java"))
            + Documentation.read(sources.resolve("SectionCosts.java"));
    Set<String> keys =
        KEYS.matcher(source)
            .results()
            .map(key -> key.group(1) == null ? key.group(2) : key.group(1))
            .collect(Collectors.toCollection(TreeSet::new));
    keys.add("reRankScope");
    keys.remove("crossEncoder");
    assertEquals(keys, new TreeSet<>(firstColumn(Documentation.read(page(REFERENCE)), "key")));
  }

  private static List<String> firstColumn(String page, String heading) {
    return Pattern.compile("\\| " + heading + " \\|.*\\n.*\\n((?:\\|.*\\n)+)")
        .matcher(page)
        .results()
        .flatMap(table -> ROW.matcher(table.group(1)).results())
        .map(row -> row.group(1))
        .toList();
  }

  private static Path page(String name) {
    return Documentation.ROOT.resolve("docs").resolve(name);
  }

  private static String table(List<Option<?>> options) {
    return options.stream()
        .map(
            each ->
                row(
                    "`" + each.key() + "`",
                    each.standard(),
                    each.values().markdown(),
                    each.meaning()))
        .collect(
            Collectors.joining(
                "\n",
                row("name", "default", "values", "description") + "\n|---|---|---|---|\n",
                "\n"));
  }

  private static String row(String... cells) {
    return "| " + String.join(" | ", cells) + " |";
  }

  private static void check(String name, String table, List<Option<?>> options) throws IOException {
    String begin = "<!-- generated: " + table + " -->\n";
    String page = Documentation.read(page(name));
    int from = page.indexOf(begin) + begin.length();
    assertTrue(name + " has no " + begin, from >= begin.length());
    int to = page.indexOf("<!-- end -->", from);
    if (Boolean.getBoolean("docs.update")) {
      Files.writeString(page(name), page.substring(0, from) + table(options) + page.substring(to));
    } else {
      assertEquals(
          "run this test with -Ddocs.update=true", table(options), page.substring(from, to));
    }
  }
}
