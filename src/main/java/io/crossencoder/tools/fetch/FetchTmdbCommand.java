// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.fetch;

import io.crossencoder.tools.common.CommandException;
import io.crossencoder.tools.common.ProjectFiles;
import io.crossencoder.tools.fetch.download.Download;
import io.crossencoder.tools.fetch.download.Downloads;
import io.crossencoder.tools.fetch.download.Sizes;
import io.crossencoder.tools.fetch.download.UrlTemplate;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code fetch-tmdb}: downloads the films and judgments of the book "AI-Powered Search". */
@Command(
    name = "fetch-tmdb",
    description = {
      "Download the films and judgments of the book \"AI-Powered Search\" and unpack them.",
      "The demo and the tests do not need this: they use 269 films in conf/sample."
    })
public final class FetchTmdbCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(
      names = "--to",
      paramLabel = "DIR",
      description = "Directory for tmdb.json and the judgments (data in the project).")
  private Path to;

  @Option(
      names = "--from",
      paramLabel = "URL",
      defaultValue = "https://raw.githubusercontent.com/ai-powered-search/tmdb/main",
      description = "URL of a mirror (${DEFAULT-VALUE}), or a directory with the two archives.")
  private String from;

  /** For picocli, which sets the options. */
  FetchTmdbCommand() {}

  @Override
  @SuppressWarnings("try") // The lock is held, but not used.
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    Path data =
        to == null ? ProjectFiles.locate().root().resolve("data") : to.toAbsolutePath().normalize();
    UrlTemplate location = UrlTemplate.of(from, "/{path}");
    Files.createDirectories(data);
    try (FetchLock lock = FetchLock.take(data, "tmdb")) {
      for (TmdbArchive archive : TmdbArchive.values()) {
        fetch(archive, location, data, out);
      }
    }
    out.println("Next: scripts/index-tmdb.sh " + data.resolve(TmdbArchive.MOVIES.contents()));
    return 0;
  }

  private void fetch(TmdbArchive archive, UrlTemplate location, Path data, PrintWriter out)
      throws IOException {
    Path contents = data.resolve(archive.contents());
    if (Files.exists(contents)) {
      out.println(contents + " exists: " + archive.describe(contents));
      return;
    }
    Path packed = data.resolve(archive.file());
    if (Files.notExists(packed)) {
      URI uri = location.of(Map.of("path", archive.file()));
      out.println("Fetching " + uri);
      out.flush();
      Download.Item item = new Download.Item(archive.file(), uri, -1, Optional.empty());
      try {
        Downloads.of(spec).fetch(item, packed);
      } catch (CommandException e) {
        throw new CommandException(e.getMessage() + instead(location, data), e);
      }
    }
    archive.unpack(packed, contents);
    out.printf(
        Locale.ROOT,
        "%s, %s: %s%n",
        contents,
        Sizes.text(Files.size(contents)),
        archive.describe(contents));
    Files.delete(packed);
  }

  private static String instead(UrlTemplate location, Path data) {
    StringBuilder files = new StringBuilder();
    for (TmdbArchive archive : TmdbArchive.values()) {
      files.append("\n  ").append(location.of(Map.of("path", archive.file())));
    }
    return "\nYou can download these files elsewhere, copy them to "
        + data
        + " and run this command again:"
        + files
        + "\nThe bundled films do not need them: scripts/demo.sh";
  }
}
