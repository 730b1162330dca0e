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

/**
 * sentence-transformers' {@code CrossEncoder.predict} with each of its backends, in a child
 * process.
 */
final class SentenceTransformersPeer implements AutoCloseable {

  static final String NAME = "sentence-transformers";

  private static final String ONNX = "s-t onnx";
  static final String ONNX_INT8 = "s-t onnx, int8";
  private static final String OPENVINO = "s-t openvino";

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

  /**
   * A way to run sentence-transformers.
   *
   * @param name name of the contender
   * @param backend backend of sentence-transformers
   * @param file the ONNX file; empty if the backend does not need one
   * @param exact whether its logits equal those of fp32: OpenVINO computes with fewer bits if the
   *     CPU supports them
   */
  private record Way(String name, String backend, String file, boolean exact) {}

  /**
   * The installed backends (PyTorch, ONNX Runtime in fp32 and int8, and OpenVINO) with each number
   * of threads. Prints a line with the reason for each backend that is not available.
   */
  static List<Contender> contenders(
      String python, Path project, Graphs graphs, int[] threadCounts, PrintWriter out)
      throws IOException {
    ModelSpec plain = graphs.plain();
    List<Way> ways = new ArrayList<>();
    ways.add(new Way(NAME, "torch", "", true));
    ways.add(new Way(ONNX, "onnx", Graphs.name(plain), true));
    graphs
        .plainInt8()
        .ifPresent(int8 -> ways.add(new Way(ONNX_INT8, "onnx", Graphs.name(int8), false)));
    ways.add(new Way(OPENVINO, "openvino", "", false));
    List<Contender> contenders = new ArrayList<>();
    for (Way way : ways) {
      Optional<SentenceTransformersPeer> peer = start(python, project, plain, way, out);
      if (peer.isPresent()) {
        for (int threads : threadCounts) {
          contenders.add(peer.get().withThreads(new Contender.Id(way.name, threads, way.exact)));
        }
      }
    }
    return contenders;
  }

  private static Optional<SentenceTransformersPeer> start(
      String python, Path project, ModelSpec spec, Way way, PrintWriter out) throws IOException {
    ProcessBuilder command =
        new ProcessBuilder(
            python,
            project.resolve(SCRIPT).toString(),
            spec.directory().toString(),
            Integer.toString(spec.maxLength()),
            way.backend,
            way.file);
    // Progress bars.
    command.redirectError(ProcessBuilder.Redirect.DISCARD);
    Process process;
    try {
      process = command.start();
    } catch (IOException e) {
      out.println("Without " + way.name + ": " + e.getMessage());
      return Optional.empty();
    }
    SentenceTransformersPeer peer = new SentenceTransformersPeer(process);
    JsonNode first = peer.reply();
    if (first.has("ready")) {
      out.println("With " + way.name + ": " + first.get("ready").asText());
      return Optional.of(peer);
    }
    out.println("Without " + way.name + ": " + first.path("skip").asText());
    peer.close();
    return Optional.empty();
  }

  private Contender withThreads(Contender.Id id) {
    return new Contender() {
      @Override
      public Id id() {
        return id;
      }

      @Override
      public Measured measure(Request request, int calls) throws IOException {
        return SentenceTransformersPeer.this.measure(request, id.threads(), calls);
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
        reply.get("systemMillis").asDouble(),
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
