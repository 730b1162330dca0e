// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.fetch.download;

import java.net.http.HttpHeaders;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The properties of a file in the headers of the Hub's responses, including redirects.
 *
 * @param commit commit of the repository
 * @param sha256 hash of a large file
 * @param next URL of the next page of a list
 */
record Said(Optional<String> commit, Optional<String> sha256, Optional<String> next) {

  static final Said NOTHING = new Said(Optional.empty(), Optional.empty(), Optional.empty());

  private static final Pattern SHA256 = Pattern.compile("\"?([0-9a-f]{64})\"?");
  private static final Pattern NEXT = Pattern.compile("<([^>]+)>\\s*;\\s*rel=\"?next\"?");

  /** A copy with missing properties added from more headers. */
  Said and(HttpHeaders headers) {
    return new Said(
        commit.or(() -> headers.firstValue("X-Repo-Commit")),
        sha256.or(() -> headers.firstValue("X-Linked-Etag").flatMap(tag -> first(SHA256, tag))),
        next.or(() -> headers.firstValue("Link").flatMap(link -> first(NEXT, link))));
  }

  private static Optional<String> first(Pattern pattern, String text) {
    return pattern.matcher(text).results().findFirst().map((MatchResult match) -> match.group(1));
  }
}
