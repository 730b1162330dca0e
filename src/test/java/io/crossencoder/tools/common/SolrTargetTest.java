// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.common;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.net.ConnectException;
import java.net.URI;
import java.util.List;
import org.apache.solr.client.solrj.SolrServerException;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.SolrException.ErrorCode;
import org.junit.Test;
import picocli.CommandLine;

/** Addresses of Solr, and the messages of failed requests. */
public class SolrTargetTest {

  private static String message(String text) {
    return SolrTarget.message(new SolrException(ErrorCode.BAD_REQUEST, text));
  }

  @Test
  public void theAddressOfTheServerIsLeftOut() {
    assertEquals(
        "undefined field nope",
        message("Error from server at http://127.0.0.1:8983/solr/tmdb: undefined field nope"));
  }

  @Test
  public void theAddressesOfTheShardsAreLeftOut() {
    assertEquals(
        "undefined field nope",
        message(
            "Error from server at http://127.0.0.1:8983/solr/tmdb: Error from server at"
                + " http://127.0.0.1:8984/solr/tmdb_shard1_replica_n1/: undefined field nope"));
  }

  private static CommandException refused(String url, String collection) {
    SolrTarget target = new SolrTarget();
    // picocli sets the options, as in the commands.
    new CommandLine(target).parseArgs("--solr", url, "--collection", collection);
    return assertThrows(CommandException.class, target::connect);
  }

  @Test
  public void addressesThatNoSolrHasAreRefused() {
    for (String url :
        List.of(
            "",
            "127.0.0.1:8983/solr",
            "http://127.0.0.1:99999/solr",
            "http://127.0.0.1:8983/solr%zz",
            "http://127.0.0.1:8983/so lr",
            "http://127.0.0.1:8983/solr/tmdb/select?q=x",
            "http://127.0.0.1:8983/solr/#/tmdb",
            "http://user:password@127.0.0.1:8983/solr")) {
      assertEquals(
          "--solr must be a URL such as http://127.0.0.1:8983/solr, not '" + url + "'",
          refused(url, "tmdb").getMessage());
    }
    for (String collection : List.of("", "a b", "tmdb/select", "..?x")) {
      assertEquals(
          "--collection must be the name of a collection or core, not '" + collection + "'",
          refused("http://solr_1:8983/solr", collection).getMessage());
    }
  }

  @Test
  public void aFailureNamesWhatTheServerDid() throws Exception {
    String solr = "http://127.0.0.1:8983/solr";
    SolrTarget target = new SolrTarget(URI.create(solr), "tmdb");
    assertEquals(
        solr + " redirects to another address; set that one with --solr",
        target.explain(new SolrServerException("sent back a redirect (302).")).getMessage());
    assertTrue(
        target
            .explain(new SolrServerException("x", new ConnectException("Connection refused")))
            .getMessage()
            .startsWith("no response from Solr at " + solr + " (Connection refused); "));
    assertTrue(
        target
            .explain(new SolrException(ErrorCode.SERVICE_UNAVAILABLE, "Expected mime type [x]"))
            .getMessage()
            .startsWith(solr + " returned HTTP 503 and no response of Solr; "));
  }

  @Test
  public void theMessageIsOneLine() {
    assertEquals("first second", message("first\n  second"));
  }
}
