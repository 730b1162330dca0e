// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.cloud;

import io.crossencoder.solr.logits.CollapsingByLogit;
import io.crossencoder.solr.logits.KnownLogits;
import io.crossencoder.solr.logits.TransformerCosts;
import io.crossencoder.solr.parameters.AbsentModel;
import io.crossencoder.solr.report.RerankReporter;
import io.crossencoder.solr.report.ResponseSection;
import io.crossencoder.solr.request.MergeClock;
import io.crossencoder.solr.request.MergeTime;
import io.crossencoder.solr.request.NeededComponent;
import io.crossencoder.solr.request.ShardMessages;
import io.crossencoder.solr.rerank.GlobalScopeQuery;
import io.crossencoder.solr.rerank.RerankQuery;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.solr.common.util.NamedList;
import org.apache.solr.handler.component.ResponseBuilder;
import org.apache.solr.handler.component.SearchComponent;
import org.apache.solr.handler.component.ShardRequest;
import org.apache.solr.handler.component.ShardResponse;
import org.apache.solr.response.BasicResultContext;
import org.apache.solr.search.DocList;

/** Merges the sections of the shards, and reranks once for {@code reRankScope=global}. */
public abstract class RerankComponent extends NeededComponent {

  /** Key in the context of a request whose hits were merged. */
  private static final String MERGED = RerankComponent.class.getName() + ".merged";

  /**
   * Solr's time after the reranking of the shards; before and after the reranking of the
   * coordinator.
   */
  private final List<MergeTime> shardScope = List.of(new MergeTime());

  private final List<MergeTime> globalScope = List.of(new MergeTime(), new MergeTime());

  /** Called by the class that {@code solrconfig.xml} declares. */
  protected RerankComponent() {}

  @Override
  public void prepare(ResponseBuilder builder) {
    GlobalScopeQuery.takeOut(builder);
    CollapsingByLogit.tellApart(builder);
    ShardTies.breakThem(builder);
    if (!builder.isDistributed()) {
      needModel(builder);
      return;
    }
    if (builder.getRankQuery() instanceof RerankQuery query) {
      PendingPage.begin(builder, query.context(), shardScope);
    }
    GlobalScopeQuery.of(builder)
        .ifPresent(query -> PendingPage.begin(builder, query.context(), globalScope));
  }

  /** If no request to a shard follows, finds out whether another node has the model. */
  private void needModel(ResponseBuilder builder) {
    if (!ShardMessages.isOfShard(builder.req.getParams())) {
      RerankQuery.asked(builder)
          .map(rerank -> rerank.params().model())
          .filter(AbsentModel.class::isInstance)
          .ifPresent(model -> new ModelElsewhere(this, builder).need((AbsentModel) model));
    }
  }

  @Override
  public void process(ResponseBuilder builder) throws IOException {
    GlobalScopeQuery.of(builder).ifPresent(query -> ShardInputs.add(builder, query));
    if (builder.isNeedDocSet()) {
      RerankReporter.removed().ifPresent(removed -> countWithout(builder, removed));
    }
    if (builder.getRankQuery() instanceof RerankQuery query) {
      KnownLogits.add(builder, query.context());
    }
    TransformerCosts.count(builder);
    RerankQuery.asked(builder).ifPresent(rerank -> ModelOnNode.add(builder, rerank));
    ShardMessages.addScoringTime(builder);
  }

  /** Facets require the set of all hits, and Solr takes the number of hits from this set. */
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
      GlobalScopeQuery.of(builder)
          .ifPresent(query -> new GlobalRerank(builder, query).widen(request));
      ShardTies.tell(builder, request);
      if (builder.getRankQuery() instanceof RerankQuery) {
        ShardMessages.tellStart(builder, request.params);
      }
      MergeClock.of(builder).ifPresent(MergeClock::next);
    } else {
      KnownLogits.tell(builder, request);
    }
  }

  @Override
  public void handleResponses(ResponseBuilder builder, ShardRequest request) {
    double scoring =
        request.responses.stream().mapToDouble(RerankComponent::scoringTime).max().orElse(0);
    MergeClock.of(builder).ifPresent(clock -> clock.scored(scoring));
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
    // The first stage with hits. Its number is a field in Solr 9.9 and a method in Solr 10.
    if (!searches.isEmpty() && builder.req.getContext().putIfAbsent(MERGED, true) == null) {
      List<ShardResponse> responses =
          searches.stream().flatMap(request -> request.responses.stream()).toList();
      RerankQuery.asked(builder)
          .ifPresent(rerank -> ModelOnNode.refuseWhatNobodyHas(builder, rerank, responses));
      GlobalScopeQuery.of(builder)
          .ifPresent(
              query -> {
                new GlobalRerank(builder, query).rerank(responses);
                MergeClock.of(builder).ifPresent(MergeClock::next);
              });
      if (builder.getRankQuery() instanceof RerankQuery) {
        KnownLogits.keep(builder, responses);
        merge(builder, responses);
      }
      RerankQuery.asked(builder)
          .ifPresent(rerank -> ModelOnNode.compare(builder, rerank, responses));
      TransformerCosts.merge(builder);
      PendingPage.of(builder).ifPresent(PendingPage::hold);
      return;
    }
    PendingPage.of(builder).ifPresent(PendingPage::show);
    TransformerCosts.merge(builder);
  }

  /** In milliseconds; for a shard that reached its time limit, the duration of its reranking. */
  private static double scoringTime(ShardResponse response) {
    return ShardMessages.scoringTime(response)
        .or(() -> section(response).map(ResponseSection::elapsedMs))
        .orElse(0.0);
  }

  private static boolean asksForTopIds(ShardRequest request) {
    return (request.purpose & ShardRequest.PURPOSE_GET_TOP_IDS) != 0;
  }

  /** Merges the sections of the shards, if there are any. */
  private static void merge(ResponseBuilder builder, List<ShardResponse> responses) {
    List<ResponseSection> sections =
        responses.stream().map(RerankComponent::section).flatMap(Optional::stream).toList();
    sections.stream()
        .reduce(ResponseSection::merge)
        .map(
            one -> one.over(Optional.empty(), responses.size(), responses.size() - sections.size()))
        .ifPresent(merged -> merged.putInto(builder.rsp));
  }

  static Optional<ResponseSection> section(ShardResponse response) {
    return ShardMessages.part(response, ResponseSection.NAME) instanceof NamedList<?> list
        ? Optional.of(ResponseSection.of(list))
        : Optional.empty();
  }

  @Override
  public String getDescription() {
    return "Merges the reranking sections of shards; reranks the top documents of the collection";
  }
}
