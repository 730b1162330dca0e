// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.browser;

import static org.junit.Assume.assumeTrue;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.rules.ExternalResource;
import org.junit.rules.TemporaryFolder;

/**
 * A headless Chromium with an empty profile, controlled over its DevTools protocol, so that no
 * driver of a matching version is necessary. If it is not installed, the test class is skipped.
 */
public final class Chromium extends ExternalResource {
  private static final Pattern LISTENING = Pattern.compile("DevTools listening on (ws://\\S+)");
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");
  private static final List<String> OPTIONS =
      List.of(
          "--headless",
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--disable-dev-shm-usage",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync",
          "--hide-scrollbars",
          "--remote-debugging-port=0");

  private final TemporaryFolder profile = new TemporaryFolder();
  private Process process;
  private DevTools devTools;

  @Override
  protected void before() throws Throwable {
    Optional<Path> program = find();
    assumeTrue("no Chromium on the PATH: the browser tests are skipped", program.isPresent());
    profile.create();
    List<String> command = new ArrayList<>(List.of(program.get().toString()));
    command.addAll(OPTIONS);
    command.add("--user-data-dir=" + profile.getRoot());
    process = new ProcessBuilder(command).redirectErrorStream(true).start();
    devTools = new DevTools(address(process.inputReader()));
  }

  @Override
  protected void after() {
    try {
      if (devTools != null) {
        devTools.close();
      }
    } finally {
      if (process != null) {
        List<ProcessHandle> all =
            Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(each -> each.onExit().orTimeout(5, TimeUnit.MINUTES).join());
        profile.delete();
      }
    }
  }

  /** An empty page with its own storage. */
  public Tab open() {
    return new Tab(devTools);
  }

  private static Optional<Path> find() {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static String address(BufferedReader output) throws IOException {
    StringBuilder said = new StringBuilder();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      Matcher listening = LISTENING.matcher(line);
      if (listening.find()) {
        // Its later output must be read, otherwise it blocks.
        Thread drain = new Thread(() -> output.lines().forEach(rest -> {}), "chromium-output");
        drain.setDaemon(true);
        drain.start();
        return listening.group(1);
      }
      said.append(line).append('\n');
    }
    throw new IOException("Chromium did not start:\n" + said);
  }
}
