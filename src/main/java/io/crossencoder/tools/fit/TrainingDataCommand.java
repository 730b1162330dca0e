// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.fit;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.crossencoder.tools.common.CommandException;
import io.crossencoder.tools.common.SolrTarget;
import io.crossencoder.tools.evaluation.asking.FirstPassOptions;
import io.crossencoder.tools.evaluation.asking.Passages;
import io.crossencoder.tools.evaluation.asking.Ranker;
import io.crossencoder.tools.evaluation.judgments.JudgedQuery;
import io.crossencoder.tools.evaluation.judgments.JudgmentOptions;
import io.crossencoder.tools.evaluation.judgments.Judgments;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.solr.client.solrj.SolrClient;
import org.apache.solr.common.SolrDocument;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * {@code training-data}: writes queries, candidates and passages for {@code scripts/finetune.sh}.
 */
@Command(
    name = "training-data",
    hidden = true,
    description = {
      "Write the training data of a cross-encoder: for each judged query the candidates of the first",
      "pass, their grades, and the passages as the plugin reads them. One JSON object per line."
    })
public final class TrainingDataCommand implements Callable<Integer> {
  private static final JsonMapper JSON = new JsonMapper();

  @Spec private CommandSpec spec;
  @Mixin private JudgmentOptions judgmentOptions;
  @Mixin private FirstPassOptions firstPassOptions;
  @Mixin private SolrTarget target;

  @Option(
      names = "--depth",
      paramLabel = "N",
      defaultValue = "100",
      description = "Candidates per query. Default: ${DEFAULT-VALUE}")
  private int depth;

  @Option(
      names = "--fields",
      paramLabel = "FIELDS",
      description =
          "Fields of the passage, such as title,overview. Default: those of the parser in Solr")
  private String fields;

  @Option(
      names = "--documents",
      paramLabel = "FILE",
      description = "JSON file of documents instead of Solr: an object keyed by id, or an array.")
  private Path documents;

  @Option(names = "--to", required = true, paramLabel = "FILE", description = "Output file.")
  private Path to;

  private final Set<String> written = new HashSet<>();

  /** For picocli, which sets the options. */
  TrainingDataCommand() {}

  /** A candidate in the file; missing values are null. */
  private record Candidate(String id, Integer rank, Number score, Double grade) {}

  @Override
  public Integer call() throws IOException {
    if (depth < 1) {
      throw new ParameterException(spec.commandLine(), "--depth must be at least 1: " + depth);
    }
    if (documents != null && (fields == null || fields.isBlank())) {
      throw new ParameterException(spec.commandLine(), "--documents requires --fields");
    }
    Judgments judgments = judgmentOptions.read(spec.commandLine().getErr());
    try (BufferedWriter out = Files.newBufferedWriter(to, StandardCharsets.UTF_8)) {
      int known = documents == null ? fromSolr(judgments, out) : fromFile(judgments, out);
      spec.commandLine()
          .getOut()
          .printf(
              Locale.ROOT,
              "%,d queries, %,d judgments, %,d of them of existing documents; %,d passages%n",
              judgments.queries().size(),
              judgments.size(),
              known,
              written.size());
    }
    spec.commandLine().getOut().flush();
    return 0;
  }

  private int fromSolr(Judgments judgments, BufferedWriter out) throws IOException {
    int known = 0;
    try (SolrClient client = target.connect()) {
      Passages passages = fields == null ? Passages.of(client, target) : Passages.parse(fields);
      line(out, Map.of("fields", passages.fields()));
      List<String> asked = new ArrayList<>(passages.fields());
      asked.add(firstPassOptions.idField());
      asked.add("score");
      Ranker ranker = new Ranker(client, target, firstPassOptions);
      for (JudgedQuery query : judgments.queries()) {
        Map<String, Candidate> candidates = new LinkedHashMap<>();
        for (SolrDocument document : ranker.documents(query, Optional.empty(), depth, asked)) {
          String id = ranker.id(document);
          passage(out, id, passages.read(document::getFieldValues));
          Number score = (Number) document.getFieldValue("score");
          int rank = candidates.size() + 1;
          candidates.put(id, new Candidate(id, rank, score, query.grades().get(id)));
        }
        List<String> others =
            query.grades().keySet().stream().filter(id -> !candidates.containsKey(id)).toList();
        if (!others.isEmpty()) {
          for (SolrDocument document : ranker.byId(others, asked)) {
            String id = ranker.id(document);
            passage(out, id, passages.read(document::getFieldValues));
            candidates.put(id, new Candidate(id, null, null, query.grades().get(id)));
          }
        }
        known += query(out, query, candidates);
      }
    }
    return known;
  }

  private int fromFile(Judgments judgments, BufferedWriter out) throws IOException {
    Passages passages = Passages.parse(fields);
    line(out, Map.of("fields", passages.fields()));
    Map<String, String> texts = DocumentsFile.read(documents, firstPassOptions.idField(), passages);
    for (Map.Entry<String, String> each : texts.entrySet()) {
      passage(out, each.getKey(), each.getValue());
    }
    int known = 0;
    for (JudgedQuery query : judgments.queries()) {
      Map<String, Candidate> candidates = new LinkedHashMap<>();
      query
          .grades()
          .forEach(
              (id, grade) -> {
                if (texts.containsKey(id)) {
                  candidates.put(id, new Candidate(id, null, null, grade));
                }
              });
      known += query(out, query, candidates);
    }
    if (known == 0) {
      throw new CommandException(documents + " contains none of the judged documents");
    }
    return known;
  }

  private void passage(BufferedWriter out, String id, String text) throws IOException {
    if (written.add(id)) {
      Map<String, String> row = new LinkedHashMap<>();
      row.put("id", id);
      row.put("passage", text);
      line(out, row);
    }
  }

  private static int query(BufferedWriter out, JudgedQuery query, Map<String, Candidate> candidates)
      throws IOException {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("query", query.id());
    row.put("text", query.text());
    row.put("candidates", candidates.values());
    line(out, row);
    return (int) candidates.values().stream().filter(each -> each.grade() != null).count();
  }

  private static void line(BufferedWriter out, Map<String, ?> value) throws IOException {
    out.write(JSON.writeValueAsString(value));
    out.newLine();
  }
}
