// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr;

import io.crossencoder.solr.status.StatusHandler;

/**
 * The handler {@code /crossencoder/status}: the status of the node that receives the request.
 *
 * <pre>{@code
 * <requestHandler name="/crossencoder/status" class="io.crossencoder.solr.CrossEncoderStatusHandler"/>
 * }</pre>
 *
 * <p>With {@code selftest=true}, each model scores its reference pairs; if one fails, the status is
 * HTTP 503. With {@code wt=prometheus}, the response contains the metrics in the Prometheus format.
 * The request is never distributed. The permission is {@code metrics-read}.
 */
public final class CrossEncoderStatusHandler extends StatusHandler {

  /** Called by Solr for each declaration in {@code solrconfig.xml}. */
  public CrossEncoderStatusHandler() {}
}
