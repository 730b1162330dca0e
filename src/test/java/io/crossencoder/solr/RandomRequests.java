// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.apache.solr.common.SolrInputDocument;

/** Random requests with reranking, determined by a seed. */
final class RandomRequests {

  private static final List<String> BLENDS =
      List.of(
          "",
          "",
          "",
          "blend='ce + 0.3*ln(1+popularity) + 0.05*score'",
          "blend='ceProb * vote_count'",
          "blend='ceil(ceProb*10)/10'",
          "blend='floor(ce)'",
          "blend=popularity",
          "blend=score",
          "reRankWeight=3",
          "reRankOperator=multiply",
          "minScore=-6",
          "minScore=0 blend=ceProb");

  private static final List<String> PASSAGES =
      List.of(
          "",
          "",
          "",
          "fields=title,keywords",
          "fields=overview",
          "passage=maxp maxWindows=2",
          "fields=title,keywords passage=max",
          "query='men at war'");

  private static final List<String> SORTS =
      List.of(
          "score desc",
          "score desc",
          "score desc,id asc",
          "score desc,popularity desc",
          "score desc,vote_count asc,id desc",
          "score desc,sum(popularity,vote_count) desc");

  /** One document per group, with the best score or another one. */
  private static final List<String> COLLAPSE =
      List.of(
          "{!collapse field=group}",
          "{!collapse field=group nullPolicy=expand}",
          "{!collapse field=group max=popularity}",
          "{!collapse field=group sort='vote_count desc,id asc' nullPolicy=expand}");

  private static final List<String> FIELDS =
      List.of(
          "id,score",
          "id,title,score,b:originalScore()",
          "id,score,c:[crossencoder]",
          "id,score,c:[crossencoder tail=true]",
          "id,score,f:crossencoder($q)",
          "*,score");

  private static final Pattern NO_WORD = Pattern.compile("\\W+");

  private final Random random;
  private final List<String> words = new ArrayList<>();
  private final List<String> ids = new ArrayList<>();

  RandomRequests(long seed, List<SolrInputDocument> films) {
    random = new Random(seed);
    for (SolrInputDocument film : films) {
      ids.add((String) film.getFieldValue("id"));
      for (String field : List.of("title", "overview")) {
        NO_WORD.splitAsStream(String.valueOf(film.getFieldValue(field))).forEach(words::add);
      }
    }
  }

  /** The names and values of the parameters of the next request. */
  String[] next() {
    List<String> request = new ArrayList<>();
    StringBuilder q = new StringBuilder();
    for (int i = random.nextInt(5); i >= 0; i--) {
      q.append(one(words)).append(' ');
    }
    add(request, "q", q.toString().trim());
    // Unknown to the caches: a control character has no effect on the model.
    int depth = List.of(1, 3, 10, 25, 60, 300).get(random.nextInt(6));
    String rq = " reRankScope=global reRankDocs=" + depth + " " + one(PASSAGES) + " " + one(BLENDS);
    add(request, "rq", "{!crossencoder" + rq + "}");
    add(request, "start", "" + List.of(0, 0, 0, 5, 17, 40, 500).get(random.nextInt(7)));
    add(request, "rows", "" + List.of(1, 3, 10, 10, 30, 80).get(random.nextInt(6)));
    add(request, "sort", one(SORTS));
    String fields = one(FIELDS);
    sometimes(request, "fq", "vote_count:[" + random.nextInt(500) + " TO *]");
    if (random.nextInt(4) == 0) {
      add(request, "fq", one(COLLAPSE));
      sometimes(request, "expand", "true");
      add(request, "expand.sort", "popularity desc,id asc");
      add(request, "expand.rows", "" + random.nextInt(4));
    }
    sometimes(request, "bf", "ln(sum(1,popularity))");
    sometimes(request, "elevateIds", one(ids) + "," + one(ids));
    if (request.contains("expand")) {
      // In a single pass, Solr expands the groups of the page of each shard, with or without rq.
      fields = fields.replace("id,score", "id,title,score");
    } else {
      sometimes(request, "distrib.singlePass", "true");
    }
    add(request, "fl", fields);
    sometimes(request, "shards.info", "true");
    if (random.nextInt(6) == 0) {
      add(request, "facet", "true");
      add(request, "facet.field", "genres");
    }
    return request.toArray(String[]::new);
  }

  private void sometimes(List<String> request, String name, String value) {
    if (random.nextInt(8) == 0) {
      add(request, name, value);
    }
  }

  private static void add(List<String> request, String name, String value) {
    request.add(name);
    request.add(value);
  }

  private String one(List<String> of) {
    return of.get(random.nextInt(of.size()));
  }
}
