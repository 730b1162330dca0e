// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.fetch.download;

import io.crossencoder.tools.common.Progress;
import io.crossencoder.tools.common.Terminal;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** Creates the downloader of a command. */
public final class Downloads {
  /** The only host that receives the token in HF_TOKEN. */
  private static final URI HUB = URI.create("https://huggingface.co");

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private Downloads() {}

  public static Download of(CommandSpec spec) {
    PrintWriter err = spec.commandLine().getErr();
    Terminal terminal = Terminal.detect();
    Optional<String> token =
        Optional.ofNullable(System.getenv("HF_TOKEN")).filter(value -> !value.isBlank());
    Transfer transfer =
        new Transfer(
            new Http(HUB, token),
            PATIENCE,
            (name, from, size) ->
                Progress.of(name.substring(name.lastIndexOf('/') + 1), from, size, terminal, err),
            line -> {
              err.println(line);
              err.flush();
            });
    return new Download(transfer, pause -> Thread.sleep(pause.toMillis()));
  }
}
