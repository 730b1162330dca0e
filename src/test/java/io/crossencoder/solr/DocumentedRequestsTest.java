// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr;

import io.crossencoder.Documentation;
import io.crossencoder.Documentation.Passage;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.solr.client.solrj.response.QueryResponse;
import org.junit.Test;

/** The requests in the documentation, sent to a Solr with the bundled films. */
public class DocumentedRequestsTest extends FilmsTestCase {

  private static final Pattern PARAMETERS =
      Pattern.compile("(?:rq|fl|sort|fq|bf)=\\S.*", Pattern.DOTALL);
  private static final Pattern IN_A_SENTENCE = Pattern.compile("`(rq=\\{!crossencoder[^`…]*\\})`");

  /** Alternating names and values of {@code rq={!rerank reRankQuery=$ce}&ce={!func}...}. */
  private static String[] pairs(String documented) {
    // Replaces the names of published models with the bundled one.
    String line = documented.replaceAll("model=(?:ms-marco|ettin)[\\w-]+", "model=tmdb-starter");
    List<String> pairs = new ArrayList<>(List.of("q", "vietnam war", "qq", "vietnam war"));
    for (String parameter : line.split("&(?=\\w+=)", -1)) {
      int equals = parameter.indexOf('=');
      pairs.add(parameter.substring(0, equals));
      pairs.add(parameter.substring(equals + 1));
    }
    if (line.startsWith("fl=") && line.contains("[crossencoder]")) {
      pairs.addAll(List.of("rq", "{!crossencoder}"));
    }
    return pairs.toArray(String[]::new);
  }

  @Test
  public void linesOfParametersAreAnswered() throws Exception {
    int requests = 0;
    for (Passage line : Documentation.lines()) {
      if (PARAMETERS.matcher(line.text()).matches()) {
        requests++;
        QueryResponse response = select(pairs(line.text()));
        assertTrue(line.toString(), response.getResults().getNumFound() > 0);
        assertRerankIsComplete(line, response);
      }
    }
    assertTrue(requests + " requests", requests > 5);
  }

  @Test
  public void requestsInASentenceAreAnswered() throws Exception {
    for (var page : Documentation.pages()) {
      for (var match :
          IN_A_SENTENCE.matcher(Documentation.read(page)).results().map(m -> m.group(1)).toList()) {
        assertRerankIsComplete(new Passage(page, match), select(pairs(match)));
      }
    }
  }

  private static void assertRerankIsComplete(Passage line, QueryResponse response) {
    if (line.text().startsWith("rq={!crossencoder")) {
      Object outcome = section(response).get("outcome");
      assertTrue(
          line + ": " + section(response),
          List.of("complete", "queryResultCache", "partial").contains(outcome));
    }
  }
}
