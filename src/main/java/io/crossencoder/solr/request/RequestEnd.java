// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.request;

import java.io.Closeable;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.apache.solr.request.SolrRequestInfo;

/**
 * Runs a hook when the request of this thread ends. Before Solr 9.9 the method has another type.
 */
public final class RequestEnd {

  private static final MethodHandle ADD = find();

  private RequestEnd() {}

  private static MethodHandle find() {
    MethodHandles.Lookup lookup = MethodHandles.publicLookup();
    String name = "addCloseHook";
    try {
      try {
        return lookup.findVirtual(SolrRequestInfo.class, name, taking(AutoCloseable.class));
      } catch (NoSuchMethodException e) {
        return lookup.findVirtual(SolrRequestInfo.class, name, taking(Closeable.class));
      }
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private static MethodType taking(Class<?> hook) {
    return MethodType.methodType(void.class, hook);
  }

  /**
   * Adds a hook; does nothing if this thread has no request.
   *
   * @param hook called on the thread that ends the request
   */
  public static void then(Closeable hook) {
    ThisRequest.info().ifPresent(request -> add(request, hook));
  }

  private static void add(SolrRequestInfo request, Closeable hook) {
    try {
      ADD.invoke(request, hook);
    } catch (Throwable e) {
      throw new IllegalStateException("cannot add a hook for the end of the request", e);
    }
  }
}
