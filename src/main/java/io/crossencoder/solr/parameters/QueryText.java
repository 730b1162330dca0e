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
 * Finds the text that a user typed in a query. Only the parsers of Solr that read text are
 * considered: vectors, functions, identifiers, ranges and joins have no text.
 */
public final class QueryText {

  /** Maximum depth of nested queries. */
  private static final int MAX_DEPTH = 20;

  /** Names of the parameters with the queries of Solr's CombinedQueryComponent. */
  private static final String COMBINED_QUERIES = "combiner.query";

  private final SolrQueryRequest req;
  private final Set<String> texts = new LinkedHashSet<>();

  private QueryText(SolrQueryRequest req) {
    this.req = req;
  }

  /**
   * The text of the request's {@code q}. The texts of several nested queries are joined in their
   * order.
   *
   * @return empty if no part of the query has text
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

  /**
   * Whether CombinedQueryComponent (Solr 9.11 and later) fuses several queries, each of which is
   * searched separately.
   */
  public static boolean isCombined(SolrParams params) {
    return params.getBool("combiner", false) && params.getParams(COMBINED_QUERIES) != null;
  }

  /** Replaces any white space with one space. */
  public static String normalize(String text) {
    return text.strip().replaceAll("\\s+", " ");
  }

  private void addText(String text) {
    String words = normalize(text == null ? "" : text);
    if (!words.isEmpty() && !words.equals("*") && !words.equals("*:*")) {
      texts.add(words);
    }
  }

  /**
   * A query that cannot be parsed has no text; if it matters, Solr has already rejected the
   * request.
   */
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
    String inner = local == null ? null : local.get(QueryParsing.DEFTYPE);
    if (plugin instanceof ExtendedDismaxQParserPlugin
        || plugin instanceof DisMaxQParserPlugin
        || plugin instanceof SimpleQParserPlugin
        || plugin instanceof WordVectorQParserPlugin
        || name.equals("knn_text_to_vector")) {
      addText(body);
    } else if (plugin instanceof LuceneQParserPlugin
        || plugin instanceof ComplexPhraseQParserPlugin
        || name.equals("maxscore")) {
      addLucene(local, body, inner, depth);
    } else if (plugin instanceof FieldQParserPlugin) {
      if (local != null && isText(local.get(QueryParsing.F))) {
        addText(body);
      }
    } else if (plugin instanceof BoolQParserPlugin) {
      addAll(local, List.of("must", "should"), inner, depth);
    } else if (plugin instanceof BoostQParserPlugin
        || plugin instanceof NestedQParserPlugin
        || name.equals("filters")) {
      addQuery(body, inner, depth + 1);
    } else if (plugin != null
        && !plugin.getClass().getName().startsWith("org.apache.solr.")
        && !plugin.getClass().getName().startsWith("io.crossencoder.")) {
      // Parsers of others, such as querqy, usually receive the text of the user.
      addText(body);
    }
  }

  private void addAll(SolrParams local, List<String> names, String parser, int depth) {
    for (String name : names) {
      String[] queries = local == null ? null : local.getParams(name);
      for (String query : queries == null ? new String[0] : queries) {
        addQuery(query, parser, depth + 1);
      }
    }
  }

  private void addLucene(SolrParams local, String body, String parser, int depth) {
    SolrParams all =
        SolrParams.wrapDefaults(
            local == null ? new ModifiableSolrParams() : local, req.getParams());
    LuceneWords words =
        new LuceneWords(body == null ? "" : body, isText(all.get(CommonParams.DF)), this::isText);
    StringBuilder text = new StringBuilder();
    for (LuceneWords.Piece piece : words.pieces()) {
      if (piece.isQuery()) {
        addText(text.toString());
        text.setLength(0);
        addQuery(piece.text(), parser, depth + 1);
      } else {
        text.append(piece.text()).append(' ');
      }
    }
    addText(text.toString());
  }

  /** Whether the field contains natural-language text. */
  private boolean isText(String field) {
    SchemaField known = field == null ? null : req.getSchema().getFieldOrNull(field);
    return known != null && known.getType().isTokenized() && !known.getType().isPointField();
  }
}
