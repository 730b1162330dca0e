// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crossencoder.bench.Comparison.Result;
import io.crossencoder.model.ModelSpec;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** Measures the speed of the engine: alone, compared with other libraries, and in Solr. */
@Command(
    name = "bench.sh",
    mixinStandardHelpOptions = true,
    version = "the bench of solr-crossencoder",
    sortOptions = false,
    description = {
      "Measures the engine on real passages, all contenders in one run and in turns, after it has"
          + " checked that they give the same logits.",
      "Times are medians. The machine should have nothing else to do."
    },
    footer = {
      "",
      "bench.sh --jmh [ARGUMENT...] runs the micro benchmarks instead; the arguments are JMH's."
    })
final class Bench implements Callable<Integer> {

  static final Path ROOT =
      Path.of(System.getProperty("project.root", "")).toAbsolutePath().normalize();

  private static final int TOGETHER_SECONDS = 20;

  @Option(
      names = "--model",
      paramLabel = "DIR",
      description = "The model (default: conf/models/tmdb-starter).")
  private Path model = ROOT.resolve("conf/models/tmdb-starter");

  @Option(
      names = "--int8",
      paramLabel = "FILE",
      defaultValue = "auto",
      description = "The int8 graph in DIR (default: auto, the one made for this CPU).")
  private String int8;

  @Mixin private Workload workload;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "1",
      description = "How often each request is measured (default: ${DEFAULT-VALUE}).")
  private int rounds;

  @Mixin private PeerOptions peers;

  @Option(
      names = "--sweep",
      arity = "0..1",
      split = ",",
      paramLabel = "CELLS",
      fallbackValue = "64,128,200,256,300,400,512,768,1024,2048",
      description = "Instead: measure batches of these sizes (default: ${FALLBACK-VALUE}).")
  private int[] sweep;

  @Option(
      names = "--tokens",
      arity = "0..1",
      split = ",",
      paramLabel = "N",
      fallbackValue = "64,128,256,512",
      description = "Instead: pairs of so many tokens (default: ${FALLBACK-VALUE}).")
  private int[] tokens;

  @Option(
      names = "--models",
      split = ",",
      paramLabel = "DIR",
      description = "Instead: these models side by side, as exported, optimized and in int8.")
  private List<Path> models;

  @Option(
      names = "--together",
      arity = "0..1",
      paramLabel = "CLIENTS",
      fallbackValue = "8",
      description =
          "Instead: so many clients that want the same at the same time (default:"
              + " ${FALLBACK-VALUE}).")
  private Integer together;

  @Mixin private LoadOptions load;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Write every number to this file as well.")
  private Path json;

  @Option(
      names = {"-v", "--verbose"},
      description = "Print the stack trace of a failure.")
  private boolean verbose;

  @Spec private CommandSpec command;

  public static void main(String[] args) {
    Bench bench = new Bench();
    System.exit(new CommandLine(bench).setExecutionExceptionHandler(bench::report).execute(args));
  }

  private int report(Exception failure, CommandLine line, ParseResult parsed) {
    if (verbose) {
      failure.printStackTrace(line.getErr());
    } else {
      line.getErr().println("error: " + failure.getMessage());
    }
    return line.getCommandSpec().exitCodeOnExecutionException();
  }

  /** All cores and one core. */
  static int[] threadCounts(int cores) {
    return cores == 1 ? new int[] {1} : new int[] {cores, 1};
  }

  @Override
  public Integer call() throws Exception {
    PrintWriter out = command.commandLine().getOut();
    int cores = Runtime.getRuntime().availableProcessors();
    peers.prepare();
    if (models != null) {
      write(new ModelTable(models, int8, workload, out).run(rounds));
      return 0;
    }
    Graphs graphs = Graphs.of(model, int8);
    out.println(graphs.chosen().directory());
    out.println(
        "fp32: "
            + Graphs.name(graphs.chosen())
            + ", int8: "
            + graphs.int8().map(Graphs::name).orElse("no graph for this CPU")
            + ", "
            + (peers.areWanted() ? "peers: " + Graphs.name(graphs.plain()) + ", " : "")
            + workload.docs()
            + " passages a request, "
            + cores
            + " cores");
    out.flush();
    ObjectNode numbers;
    if (load.areGiven()) {
      numbers = load.run(model, workload, out);
    } else if (together != null) {
      numbers = together(graphs, cores, out);
    } else if (sweep != null) {
      numbers = sweep(graphs, out);
    } else if (tokens != null) {
      numbers = lengths(graphs, cores, out);
    } else {
      numbers = compare(graphs, cores, out);
    }
    write(numbers.put("model", graphs.chosen().onnxFile().toString()));
    return 0;
  }

  private void write(ObjectNode numbers) throws IOException {
    if (json != null) {
      numbers.put("docs", workload.docs()).put("java", Runtime.version().toString());
      Report.write(numbers.put("cores", Runtime.getRuntime().availableProcessors()), json);
    }
  }

  private ObjectNode compare(Graphs graphs, int cores, PrintWriter out) throws Exception {
    List<Request> requests = workload.requests();
    List<Contender> contenders = new ArrayList<>();
    try {
      contenders.addAll(Engine.contenders(graphs, cores));
      contenders.addAll(peers.contenders(graphs, cores, out));
      List<Result> results = new Comparison(contenders, requests, out).run(rounds);
      List<Target> targets = Target.areFor(model) ? Target.of(results, cores) : List.of();
      Report.print(results, out);
      Report.print(targets, out, "Targets");
      ObjectNode numbers = Report.json(results);
      Report.targets(targets, numbers);
      return numbers;
    } finally {
      contenders.forEach(Contender::close);
    }
  }

  private ObjectNode lengths(Graphs graphs, int cores, PrintWriter out) throws Exception {
    List<Contender> contenders = new ArrayList<>();
    try {
      contenders.addAll(Engine.contenders(graphs, cores));
      contenders.addAll(peers.contenders(graphs, cores, out));
      return new Lengths(graphs, workload, contenders, out)
          .run(tokens, rounds, Target.areFor(model));
    } finally {
      contenders.forEach(Contender::close);
    }
  }

  private ObjectNode together(Graphs graphs, int cores, PrintWriter out) throws Exception {
    ObjectNode numbers = JsonNodeFactory.instance.objectNode();
    List<ModelSpec> all = new ArrayList<>(List.of(graphs.chosen()));
    graphs.int8().ifPresent(all::add);
    for (ModelSpec graph : all) {
      out.println(Graphs.name(graph));
      try (Together requests = new Together(graph, cores, workload.requests(), out)) {
        numbers.set(Graphs.name(graph), requests.run(together, TOGETHER_SECONDS));
      }
    }
    return numbers;
  }

  /** Uses the passages unchanged or pairs with a given number of tokens. */
  private ObjectNode sweep(Graphs graphs, PrintWriter out) throws Exception {
    List<Request> requests = workload.requests();
    if (tokens == null) {
      return Sweep.all(graphs, sweep, requests, rounds, out);
    }
    ObjectNode numbers = JsonNodeFactory.instance.objectNode();
    try (TokenPassages passages = new TokenPassages(graphs.chosen())) {
      for (int length : tokens) {
        out.println(length + " tokens");
        List<Request> ofLength = passages.ofTokens(requests, length);
        numbers.set(length + " tokens", Sweep.all(graphs, sweep, ofLength, rounds, out));
      }
    }
    return numbers;
  }
}
