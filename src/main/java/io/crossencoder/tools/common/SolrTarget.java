// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.common;

import java.io.IOException;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import org.apache.solr.client.solrj.SolrClient;
import org.apache.solr.client.solrj.SolrQuery;
import org.apache.solr.client.solrj.SolrServerException;
import org.apache.solr.client.solrj.impl.Http2SolrClient;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.SolrException.ErrorCode;
import picocli.CommandLine.Option;

/** The options that say which collection of which Solr, and what to do where it does not answer. */
public final class SolrTarget {

  @Option(
      names = "--solr",
      paramLabel = "URL",
      defaultValue = "http://127.0.0.1:8983/solr",
      description = "URL of Solr. Default: ${DEFAULT-VALUE}")
  private String solr;

  @Option(
      names = "--collection",
      paramLabel = "NAME",
      defaultValue = "tmdb",
      description = "Collection or core. Default: ${DEFAULT-VALUE}")
  private String collection;

  /** For picocli, which fills in the options. */
  public SolrTarget() {}

  public SolrTarget(URI solr, String collection) {
    this.solr = solr.toString();
    this.collection = collection;
  }

  /** {@return the name of the collection or core} */
  public String collection() {
    return collection;
  }

  /** {@return where Solr is, as {@code http://127.0.0.1:8983/solr}: without a slash at the end} */
  public String url() {
    return solr.replaceFirst("/+$", "");
  }

  /**
   * Makes a client; nothing is sent yet.
   *
   * @return one whose requests go to the collection, and wait up to two minutes; to be closed by
   *     the one who asked
   * @throws CommandException if {@code --solr} is no http or https URL
   */
  public SolrClient connect() {
    if (!solr.matches("(?i)https?://[^/:\\s]\\S*")) {
      throw new CommandException("--solr " + solr + " is not like http://127.0.0.1:8983/solr");
    }
    return new Http2SolrClient.Builder(url())
        .withDefaultCollection(collection)
        // Many a proxy before a Solr speaks nothing else in clear text.
        .useHttp1_1(true)
        .withConnectionTimeout(5, TimeUnit.SECONDS)
        .withIdleTimeout(2, TimeUnit.MINUTES)
        // A reranked query on a cold, slow model is the longest request there is.
        .withRequestTimeout(2, TimeUnit.MINUTES)
        .build();
  }

  /**
   * How many documents the collection has.
   *
   * @throws CommandException when nothing answers, or there is no such collection
   */
  public long count(SolrClient client) {
    try {
      return client.query(new SolrQuery("*:*").setRows(0)).getResults().getNumFound();
    } catch (SolrServerException | IOException | SolrException e) {
      throw explain(e);
    }
  }

  /**
   * What a failed request means to someone at a terminal.
   *
   * @param failure what the client threw
   * @return one line, with the failure as its cause; to be thrown
   */
  public CommandException explain(Exception failure) {
    if (!(failure instanceof SolrException refusal)) {
      return new CommandException(
          "no answer from Solr at "
              + url()
              + ": start one with scripts/solr.sh start, or name another with --solr",
          failure);
    }
    if (refusal.code() == ErrorCode.NOT_FOUND.code) {
      return new CommandException(
          url()
              + " has no collection '"
              + collection
              + "': name another with --collection, create it from solr-config/, or see whether the"
              + " URL ends as it should, mostly in /solr",
          failure);
    }
    if (String.valueOf(refusal.getMessage()).contains("Expected mime type")) {
      return new CommandException(
          url()
              + " answers with a web page, not as Solr does: is it Solr's address, does it end as it"
              + " should, mostly in /solr, and is there no login before it?",
          failure);
    }
    // A 400 is about what the user asked for, so Solr's words are the answer.
    String prefix =
        refusal.code() == ErrorCode.BAD_REQUEST.code
            ? ""
            : "Solr returned " + refusal.code() + ": ";
    return new CommandException(prefix + message(refusal), failure);
  }

  /** Solr's own words, without what the client puts around them. */
  public static String message(SolrException refusal) {
    return refusal
        .getMessage()
        .replaceAll("Error from server at \\S+: ", "")
        .replaceAll("\\s+", " ")
        .strip();
  }
}
