// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine.batch;

/** Ignores all events. */
public class SilentListener implements RunListener {

  @Override
  public void ran(long nanos) {}

  @Override
  public void runFailed() {}

  @Override
  public void waited(long nanos) {}
}
