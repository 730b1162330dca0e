// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr;

import java.io.IOException;
import java.util.function.Consumer;
import org.apache.solr.common.params.ShardParams;
import org.apache.solr.handler.component.ResponseBuilder;
import org.apache.solr.handler.component.SearchComponent;
import org.apache.solr.handler.component.ShardRequest;

/** A component after all others, with which a test can intervene in the request of a shard. */
public final class ShardHook extends SearchComponent {

  /** The action of the test. */
  interface Step {
    void take(ResponseBuilder builder) throws IOException;
  }

  static final Step NOTHING = builder -> {};

  /** Called in requests for the best hits of a shard. */
  static volatile Step step = NOTHING;

  /** Called in requests for documents. */
  static volatile Step fetch = NOTHING;

  /** Called with the responses of shards, on the coordinator. */
  static volatile Consumer<ShardRequest> answered = request -> {};

  static String shard(ResponseBuilder builder) {
    return builder.req.getCore().getCoreDescriptor().getCloudDescriptor().getShardId();
  }

  @Override
  public void prepare(ResponseBuilder builder) {}

  @Override
  public void process(ResponseBuilder builder) throws IOException {
    int purpose = builder.req.getParams().getInt(ShardParams.SHARDS_PURPOSE, 0);
    if ((purpose & ShardRequest.PURPOSE_GET_TOP_IDS) != 0) {
      step.take(builder);
    } else if ((purpose & ShardRequest.PURPOSE_GET_FIELDS) != 0) {
      fetch.take(builder);
    }
  }

  @Override
  public void handleResponses(ResponseBuilder builder, ShardRequest request) {
    answered.accept(request);
  }

  @Override
  public String getDescription() {
    return "for tests";
  }
}
