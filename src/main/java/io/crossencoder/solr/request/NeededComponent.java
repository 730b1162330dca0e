// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.request;

import io.crossencoder.solr.options.ParameterValues;
import org.apache.solr.common.SolrException;
import org.apache.solr.handler.component.SearchComponent;

/** The search component {@code crossencoder}, for code that requires its presence. */
public abstract class NeededComponent extends SearchComponent {

  /** {@return whether the handler of this request has the component} */
  public static boolean isThere() {
    return ThisRequest.builder()
        .map(builder -> builder.components.stream())
        .map(all -> all.anyMatch(NeededComponent.class::isInstance))
        .orElse(false);
  }

  /**
   * Checks that the handler of this request has the component.
   *
   * @param parameter parameter that requires the component
   * @param value value of the parameter
   * @throws SolrException 400 if the component is missing
   */
  public static void check(String parameter, String value) {
    if (!isThere()) {
      throw ParameterValues.bad(
          parameter,
          value,
          "requires the search component: in solrconfig.xml, <searchComponent name=\"crossencoder\""
              + " class=\"io.crossencoder.solr.CrossEncoderComponent\"/>, and crossencoder in the"
              + " last-components of this handler");
    }
  }
}
