// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.models;

import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import io.crossencoder.model.CrossEncoder;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.solr.common.params.ModifiableSolrParams;
import org.apache.solr.request.SolrQueryRequestBase;
import org.apache.solr.request.SolrRequestInfo;
import org.apache.solr.response.SolrQueryResponse;
import org.junit.Test;

/** The users of a model in the store. */
public final class StoreModelTest {

  private final AtomicBoolean freed = new AtomicBoolean();
  private final StoreModel model =
      new StoreModel(
          ModelEntry.installed("m"),
          (CrossEncoder)
              Proxy.newProxyInstance(
                  getClass().getClassLoader(),
                  new Class<?>[] {CrossEncoder.class},
                  (proxy, method, args) -> {
                    assertTrue("freed once", method.getName().equals("close"));
                    assertTrue(freed.compareAndSet(false, true));
                    return null;
                  }));

  private static void beginRequest() {
    SolrRequestInfo.setRequestInfo(
        new SolrRequestInfo(
            new SolrQueryRequestBase(null, new ModifiableSolrParams()) {},
            new SolrQueryResponse()));
  }

  @Test
  public void aRequestUnderWayKeepsWhatLeavesTheStore() {
    beginRequest();
    assertTrue(model.hold());
    assertTrue("a request asks often", model.hold());
    model.close();
    assertFalse(freed.get());
    assertTrue(model.hold());
    SolrRequestInfo.clearRequestInfo();
    assertTrue(freed.get());
    assertFalse(model.hold());
  }

  @Test
  public void whatIsInTheStoreOutlivesItsRequests() {
    beginRequest();
    assertTrue(model.hold());
    SolrRequestInfo.clearRequestInfo();
    assertFalse(freed.get());
    assertTrue(model.hold());
    model.close();
    assertTrue(freed.get());
  }
}
