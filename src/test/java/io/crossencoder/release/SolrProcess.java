// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.release;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.crossencoder.Http;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A Solr in its own JVM, with the class path and system properties of bin/solr. The plugin is
 * loaded from the home directory.
 */
final class SolrProcess implements AutoCloseable {

  private final Process process;
  private final Path console;
  private final String core;

  private SolrProcess(Process process, Path console, int port) {
    this.process = process;
    this.console = console;
    this.core = "http://127.0.0.1:" + port + "/solr/tmdb/";
  }

  /** A command before that of Solr, and options of the JVM. */
  record Start(List<String> prefix, List<String> options) {

    static Start plain() {
      return new Start(List.of(), List.of());
    }

    Start under(List<String> command) {
      return new Start(command, options);
    }

    Start with(String... more) {
      List<String> all = new ArrayList<>(options);
      all.addAll(List.of(more));
      return new Start(prefix, all);
    }

    /**
     * Starts Solr.
     *
     * @throws IllegalStateException if it does not start, with its output
     */
    SolrProcess run(Path home) throws Exception {
      Path logs = Files.createDirectories(home.resolve("logs"));
      Path temporary = Files.createDirectories(home.resolveSibling("tmp"));
      Path target = Release.ROOT.resolve("target");
      List<String> command = new ArrayList<>(prefix);
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(List.of("-Xmx512m", "-XX:TieredStopAtLevel=1", "-Duser.timezone=UTC"));
      command.add("-Dsolr.solr.home=" + home);
      command.add("-Dsolr.install.dir=" + target);
      command.add("-Djetty.home=" + target);
      command.add("-Dsolr.log.dir=" + logs);
      command.add("-Djava.io.tmpdir=" + temporary);
      command.add("-Dlog4j2.configurationFile=classpath:io/crossencoder/tools/log4j2-server.xml");
      command.addAll(options);
      command.addAll(ServerCommand.arguments(target));
      command.add(home.toString());
      Path console = logs.resolve("console.log");
      Process process = new ProcessBuilder(command).redirectError(console.toFile()).start();
      BufferedReader out =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
      StringBuilder said = new StringBuilder();
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        if (line.startsWith("port ")) {
          return new SolrProcess(process, console, Integer.parseInt(line.substring(5)));
        }
        said.append(line).append('\n');
      }
      process.waitFor();
      throw new IllegalStateException(said + Files.readString(console));
    }
  }

  /** Its output on standard error. */
  String console() throws IOException {
    return Files.readString(console);
  }

  /** The directory of its core. */
  String url() {
    return core;
  }

  /** Sends SIGTERM. */
  void terminate() {
    process.destroy();
  }

  /** The exit code. */
  int exitCode() {
    return process.exitValue();
  }

  JsonObject update(String json) throws Exception {
    String answer =
        send(
            HttpRequest.newBuilder(URI.create(core + "update?commit=true"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json)));
    return JsonParser.parseString(answer).getAsJsonObject();
  }

  /** Searches with pairs of parameter and value. */
  JsonObject select(String... params) throws Exception {
    return get("select", params);
  }

  /** Requests a path below the core or the server. */
  JsonObject get(String path, String... params) throws Exception {
    return JsonParser.parseString(text(path, params)).getAsJsonObject();
  }

  /** Requests a path; the response is not JSON. */
  String text(String path, String... params) throws Exception {
    StringJoiner query = new StringJoiner("&");
    for (int i = 0; i < params.length; i += 2) {
      query.add(params[i] + "=" + URLEncoder.encode(params[i + 1], StandardCharsets.UTF_8));
    }
    return send(HttpRequest.newBuilder(URI.create(core + path + "?" + query)).GET());
  }

  private String send(HttpRequest.Builder request) throws Exception {
    HttpResponse<String> response = Http.send(request);
    if (response.statusCode() != 200) {
      throw new IOException(response.statusCode() + ": " + response.body());
    }
    return response.body();
  }

  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    try {
      process.onExit().get(5, TimeUnit.MINUTES);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      process.destroyForcibly();
      throw new IllegalStateException("Solr did not end by itself: " + console(), e);
    }
  }
}
