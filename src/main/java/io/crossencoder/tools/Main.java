// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;

/** The one main of the command lines. Exit codes: 0 done, 1 failed, 2 bad usage. */
@Command(
    name = "solr-crossencoder",
    description = "Command lines around the cross-encoder plugin for Apache Solr.",
    mixinStandardHelpOptions = true,
    subcommands = {
      SolrCommand.class,
      IndexTmdbCommand.class,
      SearchCommand.class,
    })
public final class Main {

  @Option(
      names = {"-v", "--verbose"},
      description = "Print the stack trace of a failure.",
      scope = ScopeType.INHERIT)
  private boolean verbose;

  private Main() {}

  public static void main(String[] args) {
    System.exit(execute(args));
  }

  /** Runs one command line and returns its exit code. */
  static int execute(String... args) {
    Main main = new Main();
    return new CommandLine(main)
        .setExecutionExceptionHandler(main::report)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .execute(args);
  }

  private int report(Exception failure, CommandLine command, ParseResult parsed) {
    if (verbose) {
      failure.printStackTrace(command.getErr());
    } else {
      command.getErr().println("error: " + CommandException.line(failure));
    }
    return command.getCommandSpec().exitCodeOnExecutionException();
  }
}
