// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.vectors;

import java.util.Arrays;
import java.util.Optional;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.util.ResourceLoader;
import org.apache.lucene.util.ResourceLoaderAware;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.SolrException.ErrorCode;
import org.apache.solr.common.params.SolrParams;
import org.apache.solr.common.util.NamedList;
import org.apache.solr.request.SolrQueryRequest;
import org.apache.solr.search.QParser;
import org.apache.solr.search.QParserPlugin;
import org.apache.solr.search.SyntaxError;

/**
 * The query parser {@code knn_words}: {@code {!knn_words f=vector topK=100 v=$uq}} is Solr's {@code
 * {!knn}} with the vector of a text.
 *
 * <pre>{@code
 * <queryParser name="knn_words" class="io.crossencoder.solr.vectors.WordVectorQParserPlugin">
 *   <str name="vectors">word-vectors.bin</str>
 * </queryParser>
 * }</pre>
 */
public final class WordVectorQParserPlugin extends QParserPlugin implements ResourceLoaderAware {

  private String file;
  private WordVectors vectors;

  /** Called by Solr for each declaration in {@code solrconfig.xml}. */
  public WordVectorQParserPlugin() {}

  @Override
  public void init(NamedList<?> args) {
    file = WordVectors.file(args);
  }

  @Override
  public void inform(ResourceLoader loader) {
    vectors = WordVectors.read(loader, file);
  }

  @Override
  public QParser createParser(
      String body, SolrParams localParams, SolrParams params, SolrQueryRequest req) {
    return new Parser(body, localParams, params, req, vectors);
  }

  private static final class Parser extends QParser {

    private final WordVectors vectors;

    Parser(
        String body,
        SolrParams localParams,
        SolrParams params,
        SolrQueryRequest req,
        WordVectors vectors) {
      super(body, localParams, params, req);
      this.vectors = vectors;
    }

    @Override
    public Query parse() throws SyntaxError {
      String field = getParam("f");
      int topK = localParams == null ? 10 : localParams.getInt("topK", 10);
      if (field == null || !field.matches("[\\w.-]+") || topK < 1) {
        throw new SolrException(
            ErrorCode.BAD_REQUEST,
            "knn_words: f='"
                + field
                + "' topK='"
                + topK
                + "': must be a vector field and an integer, 1 or greater");
      }
      Optional<float[]> vector = vectors.sum().add(qstr == null ? "" : qstr, 1).normalized();
      if (vector.isEmpty()) {
        return new MatchNoDocsQuery("the text contains no word with a vector");
      }
      String knn = "{!knn f=" + field + " topK=" + topK + "}" + Arrays.toString(vector.get());
      // Inside another query or as a filter, {!knn} ignores the filters of the request.
      QParser parser =
          isFilter() || recurseCount > 0 ? subQuery(knn, null) : QParser.getParser(knn, req);
      return parser.getQuery();
    }
  }
}
