// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.lucene;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.crossencoder.engine.ModelRegistry;
import io.crossencoder.model.CrossEncoder;
import io.crossencoder.model.ModelOptions;
import java.io.IOException;
import java.nio.file.Files;
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
import org.apache.lucene.index.Term;
import org.apache.lucene.search.DoubleValuesSource;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.store.ByteBuffersDirectory;

/** A program that reranks films without Solr: {@link LuceneOnlyTest} runs it. */
final class LuceneOnly {

  private LuceneOnly() {}

  /**
   * Writes the reranked films, each as its score and its passage on one line.
   *
   * @param args a model directory, a file of films, and a file to write to
   */
  public static void main(String[] args) throws Exception {
    // Fails without Lucene's expressions.
    ScoreBlend blend = ExpressionBlend.compile("2*ce", DoubleValuesSource::fromLongField);
    List<String> lines = new ArrayList<>();
    try (ByteBuffersDirectory directory = new ByteBuffersDirectory()) {
      index(Path.of(args[1]), directory);
      try (DirectoryReader reader = DirectoryReader.open(directory);
          ModelRegistry registry = new ModelRegistry(ModelRegistry.Settings.defaults());
          CrossEncoder encoder = registry.open(Path.of(args[0]), ModelOptions.DEFAULTS)) {
        IndexSearcher searcher = new IndexSearcher(reader);
        PassageReader passages = new PassageReader(List.of("title", "overview"));
        CrossEncoderRescorer rescorer = new CrossEncoderRescorer(encoder, "vietnam war", passages);
        TopDocs firstPass = searcher.search(new TermQuery(new Term("overview", "war")), 20);
        for (ScoreDoc hit : rescorer.rescore(searcher, firstPass, 10).scoreDocs) {
          Document film = reader.storedFields().document(hit.doc);
          float[] score = {hit.score};
          double doubled = blend.blend(encoder.spec(), score, new double[1][0], score)[0];
          lines.add((float) (doubled / 2) + "\t" + film.get("title") + "\t" + film.get("overview"));
        }
      }
    }
    Files.write(Path.of(args[2]), lines);
  }

  private static void index(Path films, ByteBuffersDirectory directory) throws IOException {
    IndexWriterConfig config = new IndexWriterConfig(new StandardAnalyzer());
    try (IndexWriter writer = new IndexWriter(directory, config)) {
      for (JsonElement film :
          JsonParser.parseString(Files.readString(films)).getAsJsonObject().asMap().values()) {
        Document document = new Document();
        for (String field : List.of("title", "overview")) {
          JsonElement text = ((JsonObject) film).get(field);
          if (!text.isJsonNull()) {
            document.add(new TextField(field, text.getAsString(), Field.Store.YES));
          }
        }
        writer.addDocument(document);
      }
    }
  }
}
