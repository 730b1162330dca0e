// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.vectors;

import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.solr.common.SolrInputDocument;
import org.apache.solr.common.util.NamedList;
import org.apache.solr.core.SolrCore;
import org.apache.solr.request.SolrQueryRequest;
import org.apache.solr.response.SolrQueryResponse;
import org.apache.solr.update.AddUpdateCommand;
import org.apache.solr.update.processor.UpdateRequestProcessor;
import org.apache.solr.update.processor.UpdateRequestProcessorFactory;
import org.apache.solr.util.plugin.SolrCoreAware;

/**
 * Adds a vector to each new document: the weighted sum of the vectors of its words.
 *
 * <pre>{@code
 * <processor class="io.crossencoder.solr.vectors.WordVectorProcessorFactory">
 *   <str name="vectors">word-vectors.bin</str>
 *   <str name="field">vector</str>
 *   <lst name="texts"><float name="title">2</float><float name="overview">1</float></lst>
 * </processor>
 * }</pre>
 *
 * <p>A document without known words has no vector. An existing vector is kept.
 */
public final class WordVectorProcessorFactory extends UpdateRequestProcessorFactory
    implements SolrCoreAware {

  private String file;
  private String field;
  private final Map<String, Float> texts = new LinkedHashMap<>();
  private WordVectors vectors;

  /** Called by Solr for each declaration in {@code solrconfig.xml}. */
  public WordVectorProcessorFactory() {}

  @Override
  public void init(NamedList<?> args) {
    file = WordVectors.file(args);
    field = String.valueOf(args.get("field"));
    if (args.get("texts") instanceof NamedList<?> weights) {
      weights.forEach((text, weight) -> texts.put(text, ((Number) weight).floatValue()));
    }
  }

  @Override
  public void inform(SolrCore core) {
    vectors = WordVectors.read(core.getResourceLoader(), file);
  }

  @Override
  public UpdateRequestProcessor getInstance(
      SolrQueryRequest req, SolrQueryResponse rsp, UpdateRequestProcessor next) {
    return new UpdateRequestProcessor(next) {
      @Override
      public void processAdd(AddUpdateCommand command) throws IOException {
        addVector(command.getSolrInputDocument());
        super.processAdd(command);
      }
    };
  }

  private void addVector(SolrInputDocument document) {
    if (document.containsKey(field)) {
      return;
    }
    WordVectors.Sum sum = vectors.sum();
    texts.forEach((name, weight) -> add(document.getFieldValues(name), weight, sum));
    sum.normalized()
        .ifPresent(
            vector ->
                document.setField(
                    field, IntStream.range(0, vector.length).mapToObj(i -> vector[i]).toList()));
  }

  private static void add(Collection<Object> values, float weight, WordVectors.Sum sum) {
    if (values != null) {
      // Values that are not text are atomic updates of the stored document.
      values.stream()
          .filter(String.class::isInstance)
          .forEach(value -> sum.add((String) value, weight));
    }
  }
}
