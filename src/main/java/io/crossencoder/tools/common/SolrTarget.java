// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.common;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.concurrent.TimeUnit;
import org.apache.solr.client.solrj.SolrClient;
import org.apache.solr.client.solrj.SolrQuery;
import org.apache.solr.client.solrj.SolrServerException;
import org.apache.solr.client.solrj.impl.Http2SolrClient;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.SolrException.ErrorCode;
import picocli.CommandLine.Option;

/** The options for the URL of Solr and the collection, and error messages for failed requests. */
public final class SolrTarget {
  private static final int OK = 200;
  private static final int MAX_PORT = 65_535;

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

  /** For picocli, which sets the options. */
  public SolrTarget() {}

  public SolrTarget(URI solr, String collection) {
    this.solr = solr.toString();
    this.collection = collection;
  }

  /** {@return the name of the collection or core} */
  public String collection() {
    return collection;
  }

  /**
   * {@return the URL of Solr, such as {@code http://127.0.0.1:8983/solr}, without a slash at the
   * end}
   */
  public String url() {
    return solr.replaceFirst("/+$", "");
  }

  /**
   * Creates a client without sending a request.
   *
   * @return a client for the collection with a timeout of two minutes; to be closed by the caller
   * @throws CommandException if {@code --solr} is not an http or https URL
   */
  public SolrClient connect() {
    if (!isUrl(solr)) {
      throw new CommandException(
          "--solr must be a URL such as http://127.0.0.1:8983/solr, not '" + solr + "'");
    }
    if (!collection.matches("[A-Za-z0-9._,-]+")) {
      throw new CommandException(
          "--collection must be the name of a collection or core, not '" + collection + "'");
    }
    return new Http2SolrClient.Builder(url())
        .withDefaultCollection(collection)
        // Many proxies do not support unencrypted HTTP/2.
        .useHttp1_1(true)
        .withConnectionTimeout(5, TimeUnit.SECONDS)
        .withIdleTimeout(2, TimeUnit.MINUTES)
        // The longest request is a reranked query on a slow model without cached scores.
        .withRequestTimeout(2, TimeUnit.MINUTES)
        .build();
  }

  /** A user name is not accepted, because the client does not send it; nor is a query. */
  private static boolean isUrl(String url) {
    try {
      return url.matches("(?i)https?://[^/:@?#]+(:[0-9]+)?(/[^@?#]*)?|(?i)https?://\\[[^@?#]+")
          && new URI(url).getPort() <= MAX_PORT;
    } catch (URISyntaxException e) {
      return false;
    }
  }

  /**
   * The number of documents in the collection.
   *
   * @throws CommandException if Solr does not respond or the collection does not exist
   */
  public long count(SolrClient client) {
    try {
      return client.query(new SolrQuery("*:*").setRows(0)).getResults().getNumFound();
    } catch (SolrServerException | IOException | SolrException e) {
      throw explain(e);
    }
  }

  /**
   * Explains a failed request.
   *
   * @param failure exception of the client
   * @return an exception with a message of one line and the failure as its cause; to be thrown by
   *     the caller
   */
  public CommandException explain(Exception failure) {
    if (!(failure instanceof SolrException refusal)) {
      return new CommandException(
          String.valueOf(failure.getMessage()).contains("redirect")
              ? url() + " redirects to another address; set that one with --solr"
              : "no response from Solr at "
                  + url()
                  + " ("
                  + cause(failure)
                  + "); start Solr with scripts/solr.sh start, or set another URL with --solr",
          failure);
    }
    if (refusal.code() == ErrorCode.NOT_FOUND.code) {
      return new CommandException(
          url()
              + " has no collection '"
              + collection
              + "'; set another one with --collection, create it from solr-config/, or check the URL,"
              + " which usually ends in /solr",
          failure);
    }
    // Solr's own failures have an error code.
    boolean unreadable =
        String.valueOf(refusal.getMessage()).matches("(?s).*(Expected mime|Could not parse).*");
    if (unreadable || refusal.code() == OK) {
      return new CommandException(
          url()
              + " returned HTTP "
              + refusal.code()
              + " and no response of Solr; check the URL, which usually ends in /solr, and whether a"
              + " login is required",
          failure);
    }
    // HTTP 400 is about the user's input, so Solr's message is sufficient.
    String prefix =
        refusal.code() == ErrorCode.BAD_REQUEST.code
            ? ""
            : "Solr returned " + refusal.code() + ": ";
    return new CommandException(prefix + message(refusal), failure);
  }

  /** The first reason in a chain of causes, such as "Connection refused". */
  private static String cause(Throwable failure) {
    Throwable first = failure;
    while (first.getCause() != null) {
      first = first.getCause();
    }
    return first.getMessage() == null ? first.getClass().getSimpleName() : first.getMessage();
  }

  /** Solr's message without the text that the client and other nodes add. */
  public static String message(SolrException refusal) {
    return refusal
        .getMessage()
        .replaceAll("Error from server at \\S+: ", "")
        .replaceAll("\\s+", " ")
        .strip();
  }
}
