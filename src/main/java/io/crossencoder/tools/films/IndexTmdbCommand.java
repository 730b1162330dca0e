// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.films;

import io.crossencoder.tools.common.Progress;
import io.crossencoder.tools.common.SolrTarget;
import io.crossencoder.tools.common.Terminal;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code index-tmdb}: indexes a TMDB file. */
@Command(
    name = "index-tmdb",
    description = "Index the films of a TMDB file. Running the command again changes nothing.")
public final class IndexTmdbCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "FILE",
      description = {
        "tmdb.json (one object keyed by id, or one array), plain, gzipped, or in a .tgz. Records",
        "without an id or a title are skipped and printed; a null overview is allowed."
      })
  private Path file;

  @Mixin private SolrTarget target;

  @Option(
      names = "--batch",
      paramLabel = "N",
      defaultValue = "500",
      description = "Films per request. Default: ${DEFAULT-VALUE}")
  private int batch;

  @Override
  public Integer call() throws IOException {
    if (batch < 1) {
      throw new ParameterException(spec.commandLine(), "--batch must be at least 1: " + batch);
    }
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    Terminal terminal = Terminal.detect();
    String name = String.valueOf(file.getFileName());
    IndexReport report =
        new TmdbIndexer(target, batch).index(file, size -> Progress.of(name, size, terminal, err));
    report.lines().forEach(out::println);
    return 0;
  }
}
