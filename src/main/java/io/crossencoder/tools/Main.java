// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools;

import io.crossencoder.tools.common.CommandException;
import io.crossencoder.tools.evaluation.EvaluateCommand;
import io.crossencoder.tools.evaluation.NotebookCommand;
import io.crossencoder.tools.fetch.FetchModelCommand;
import io.crossencoder.tools.fetch.FetchTmdbCommand;
import io.crossencoder.tools.films.IndexTmdbCommand;
import io.crossencoder.tools.fit.FitBlendCommand;
import io.crossencoder.tools.fit.TrainingDataCommand;
import io.crossencoder.tools.search.SearchCommand;
import io.crossencoder.tools.server.SolrCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.UnmatchedArgumentException;

/** The main class of the command-line tools. Exit codes: 0 success, 1 failure, 2 invalid usage. */
@Command(
    name = "solr-crossencoder",
    description = "Command-line tools of the cross-encoder plugin for Apache Solr.",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    versionProvider = Main.Version.class,
    subcommands = {
      SolrCommand.class,
      IndexTmdbCommand.class,
      SearchCommand.class,
      DemoCommand.class,
      EvaluateCommand.class,
      NotebookCommand.class,
      FitBlendCommand.class,
      TrainingDataCommand.class,
      FetchModelCommand.class,
      FetchTmdbCommand.class,
    })
public final class Main {

  @Option(
      names = {"-v", "--verbose"},
      description = "Print the stack trace of a failure.",
      scope = ScopeType.INHERIT)
  private boolean verbose;

  private Main() {}

  /**
   * Runs a command and exits the JVM with its exit code.
   *
   * @param args command-line arguments
   */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  /** {@return all commands, to be run in this JVM} */
  public static CommandLine commandLine() {
    Main main = new Main();
    return new CommandLine(main)
        .setExecutionExceptionHandler(main::report)
        .setParameterExceptionHandler(Main::refuse)
        .setCaseInsensitiveEnumValuesAllowed(true);
  }

  /**
   * Invalid usage: prints only the mistake and a pointer to --help, because a page of options would
   * hide the mistake.
   */
  private static int refuse(ParameterException mistake, String[] args) {
    CommandLine command = mistake.getCommandLine();
    command.getErr().println("error: " + mistake.getMessage());
    UnmatchedArgumentException.printSuggestions(mistake, command.getErr());
    command.getErr().println("All options: --help");
    return command.getCommandSpec().exitCodeOnInvalidInput();
  }

  private int report(Exception failure, CommandLine command, ParseResult parsed) {
    if (verbose) {
      failure.printStackTrace(command.getErr());
    } else {
      command.getErr().println("error: " + CommandException.line(failure));
    }
    return command.getCommandSpec().exitCodeOnExecutionException();
  }

  /** The version of the JAR with this class. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Main.class.getPackage().getImplementationVersion();
      return new String[] {"solr-crossencoder " + (version == null ? "(unpackaged)" : version)};
    }
  }
}
