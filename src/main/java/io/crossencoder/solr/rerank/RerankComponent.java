// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.rerank;

import io.crossencoder.solr.options.ParameterValues;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.util.NamedList;
import org.apache.solr.common.util.SimpleOrderedMap;
import org.apache.solr.handler.component.ResponseBuilder;
import org.apache.solr.handler.component.SearchComponent;
import org.apache.solr.handler.component.ShardRequest;
import org.apache.solr.handler.component.ShardResponse;
import org.apache.solr.request.SolrQueryRequest;
import org.apache.solr.request.SolrRequestInfo;
import org.apache.solr.response.BasicResultContext;
import org.apache.solr.search.DocList;

/** Merges what the shards of a request did, and reranks once for {@code reRankScope=global}. */
public abstract class RerankComponent extends SearchComponent {

  /** In the context of a request whose shards' hits are merged. */
  private static final String MERGED = RerankComponent.class.getName() + ".merged";

  /** What Solr needs after the shards' rerank; before the coordinator's and after it. */
  private final List<MergeTime> shardScope = List.of(new MergeTime());

  private final List<MergeTime> globalScope = List.of(new MergeTime(), new MergeTime());

  /** For the class that solrconfig names. */
  protected RerankComponent() {}

  @Override
  public void prepare(ResponseBuilder builder) {
    // Leaves the request with the main query alone.
    if (builder.getRankQuery() instanceof GlobalScopeQuery query) {
      builder.setRankQuery(null);
      builder.req.getContext().put(GlobalScopeQuery.class, query);
    }
    CollapsingByLogit.tellApart(builder);
    if (!builder.isDistributed()) {
      return;
    }
    if (builder.getRankQuery() instanceof RerankQuery query) {
      ShardTies.breakThem(builder);
      PendingPage.begin(builder, query.context(), shardScope);
    }
    global(builder).ifPresent(query -> PendingPage.begin(builder, query.context(), globalScope));
  }

  @Override
  public void process(ResponseBuilder builder) throws IOException {
    global(builder).ifPresent(query -> ShardInputs.add(builder, query));
    if (builder.isNeedDocSet()) {
      RerankReporter.removed().ifPresent(removed -> countWithout(builder, removed));
    }
    if (builder.getRankQuery() instanceof RerankQuery query) {
      KnownLogits.add(builder, query.context());
    }
    TransformerCosts.count(builder);
    rerank(builder).ifPresent(rerank -> ModelOnNode.add(builder, rerank));
    ShardMessages.addScoringTime(builder);
  }

  /** Facets are of all hits, and Solr takes the number of the page from them. */
  private static void countWithout(ResponseBuilder builder, int removed) {
    DocList page = builder.getResults() == null ? null : builder.getResults().docList;
    int place = builder.rsp.getValues().indexOf("response", 0);
    if (page == null || place < 0) {
      return;
    }
    builder.getResults().docList =
        new StayingHits(page, builder.getSortSpec().getOffset(), page.matches() - removed);
    builder.rsp.getValues().setVal(place, new BasicResultContext(builder));
  }

  @Override
  public void modifyRequest(ResponseBuilder builder, SearchComponent who, ShardRequest request) {
    ShardMessages.tell(builder, request.params);
    if (asksForTopIds(request)) {
      global(builder).ifPresent(query -> new GlobalRerank(builder, query).widen(request));
      ShardTies.tell(builder, request);
      if (builder.getRankQuery() instanceof RerankQuery) {
        ShardMessages.tellStart(builder, request.params);
      }
      PendingPage.of(builder).ifPresent(PendingPage::start);
    } else {
      KnownLogits.tell(builder, request);
    }
  }

  @Override
  public void handleResponses(ResponseBuilder builder, ShardRequest request) {
    PendingPage.of(builder).ifPresent(page -> page.answered(request.responses));
    LatePage late = new LatePage(this, builder);
    if (asksForTopIds(request)) {
      new ModelElsewhere(this, builder).ask(request);
    }
    if (asksForTopIds(request) && builder.getRankQuery() instanceof RerankQuery) {
      late.ask(request);
    }
    late.take(request);
  }

