// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr;

import io.crossencoder.solr.status.StatusHandler;

/**
 * The handler {@code /crossencoder/status}: how the node that answers does.
 *
 * <pre>{@code
 * <requestHandler name="/crossencoder/status" class="io.crossencoder.solr.CrossEncoderStatusHandler"/>
 * }</pre>
 *
 * <p>With {@code selftest=true} each model scores its probe pairs anew; if one does not pass, the
 * answer is a 503. With {@code wt=prometheus} the answer is the node's metrics as Prometheus reads
 * them. Never distributed. Who may read Solr's metrics may read it.
 */
public final class CrossEncoderStatusHandler extends StatusHandler {

  /** For Solr, which makes one by reflection for each time that a core's solrconfig names it. */
  public CrossEncoderStatusHandler() {}
}
