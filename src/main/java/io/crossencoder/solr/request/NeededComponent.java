// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.request;

import io.crossencoder.solr.options.ParameterValues;
import org.apache.solr.common.SolrException;
import org.apache.solr.handler.component.SearchComponent;

/** The search component {@code crossencoder}, for those who only need it to be there. */
public abstract class NeededComponent extends SearchComponent {

  /** {@return whether the handler of this thread's request has it} */
  public static boolean isThere() {
    return ThisRequest.builder()
        .map(builder -> builder.components.stream())
        .map(all -> all.anyMatch(NeededComponent.class::isInstance))
        .orElse(false);
  }

  /**
   * Looks whether the handler of this thread's request has it.
   *
   * @param parameter what cannot be done without it
   * @param value the value of that
   * @throws SolrException 400, if it is not there
   */
  public static void check(String parameter, String value) {
    if (!isThere()) {
      throw ParameterValues.bad(
          parameter,
          value,
          "needs the search component: in solrconfig.xml, <searchComponent name=\"crossencoder\""
              + " class=\"io.crossencoder.solr.CrossEncoderComponent\"/>, and crossencoder in the"
              + " last-components of this handler");
    }
  }
}
