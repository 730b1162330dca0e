// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.fusion;

import io.crossencoder.solr.options.ParameterValues;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryVisitor;
import org.apache.lucene.util.automaton.ByteRunAutomaton;
import org.apache.solr.common.params.ModifiableSolrParams;
import org.apache.solr.common.params.SolrParams;
import org.apache.solr.common.util.NamedList;
import org.apache.solr.request.SolrQueryRequest;
import org.apache.solr.search.QParser;
import org.apache.solr.search.QueryParsing;
import org.apache.solr.search.QueryUtils;
import org.apache.solr.search.RankQuery;
import org.apache.solr.search.SyntaxError;

/** Parses one {@code {!rrf ...}} to a {@link FusionQuery}. */
public final class FusionQParser extends QParser {

  /** Limit for fusions in fusions, because a parameter can refer to itself. */
  private static final int MAX_NESTED = 10;

  /** References to parameters, which JSON requests wrap in a text. */
  private static final Pattern NAMES = Pattern.compile("\\$[\\w.]+(\\s*,\\s*\\$[\\w.]+)*");

  private final FusionLimits limits;
  private List<QParser> lists = List.of();
  private int nested;

  FusionQParser(
      String body,
      SolrParams localParams,
      SolrParams params,
      SolrQueryRequest req,
      FusionLimits limits) {
    super(body, localParams, params, req);
    this.limits = limits;
  }

  @Override
  public Query parse() throws SyntaxError {
    SolrParams local = localParams == null ? new ModifiableSolrParams() : localParams;
    FusionParams asked = FusionParams.parse(names(), local, limits);
    if (qstr != null && !qstr.isBlank()) {
      throw FusionParams.bad(QueryParsing.V, qstr, "not supported; use the parameter queries");
    }
    List<QParser> parsers = new ArrayList<>();
    List<RankedList> ranked = new ArrayList<>();
    for (String name : asked.names()) {
      QParser parser = parser(name);
      parsers.add(parser);
      ranked.add(new RankedList(name, query(name, parser), asked.weights().get(ranked.size())));
    }
    lists = parsers;
    return new FusionQuery(ranked, filters(), asked.depth(), asked.method());
  }

  /**
   * The texts of its queries, not parsed; parameters that do not exist are skipped.
   *
   * @throws SyntaxError if its local parameters cannot be parsed
   */
  public List<String> listQueries() throws SyntaxError {
    return names().stream().map(params::get).filter(Objects::nonNull).toList();
  }

  /**
   * The parameter names in {@code queries}. They are parsed here without substitution, because Solr
   * would interpret {@code queries=$lex,$vec} as a reference to one parameter {@code lex,$vec}.
   */
  private List<String> names() throws SyntaxError {
    if (localParams == null || stringIncludingLocalParams == null) {
      return List.of();
    }
    ModifiableSolrParams raw = new ModifiableSolrParams();
    QueryParsing.parseLocalParams(stringIncludingLocalParams, 0, raw, null);
    String[] given = raw.getParams(FusionParameter.QUERIES.key());
    return given == null ? List.of() : Arrays.stream(given).flatMap(this::names).toList();
  }

  private Stream<String> names(String text) {
    return ParameterValues.names(text).stream()
        .map(word -> word.startsWith("$") ? word.substring(1) : word)
        .flatMap(
            name -> {
              String value = params.get(name);
              return value != null && NAMES.matcher(value.trim()).matches()
                  ? Arrays.stream(value.trim().split("\\s*,\\s*")).map(each -> each.substring(1))
                  : Stream.of(name);
            });
  }

  private QParser parser(String name) throws SyntaxError {
    String text = params.get(name);
    if (text == null) {
      throw FusionParams.bad(
          FusionParameter.QUERIES.key(), name, "the request has no parameter " + name);
    }
    if (!filtersApply()) {
      return subQuery(text, null);
    }
    // Not subQuery(): inside another query, {!knn} ignores the filters of the request.
    QParser parser = QParser.getParser(text, req);
    if (parser instanceof FusionQParser fusion) {
      fusion.nested = nested + 1;
      if (fusion.nested > MAX_NESTED) {
        throw FusionParams.bad(FusionParameter.QUERIES.key(), name, "at most 10 nested fusions");
      }
    }
    return parser;
  }

  private static Query query(String name, QParser parser) throws SyntaxError {
    Query query = parser.getQuery();
    if (query instanceof RankQuery) {
      throw FusionParams.bad(
          FusionParameter.QUERIES.key(),
          name,
          "must not be a rank query; rerank the fused list with rq");
    }
    // Parsers return null for an empty text.
    return query == null ? new MatchNoDocsQuery() : query;
  }

  /** Like {@code {!knn}}: filters restrict the main query, not a filter or a part of a query. */
  private boolean filtersApply() {
    return !isFilter() && recurseCount == 0;
  }

  private ListFilters filters() throws SyntaxError {
    return filtersApply() ? new ListFilters(QueryUtils.parseFilterQueries(req)) : ListFilters.NONE;
  }

  @Override
  public Query getHighlightQuery() throws SyntaxError {
    getQuery();
    BooleanQuery.Builder any = new BooleanQuery.Builder();
    for (QParser list : lists) {
      Query highlighted = list.getHighlightQuery();
      // Solr's original highlighter would run a vector query on a document without vectors.
      if (highlighted != null && hasWords(highlighted)) {
        any.add(highlighted, Occur.SHOULD);
      }
    }
    return any.build();
  }

  private static boolean hasWords(Query query) {
    AtomicBoolean found = new AtomicBoolean();
    query.visit(
        new QueryVisitor() {
          @Override
          public void consumeTerms(Query part, Term... terms) {
            found.set(true);
          }

          @Override
          public void consumeTermsMatching(
              Query part, String field, Supplier<ByteRunAutomaton> automaton) {
            found.set(true);
          }
        });
    return found.get();
  }

  @Override
  public String[] getDefaultHighlightFields() {
    Set<String> fields = new LinkedHashSet<>();
    lists.forEach(list -> fields.addAll(List.of(list.getDefaultHighlightFields())));
    return fields.toArray(String[]::new);
  }

  @Override
  public void addDebugInfo(NamedList<Object> debugInfo) {
    super.addDebugInfo(debugInfo);
    for (QParser list : lists) {
      NamedList<Object> ofList = new NamedList<>();
      list.addDebugInfo(ofList);
      debugInfo.add("list", ofList);
    }
  }
}
