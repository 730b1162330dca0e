// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.rerank;

import io.crossencoder.model.Deadline;
import java.time.Duration;
import org.apache.solr.common.params.CommonParams;
import org.apache.solr.request.SolrRequestInfo;

/** Solr's own limit, {@code timeAllowed}, as a deadline that comes before it. */
final class SolrTimeAllowed {

  /** What is left to Solr for all that follows the rerank, of the time that remains. */
  private static final double SOLRS_SHARE = 0.2;

  private SolrTimeAllowed() {}

  /**
   * For the request of this thread.
   *
   * <p>When {@code timeAllowed} is over, Solr skips the components that follow, and in SolrCloud
   * drops the page altogether; so the rerank ends a fifth of the remaining time before.
   */
  static Deadline deadline() {
    SolrRequestInfo request = SolrRequestInfo.getRequestInfo();
    if (request == null) {
      return Deadline.NONE;
    }
    long allowed = request.getReq().getParams().getLong(CommonParams.TIME_ALLOWED, -1L);
    if (allowed < 0) {
      return Deadline.NONE;
    }
    double remaining = allowed - request.getReq().getRequestTimer().getTime();
    return Deadline.in(Duration.ofNanos((long) (remaining * (1 - SOLRS_SHARE) * 1_000_000)));
  }
}
