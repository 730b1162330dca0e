// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.analysis.standard.StandardAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.util.QueryBuilder;

/**
 * The films of a TMDB file in an index for the first pass, so that the benchmark measures real
 * passages.
 */
final class Films implements Closeable {

  private static final String TEXT = "text";

  private final StandardAnalyzer analyzer = new StandardAnalyzer();
  private final DirectoryReader reader;
  private final IndexSearcher searcher;

  private Films(DirectoryReader reader) {
    this.reader = reader;
    this.searcher = new IndexSearcher(reader);
  }

  /**
   * Reads a JSON array of films, or an object with films by ID, and indexes titles and overviews.
   */
  static Films read(Path file) throws IOException {
    ByteBuffersDirectory directory = new ByteBuffersDirectory();
    try (StandardAnalyzer analyzer = new StandardAnalyzer();
        IndexWriter writer = new IndexWriter(directory, new IndexWriterConfig(analyzer))) {
      for (JsonNode film : new ObjectMapper().readTree(file.toFile())) {
        String title = film.path("title").asText("");
        String overview = film.path("overview").asText("");
        if (!title.isEmpty() && !overview.isEmpty()) {
          Document document = new Document();
          document.add(new TextField(TEXT, title + "\n\n" + overview, Field.Store.YES));
          writer.addDocument(document);
        }
      }
    }
    return new Films(DirectoryReader.open(directory));
  }

  int size() {
    return reader.numDocs();
  }

  /**
   * The best passages by BM25, followed by other passages if too few contain a word of the query.
   */
  Request candidates(String query, int count) throws IOException {
    BooleanQuery.Builder anyWord = new BooleanQuery.Builder();
    Query words = new QueryBuilder(analyzer).createBooleanQuery(TEXT, query);
    if (words != null) {
      anyWord.add(words, Occur.SHOULD);
    }
    anyWord.add(new BoostQuery(new MatchAllDocsQuery(), 0), Occur.SHOULD);
    List<String> passages = new ArrayList<>(count);
    for (ScoreDoc hit : searcher.search(anyWord.build(), count).scoreDocs) {
      passages.add(searcher.storedFields().document(hit.doc).get(TEXT));
    }
    return new Request(query, passages);
  }

  @Override
  public void close() throws IOException {
    reader.close();
    analyzer.close();
  }
}
