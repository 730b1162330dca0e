// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.release;

import static org.junit.Assert.assertEquals;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import io.crossencoder.engine.TestModels.Reference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Pairs with known logits, scored over HTTP. */
final class Pairs {

  private Pairs() {}

  /** Each passage is a document, each query one request. Empty queries are skipped. */
  static void assertLogits(SolrProcess solr, String model, List<Reference> references)
      throws Exception {
    List<Reference> pairs = references.stream().filter(pair -> !pair.passage().isBlank()).toList();
    List<Map<String, String>> documents = new ArrayList<>();
    for (Reference pair : pairs) {
      documents.add(document(documents.size(), pair.passage()));
    }
    solr.update(new Gson().toJson(documents));
    for (int i = 0; i < pairs.size(); i++) {
      Reference pair = pairs.get(i);
      JsonObject answer =
          solr.select(
              "defType",
              "lucene",
              "q",
              "id:pair" + i,
              "rq",
              "{!crossencoder query=$text model=" + model + " blend=ce reRankDocs=1}",
              "text",
              pair.query(),
              "fl",
              "id,score");
      assertEquals(
          answer.toString(),
          "complete",
          answer.getAsJsonObject("crossEncoder").get("outcome").getAsString());
      JsonObject hit =
          answer.getAsJsonObject("response").getAsJsonArray("docs").get(0).getAsJsonObject();
      assertEquals(pair.query(), pair.logit(), hit.get("score").getAsFloat(), 1e-4f);
    }
  }

  private static Map<String, String> document(int number, String passage) {
    Map<String, String> document = new LinkedHashMap<>();
    document.put("id", "pair" + number);
    int seam = passage.indexOf("\n\n");
    document.put("title", seam < 0 ? passage : passage.substring(0, seam));
    if (seam >= 0) {
      document.put("overview", passage.substring(seam + 2));
    }
    return document;
  }
}
