// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools;

import io.crossencoder.tools.common.Progress;
import io.crossencoder.tools.films.TmdbIndexer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.io.FileUtils;
import org.apache.solr.client.solrj.SolrClient;
import org.apache.solr.client.solrj.impl.Http2SolrClient;
import org.apache.solr.client.solrj.request.CoreAdminRequest;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.rules.TemporaryFolder;
import picocli.CommandLine;

/** The command evaluate, with a real Solr and the bundled model and films. */
public abstract class EvaluateTestCase {

  @ClassRule public static final FilmsSolr SOLR = new FilmsSolr();

  static final String JUDGMENTS =
      """
      # qid:1: vietnam war*1
      # qid:70: space*1
      1 qid:1 # 28
      1 qid:1 # 600
      1 qid:1 # 792
      1 qid:1 # 11778
      0 qid:1 # 346
      0 qid:1 # 8271
      0 qid:1 # 9741
      0 qid:1 # 4806
      0 qid:1 # 10127
      0 qid:1 # 16996
      0 qid:1 # 10961
      0 qid:1 # 10122
      0 qid:1 # 1649
      0 qid:1 # 11674
      1 qid:1 # 99999999
      1 qid:70 # 11
      0 qid:70 # 28
      """;

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  final StringWriter out = new StringWriter();
  final StringWriter err = new StringWriter();

  @BeforeClass
  public static void indexTheFilms() throws Exception {
    new TmdbIndexer(SOLR.target(), 500).index(FilmsSolr.sample(), size -> Progress.NONE);
    // The bundled model with the name of the book's model, whose scores are different.
    Path models = SOLR.home().resolve("models");
    FileUtils.copyDirectory(
        models.resolve("tmdb-starter").toFile(), models.resolve("ms-marco-MiniLM-L6-v2").toFile());
    try (SolrClient client = new Http2SolrClient.Builder(SOLR.target().url()).build()) {
      CoreAdminRequest.reloadCore(SOLR.target().collection(), client);
    }
  }

  int run(String... arguments) {
    CommandLine line = Main.commandLine();
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    return line.execute(arguments);
  }

  int evaluate(String judgments, String... arguments) throws IOException {
    Path file = Files.writeString(folder.newFile().toPath(), judgments);
    List<String> all =
        new ArrayList<>(
            List.of("evaluate", "--solr", SOLR.target().url(), "--judgments", file.toString()));
    all.addAll(List.of(arguments));
    return run(all.toArray(String[]::new));
  }
}
