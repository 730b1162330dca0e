// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr;

import io.crossencoder.ShippedConfig;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The bundled configset for a cluster, with a {@link ShardHook}, elevation, spelling, a field for
 * groups, and a handler without the plugin's component.
 */
final class CloudConfigset {

  private CloudConfigset() {}

  static Path under(Path directory) throws Exception {
    Path copy = ShippedConfig.copy(directory);
    Path config = copy.resolve("solrconfig.xml");
    String text = Files.readString(config);
    String hook = "<searchComponent name=\"hook\" class=\"" + ShardHook.class.getName() + "\"/>";
    String elevator =
        "<searchComponent name=\"elevator\" class=\"solr.QueryElevationComponent\">"
            + "<str name=\"queryFieldType\">string</str>"
            + "<str name=\"config-file\">elevate.xml</str></searchComponent>";
    String spelling =
        "<searchComponent name=\"spelling\" class=\"solr.SpellCheckComponent\"><lst"
            + " name=\"spellchecker\"><str name=\"field\">overview</str><str"
            + " name=\"classname\">solr.DirectSolrSpellChecker</str></lst></searchComponent>";
    String bare = "<requestHandler name=\"/bare\" class=\"solr.SearchHandler\"/>";
    Files.writeString(
        config,
        text.replace(
                "<str>crossencoder</str>",
                "<str>crossencoder</str><str>elevator</str><str>spelling</str><str>hook</str>")
            .replace("</config>", hook + elevator + spelling + bare + "</config>"));
    Files.writeString(copy.resolve("elevate.xml"), "<elevate/>");
    Path schema = copy.resolve("schema.xml");
    Files.writeString(
        schema,
        Files.readString(schema)
            .replace(
                "</schema>",
                "<field name=\"group\" type=\"string\" docValues=\"true\"/></schema>"));
    return copy;
  }
}
