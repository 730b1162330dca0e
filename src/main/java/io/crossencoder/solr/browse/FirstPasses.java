// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.browse;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.solr.common.util.NamedList;

/** Parses the first passes that users of the page can choose from. */
final class FirstPasses {

  private FirstPasses() {}

  /**
   * Parameters by the name of the first pass, in the order of {@code solrconfig.xml}.
   *
   * @throws org.apache.solr.common.SolrException if a first pass has no {@code q}
   */
  static Map<String, Map<String, String>> of(Object setting, String key) {
    Map<String, Map<String, String>> all = new LinkedHashMap<>();
    if (setting instanceof NamedList<?> named) {
      for (Map.Entry<String, ?> each : named) {
        if (!(each.getValue() instanceof NamedList<?> params) || params.get("q") == null) {
          throw BrowseSettings.unusable(key, each.getKey() + " is not a <lst> with a q");
        }
        Map<String, String> texts = new LinkedHashMap<>();
        params.forEach((name, value) -> texts.put(name, String.valueOf(value)));
        all.put(each.getKey(), texts);
      }
    }
    return all;
  }
}
