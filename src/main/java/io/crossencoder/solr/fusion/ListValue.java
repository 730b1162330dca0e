// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.fusion;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.DoubleValues;
import org.apache.lucene.search.DoubleValuesSource;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.solr.common.SolrException;
import org.apache.solr.handler.component.ResponseBuilder;
import org.apache.solr.request.SolrRequestInfo;

/**
 * The rank or score of a document in one list of the request's fusion: {@code rank1}, {@code
 * rank2}, … or {@code score1}, {@code score2}, … in the order of {@code queries}.
 *
 * <p>A document that is not in the list has rank {@code depth + 1} and score 0. The fusion is the
 * main query of the request, or the first fusion in it. Two objects are equal if their names are.
 * Thread-safe.
 */
public final class ListValue extends HitValues {

  private static final Pattern NAME = Pattern.compile("(rank|score)([1-9]\\d?)");

  private final String name;
  private final boolean rank;
  private final int list;

  private ListValue(String name, boolean rank, int list) {
    this.name = name;
    this.rank = rank;
    this.list = list;
  }

  /**
   * The values with this name.
   *
   * @param name such as {@code rank1} or {@code score2}
   * @return empty for other names
   */
  public static Optional<DoubleValuesSource> named(String name) {
    Matcher matcher = NAME.matcher(name);
    return matcher.matches()
        ? Optional.of(
            new ListValue(
                name, matcher.group(1).equals("rank"), Integer.parseInt(matcher.group(2)) - 1))
        : Optional.empty();
  }

  /**
   * {@inheritDoc}
   *
   * @throws SolrException 400 if the main query has no fusion, or one with fewer lists
   */
  @Override
  public DoubleValuesSource rewrite(IndexSearcher searcher) {
    FusionQuery fusion =
        mainQuery()
            .flatMap(FusionQuery::in)
            .orElseThrow(() -> FusionParams.bad(name, "", "the main query has no {!rrf}"));
    if (list >= fusion.lists().size()) {
      throw FusionParams.bad(name, "", "the main query fuses " + fusion.lists().size() + " lists");
    }
    try {
      return new OfHits(fusion.hits(searcher), fusion.depth() + 1f);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<Query> mainQuery() {
    return Optional.ofNullable(SolrRequestInfo.getRequestInfo())
        .map(SolrRequestInfo::getResponseBuilder)
        .map(ResponseBuilder::getQuery);
  }

  @Override
  public DoubleValues getValues(LeafReaderContext leaf, DoubleValues scores) {
    throw new IllegalStateException(name + " must be rewritten before it has values");
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ListValue that && name.equals(that.name);
  }

  @Override
  public int hashCode() {
    return name.hashCode();
  }

  @Override
  public String toString() {
    return name;
  }

  /** The values in one index. */
  private final class OfHits extends HitValues {

    private final FusedHits hits;
    private final float worstRank;

    OfHits(FusedHits hits, float worstRank) {
      this.hits = hits;
      this.worstRank = worstRank;
    }

    @Override
    public DoubleValues getValues(LeafReaderContext leaf, DoubleValues scores) {
      return values(doc -> Optional.of(value(hits.hit(leaf.docBase + doc))));
    }

    private float value(Optional<FusedHits.Hit> hit) {
      if (rank) {
        return hit.map(each -> each.rank(list))
            .filter(each -> each > 0)
            .map(Integer::floatValue)
            .orElse(worstRank);
      }
      return hit.map(each -> each.score(list)).orElse(0f);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof OfHits that && hits == that.hits && name.equals(that.name());
    }

    private String name() {
      return name;
    }

    @Override
    public int hashCode() {
      return Objects.hash(name, System.identityHashCode(hits));
    }

    @Override
    public String toString() {
      return name;
    }
  }
}