  @Override
  public void finishStage(ResponseBuilder builder) {
    List<ShardRequest> searches =
        builder.finished == null
            ? List.of()
            : builder.finished.stream().filter(RerankComponent::asksForTopIds).toList();
    // The first stage that ends with hits. Its number is a field in Solr 9.9 and a method in 10.
    if (!searches.isEmpty() && builder.req.getContext().putIfAbsent(MERGED, true) == null) {
      List<ShardResponse> responses =
          searches.stream().flatMap(request -> request.responses.stream()).toList();
      rerank(builder)
          .ifPresent(rerank -> ModelOnNode.refuseWhatNobodyHas(builder, rerank, responses));
      global(builder)
          .ifPresent(
              query -> {
                new GlobalRerank(builder, query).rerank(responses);
                PendingPage.of(builder).ifPresent(PendingPage::start);
              });
      if (builder.getRankQuery() instanceof RerankQuery) {
        KnownLogits.keep(builder, responses);
        merge(builder, responses);
      }
      rerank(builder).ifPresent(rerank -> ModelOnNode.compare(builder, rerank, responses));
      TransformerCosts.merge(builder);
      PendingPage.of(builder).ifPresent(PendingPage::hold);
      return;
    }
    PendingPage.of(builder).ifPresent(PendingPage::show);
    TransformerCosts.merge(builder);
  }

  private static boolean asksForTopIds(ShardRequest request) {
    return (request.purpose & ShardRequest.PURPOSE_GET_TOP_IDS) != 0;
  }

  /** One section of those of the shards, if there is a shard that has one. */
  private static void merge(ResponseBuilder builder, List<ShardResponse> responses) {
    List<ResponseSection> sections =
        responses.stream().map(RerankComponent::section).flatMap(Optional::stream).toList();
    sections.stream()
        .reduce(ResponseSection::merge)
        .map(
            one -> one.over(Optional.empty(), responses.size(), responses.size() - sections.size()))
        .ifPresent(
            merged -> {
              NamedList<Object> section = new SimpleOrderedMap<>();
              merged.writeTo(section);
              builder.rsp.getValues().remove(ResponseSection.NAME);
              builder.rsp.add(ResponseSection.NAME, section);
              RerankReporter.log(merged, builder.rsp);
            });
  }

  static Optional<ResponseSection> section(ShardResponse response) {
    return ShardMessages.part(response, ResponseSection.NAME) instanceof NamedList<?> list
        ? Optional.of(ResponseSection.of(list))
        : Optional.empty();
  }

  /** The rank query of {@code reRankScope=global} that was taken out of this request. */
  static Optional<GlobalScopeQuery> global(ResponseBuilder builder) {
    return Optional.ofNullable(
        (GlobalScopeQuery) builder.req.getContext().get(GlobalScopeQuery.class));
  }

  /** What the rank query of this request asks for, whoever reranks. */
  static Optional<RerankContext> rerank(ResponseBuilder builder) {
    return builder == null
        ? Optional.empty()
        : builder.getRankQuery() instanceof RerankQuery query
            ? Optional.of(query.context())
            : global(builder).map(GlobalScopeQuery::context);
  }

  private static ResponseBuilder builder() {
    SolrRequestInfo info = SolrRequestInfo.getRequestInfo();
    return info == null ? null : info.getResponseBuilder();
  }

  /** Whether the request of this thread is answered by several shards. */
  static boolean coordinates() {
    return builder() != null && builder().isDistributed();
  }

  /**
   * Whether this request coordinates shards or is one of a shard's; else the core is the whole.
   *
   * @throws SolrException 400, if the handler could not rerank
   */
  static boolean hasPartIn(SolrQueryRequest request) {
    ResponseBuilder builder = builder();
    if (!coordinates() && !ShardMessages.isOfShard(request.getParams())) {
      return false;
    }
    if (!isIn(builder)) {
      throw ParameterValues.bad(
          RerankParameter.RE_RANK_SCOPE.key(),
          "global",
          "needs the search component: in solrconfig.xml, <searchComponent name=\"crossencoder\""
              + " class=\"io.crossencoder.solr.CrossEncoderComponent\"/>, and crossencoder in the"
              + " last-components of this handler");
    }
    return true;
  }

  /** Whether the handler has this component; none: not if there is no handler. */
  static boolean isIn(ResponseBuilder builder) {
    return builder != null
        && builder.components.stream().anyMatch(RerankComponent.class::isInstance);
  }

  @Override
  public String getDescription() {
    return "merges what shards say of their rerank; reranks the collection's best hits once";
  }
}
