// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.parameters;

import io.crossencoder.solr.fusion.FusionQParser;
import io.crossencoder.solr.vectors.WordVectorQParserPlugin;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.params.CommonParams;
import org.apache.solr.common.params.ModifiableSolrParams;
import org.apache.solr.common.params.SolrParams;
import org.apache.solr.request.SolrQueryRequest;
import org.apache.solr.schema.SchemaField;
import org.apache.solr.search.BoolQParserPlugin;
import org.apache.solr.search.BoostQParserPlugin;
import org.apache.solr.search.ComplexPhraseQParserPlugin;
import org.apache.solr.search.DisMaxQParserPlugin;
import org.apache.solr.search.ExtendedDismaxQParserPlugin;
import org.apache.solr.search.FieldQParserPlugin;
import org.apache.solr.search.LuceneQParserPlugin;
import org.apache.solr.search.NestedQParserPlugin;
import org.apache.solr.search.QParser;
import org.apache.solr.search.QParserPlugin;
import org.apache.solr.search.QueryParsing;
import org.apache.solr.search.SimpleQParserPlugin;
import org.apache.solr.search.SyntaxError;

/**
 * The words of a query that a user has typed, found without a guess: they are read where a parser
 * of Solr reads words. Vectors, functions, identifiers, ranges and joins have none.
 */
public final class QueryText {

  /** As many queries may lie in each other. */
  private static final int MAX_DEPTH = 20;

  /** The names of the parameters with the queries that Solr's CombinedQueryComponent fuses. */
  private static final String COMBINED_QUERIES = "combiner.query";

  private final SolrQueryRequest req;
  private final Set<String> texts = new LinkedHashSet<>();

  private QueryText(SolrQueryRequest req) {
    this.req = req;
  }

  /**
   * The words of the request's {@code q}. Those of several queries in it follow each other.
   *
   * @return none if no part of it has words
   */
  public static Optional<String> of(SolrQueryRequest req) {
    SolrParams params = req.getParams();
    QueryText text = new QueryText(req);
    String parser = params.get(QueryParsing.DEFTYPE);
    text.addQuery(params.get(CommonParams.Q, ""), parser, 0);
    for (String query : isCombined(params) ? params.getParams(COMBINED_QUERIES) : new String[0]) {
      text.addQuery(params.get(query), parser, 0);
    }
    return Optional.of(String.join(" ", text.texts)).filter(words -> !words.isEmpty());
  }

  /** Whether Solr 9.11 and newer fuse the hits of several queries: each is searched by itself. */
  public static boolean isCombined(SolrParams params) {
    return params.getBool("combiner", false) && params.getParams(COMBINED_QUERIES) != null;
  }

  /** White space of any length is one space: it is layout, not text. */
  public static String normalize(String text) {
    return text.strip().replaceAll("\\s+", " ");
  }

  private void addText(String text) {
    String words = normalize(text == null ? "" : text);
    if (!words.isEmpty() && !words.equals("*") && !words.equals("*:*")) {
      texts.add(words);
    }
  }

  /** What cannot be parsed has no text; where it counts, Solr itself has refused it before. */
  private void addQuery(String query, String defaultParser, int depth) {
    if (query == null || query.isBlank() || depth > MAX_DEPTH) {
      return;
    }
    try {
      QParser parser = QParser.getParser(query, defaultParser, req);
      if (parser instanceof FusionQParser fusion) {
        for (String list : fusion.listQueries()) {
          addQuery(list, null, depth + 1);
        }
        return;
      }
      SolrParams local = parser.getLocalParams();
      String standard = defaultParser == null ? QParserPlugin.DEFAULT_QTYPE : defaultParser;
      String name = local == null ? standard : local.get(QueryParsing.TYPE, standard);
      add(name, local, parser.getString(), depth);
    } catch (SyntaxError | SolrException e) {
      // No text.
    }
  }

  private void add(String name, SolrParams local, String body, int depth) {
    QParserPlugin plugin = req.getCore().getQueryPlugin(name);
    if (plugin instanceof ExtendedDismaxQParserPlugin
        || plugin instanceof DisMaxQParserPlugin
        || plugin instanceof SimpleQParserPlugin
        || plugin instanceof WordVectorQParserPlugin
        || name.equals("knn_text_to_vector")) {
      addText(body);
    } else if (plugin instanceof LuceneQParserPlugin
        || plugin instanceof ComplexPhraseQParserPlugin
        || name.equals("maxscore")) {
      addLucene(local, body, depth);
    } else if (plugin instanceof FieldQParserPlugin) {
      if (local != null && isText(local.get(QueryParsing.F))) {
        addText(body);
      }
    } else if (plugin instanceof BoolQParserPlugin) {
      addAll(local, List.of("must", "should"), depth);
    } else if (plugin instanceof BoostQParserPlugin || plugin instanceof NestedQParserPlugin) {
      addQuery(body, null, depth + 1);
    } else if (name.equals("filters")) {
      addQuery(body, null, depth + 1);
    } else if (plugin != null
        && !plugin.getClass().getName().startsWith("org.apache.solr.")
        && !plugin.getClass().getName().startsWith("io.crossencoder.")) {
      // Somebody's own, such as querqy: they take the user's words.
      addText(body);
    }
  }

  private void addAll(SolrParams local, List<String> names, int depth) {
    for (String name : names) {
      String[] queries = local == null ? null : local.getParams(name);
      for (String query : queries == null ? new String[0] : queries) {
        addQuery(query, null, depth + 1);
      }
    }
  }

  private void addLucene(SolrParams local, String body, int depth) {
    SolrParams all =
        SolrParams.wrapDefaults(
            local == null ? new ModifiableSolrParams() : local, req.getParams());
    LuceneWords words =
        new LuceneWords(body == null ? "" : body, isText(all.get(CommonParams.DF)), this::isText);
    StringBuilder text = new StringBuilder();
    for (LuceneWords.Piece piece : words.pieces()) {
      if (piece.isQuery()) {
        addQuery(piece.text(), null, depth + 1);
      } else {
        text.append(piece.text()).append(' ');
      }
    }
    addText(text.toString());
  }

  /** Whether people write words into a field. */
  private boolean isText(String field) {
    SchemaField known = field == null ? null : req.getSchema().getFieldOrNull(field);
    return known != null && known.getType().isTokenized() && !known.getType().isPointField();
  }
}
