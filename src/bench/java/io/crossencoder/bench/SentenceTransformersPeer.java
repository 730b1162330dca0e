// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crossencoder.model.ModelSpec;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** sentence-transformers' {@code CrossEncoder.predict} on PyTorch, in a child process. */
final class SentenceTransformersPeer implements AutoCloseable {

  static final String NAME = "sentence-transformers";

  private static final String SCRIPT = "scripts/bench/sentence_transformers_peer.py";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Process process;
  private final BufferedWriter requests;
  private final BufferedReader replies;

  private SentenceTransformersPeer(Process process) {
    this.process = process;
    this.requests = process.outputWriter(StandardCharsets.UTF_8);
    this.replies = process.inputReader(StandardCharsets.UTF_8);
  }

  /** One for each number of threads, all in one process; none, with a line why, if it cannot be. */
  static List<Contender> contenders(
      String python, Path project, ModelSpec spec, int[] threadCounts, PrintWriter out)
      throws IOException {
    Optional<SentenceTransformersPeer> peer = start(python, project, spec, out);
    List<Contender> contenders = new ArrayList<>();
    if (peer.isPresent()) {
      for (int threads : threadCounts) {
        contenders.add(peer.get().withThreads(threads));
      }
    }
    return contenders;
  }

  private static Optional<SentenceTransformersPeer> start(
      String python, Path project, ModelSpec spec, PrintWriter out) throws IOException {
    ProcessBuilder command =
        new ProcessBuilder(
            python,
            project.resolve(SCRIPT).toString(),
            spec.directory().toString(),
            Integer.toString(spec.maxLength()));
    // Progress bars.
    command.redirectError(ProcessBuilder.Redirect.DISCARD);
    Process process;
    try {
      process = command.start();
    } catch (IOException e) {
      out.println("Without sentence-transformers: " + e.getMessage());
      return Optional.empty();
    }
    SentenceTransformersPeer peer = new SentenceTransformersPeer(process);
    JsonNode first = peer.reply();
    if (first.has("ready")) {
      out.println("With " + first.get("ready").asText());
      return Optional.of(peer);
    }
    out.println("Without sentence-transformers: " + first.path("skip").asText());
    peer.close();
    return Optional.empty();
  }

  private Contender withThreads(int threads) {
    return new Contender() {
      @Override
      public Id id() {
        return new Id(NAME, threads, true);
      }

      @Override
      public Measured measure(Request request, int calls) throws IOException {
        return SentenceTransformersPeer.this.measure(request, threads, calls);
      }

      @Override
      public void close() {
        SentenceTransformersPeer.this.close();
      }
    };
  }

  private Contender.Measured measure(Request request, int threads, int calls) throws IOException {
    ObjectNode line = JSON.createObjectNode();
    line.put("query", request.query()).put("threads", threads).put("calls", calls);
    request.passages().forEach(line.putArray("passages")::add);
    requests.write(JSON.writeValueAsString(line));
    requests.newLine();
    requests.flush();
    JsonNode reply = reply();
    return new Contender.Measured(
        JSON.convertValue(reply.get("logits"), float[].class),
        reply.get("cpuMillis").asDouble(),
        reply.get("wallMillis").asDouble());
  }

  private JsonNode reply() throws IOException {
    String line = replies.readLine();
    if (line == null) {
      throw new IOException(SCRIPT + " has ended; run it by hand to see why");
    }
    return JSON.readTree(line);
  }

  @Override
  public void close() {
    process.destroy();
  }
}
