// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.bench;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Options for the compared libraries. */
final class PeerOptions {

  @Option(
      names = "--peers",
      description =
          "Measure DJL, langchain4j and the backends of sentence-transformers that are installed"
              + " as well.")
  private boolean wanted;

  @Option(
      names = "--python",
      paramLabel = "PYTHON",
      defaultValue = "python3",
      description = "A Python with sentence-transformers (default: ${DEFAULT-VALUE}).")
  private String python;

  boolean areWanted() {
    return wanted;
  }

  /** Must be called before any other use of ONNX Runtime. */
  void prepare() {
    if (wanted) {
      DjlPeer.makeEnvironment();
    }
  }

  /** The installed libraries, on one thread and on all cores; empty if the options exclude them. */
  List<Contender> contenders(Graphs graphs, int cores, PrintWriter out) throws Exception {
    List<Contender> others = new ArrayList<>();
    if (!wanted) {
      return others;
    }
    int[] threadCounts = Bench.threadCounts(cores);
    for (int threads : threadCounts) {
      others.add(DjlPeer.contender(graphs.plain(), threads));
      others.add(Langchain4jPeer.contender(graphs.plain(), threads));
    }
    others.addAll(
        SentenceTransformersPeer.contenders(python, Bench.ROOT, graphs, threadCounts, out));
    return others;
  }
}
