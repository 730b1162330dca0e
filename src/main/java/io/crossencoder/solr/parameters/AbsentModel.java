// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.parameters;

import io.crossencoder.model.CrossEncoder;
import io.crossencoder.model.Deadline;
import io.crossencoder.model.Execution;
import io.crossencoder.model.ExecutionProvider;
import io.crossencoder.model.ModelSpec;
import io.crossencoder.model.PairTemplate;
import io.crossencoder.model.Passage;
import io.crossencoder.model.Scores;
import io.crossencoder.model.Windows;
import io.crossencoder.solr.request.NeededComponent;
import io.crossencoder.solr.request.ShardMessages;
import io.crossencoder.solr.request.ThisRequest;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.apache.solr.common.SolrException;
import org.apache.solr.request.SolrQueryRequest;

/**
 * A placeholder for a model that this node lacks, in a request to a cluster: another node may have
 * the model. Scores nothing. Thread-safe.
 *
 * @param spec name of the model, and the limit on the node that has it
 * @param missing the exception with the name of this node
 * @param refusal the error if no node has the model
 */
public record AbsentModel(ModelSpec spec, MissingModelException missing, SolrException refusal)
    implements CrossEncoder {

  /** A typical limit, used if the coordinator states none. */
  private static final int USUAL_LENGTH = 512;

  private static final String FINGERPRINT = "";

  /** This node lacks the model. */
  public static final class MissingModelException extends IllegalStateException {

    private static final long serialVersionUID = 1;

    private MissingModelException(String message) {
      super(message);
    }
  }

  /**
   * A placeholder for a missing model.
   *
   * @param name name of the model in the request
   * @param installed description of the available models
   * @param refusal thrown if no other node participates in the request
   */
  static CrossEncoder of(
      String name, String installed, SolrException refusal, SolrQueryRequest request) {
    if (!ThisRequest.isOverShards(request.getParams()) && !isOfCluster(request)) {
      throw refusal;
    }
    int length = request.getParams().getInt(ShardMessages.MAX_LENGTH, USUAL_LENGTH);
    ModelSpec spec =
        new ModelSpec(
            name,
            Path.of(""),
            Path.of(""),
            0,
            new ModelSpec.Input(length, length, 0, 0, PairTemplate.NONE),
            ModelSpec.Activation.IDENTITY,
            FINGERPRINT,
            Execution.DEFAULT,
            ExecutionProvider.CPU,
            Optional.empty());
    String message =
        "node " + ThisRequest.node(request) + " has no model '" + name + "'; " + installed;
    return new AbsentModel(spec, new MissingModelException(message), refusal);
  }

  /**
   * Whether another replica of this core may have the model, and the search component looks for it.
   */
  private static boolean isOfCluster(SolrQueryRequest request) {
    return request.getCore().getCoreDescriptor().getCloudDescriptor() != null
        && NeededComponent.isThere();
  }

  /**
   * Called before scoring.
   *
   * @throws MissingModelException if the node lacks the model
   */
  public static void refuseToScore(CrossEncoder model) {
    if (model instanceof AbsentModel absent) {
      throw absent.missing;
    }
  }

  @Override
  public Scores score(String query, List<String> passages, Deadline deadline) {
    float[] logits = new float[passages.size()];
    Arrays.fill(logits, Float.NaN);
    return new Scores(
        logits,
        new boolean[logits.length],
        Collections.nCopies(logits.length, ""),
        new Scores.Work(0, 0, 0, 0, 0, 0),
        Scores.Outcome.FAILED,
        Optional.of(missing));
  }

  /** {@inheritDoc} Without the model, the passage cannot be split. */
  @Override
  public Windows windows(String query, Passage passage, int most) {
    return new Windows(List.of(passage.whole()), false);
  }

  @Override
  public void close() {}
}
