// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.crossencoder.Documentation;
import io.crossencoder.Documentation.Passage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.Test;
import picocli.CommandLine;

/** The commands in the documentation exist and have the documented options. */
public class DocumentedCommandsTest {

  private static final Pattern SCRIPT = Pattern.compile("(?<![\\w/.$-])scripts/([\\w-]+\\.sh)(.*)");
  private static final Pattern TOOL = Pattern.compile("^run_tool ([\\w-]+)", Pattern.MULTILINE);
  private static final Pattern OPTION = Pattern.compile("(?<=\\s|\\[)--[a-z][\\w-]*");

  @Test
  public void everyScriptThatIsNamedExists() {
    Pattern name = Pattern.compile("(?<![\\w/.$-])scripts/[\\w/-]+\\.(?:sh|py|txt)");
    List<String> missing =
        Documentation.pages().stream()
            .flatMap(
                page ->
                    name.matcher(Documentation.read(page))
                        .results()
                        .map(MatchResult::group)
                        .filter(script -> !Files.exists(Documentation.ROOT.resolve(script)))
                        .map(script -> new Passage(page, script).toString()))
            .toList();
    assertEquals(List.of(), missing);
  }

  @Test
  public void everyCommandHasTheOptionsItIsGiven() throws IOException {
    List<String> unknown = new ArrayList<>();
    int commands = 0;
    for (Passage line : Documentation.lines()) {
      Optional<MatchResult> script = SCRIPT.matcher(line.text()).results().findFirst();
      if (script.isPresent()) {
        commands++;
        Path file = Documentation.ROOT.resolve("scripts/" + script.get().group(1));
        String arguments = script.get().group(2).replaceAll("\\s#.*", "").replaceAll("[|;&].*", "");
        OPTION
            .matcher(arguments)
            .results()
            .map(MatchResult::group)
            .filter(option -> !isKnown(file, arguments, option))
            .forEach(option -> unknown.add(line + " (" + option + ")"));
      }
    }
    assertEquals(List.of(), unknown);
    assertTrue(commands + " commands", commands > 3);
  }

  private static boolean isKnown(Path script, String arguments, String option) {
    String text = Documentation.read(script);
    Optional<String> tool = TOOL.matcher(text).results().map(match -> match.group(1)).findFirst();
    if (tool.isEmpty()) {
      return option.equals("--help")
          || sourcesOf(script).contains("\"" + option + "\"")
          || Pattern.compile("(?<![\\w-])" + option + "(?![\\w-])").matcher(text).find();
    }
    CommandLine command = Main.commandLine().getSubcommands().get(tool.get());
    for (String word : arguments.trim().split("\\s+", -1)) {
      command = command.getSubcommands().getOrDefault(word, command);
    }
    return command.getCommandSpec().findOption(option) != null;
  }

  /** The programs of the scripts that are not a command of {@link Main}. */
  private static String sourcesOf(Path script) {
    String name = script.getFileName().toString();
    Path sources =
        Documentation.ROOT.resolve(
            name.equals("bench.sh")
                ? "src/bench/java"
                : "scripts/"
                    + name.substring(
                        0, name.indexOf('-') < 0 ? name.length() - 3 : name.indexOf('-')));
    if (!Files.isDirectory(sources)) {
      return "";
    }
    try (Stream<Path> files = Files.walk(sources)) {
      return files
          .filter(file -> file.toString().matches(".*\\.(java|py)"))
          .map(Documentation::read)
          .collect(Collectors.joining("\n"));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
