// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.fuzz;

import java.util.List;

/** Other features of Solr in a request. */
final class SolrFeatures {

  /** At most one of each list, because they set the same feature. */
  private static final List<List<String>> ALL =
      List.of(
          List.of(
              "sort=score desc",
              "sort=score  DESC ,popularity asc",
              "sort=score desc,id asc",
              "sort=score desc,crossencoder('vietnam war') desc&fq=genres:War",
              "!sort=score asc",
              "!sort=id asc",
              "!sort=nosuchfield asc",
              "!sort=sum(popularity,1) desc",
              "sort=",
              "!group=true&group.field=original_language",
              "!group=true&group.query=genres:War&group.main=true",
              "!group=maybe",
              "group=false",
              "!cursorMark=*&sort=score desc,id asc",
              "!cursorMark=*",
              "!cursorMark="),
          List.of(
              "facet=true&facet.field=genres&facet.query=popularity:[10 TO *]",
              "facet=true&facet.field={!ex=t}original_language&fq={!tag=t}original_language:en",
              "facet=true&facet.range=vote_count&facet.range.start=0&facet.range.end=9000"
                  + "&facet.range.gap=1000",
              "facet=true&facet.pivot=original_language,genres",
              "facet=true&facet.query={!frange l=0}crossencoder('vietnam war')",
              "!facet=true&facet.query={!crossencoder}",
              "!facet=true&facet.field=nosuchfield"),
          List.of(
              "json.facet={l:{type:terms,field:original_language,facet:{v:'avg(vote_count)'}}}",
              "json.facet={p:{type:query,q:'popularity:[10 TO *]'},m:'max(vote_count)'}",
              "json.facet={r:{type:terms,field:genres,sort:'r desc',facet:{r:'relatedness($fg,$bg)'}}}"
                  + "&fg=overview:war&bg=*:*",
              "json.facet={w:{type:terms,field:original_language,sort:'ce desc',facet:{ce:'avg("
                  + "crossencoder(\"vietnam war\"))'}}}",
              "json.facet={t:{type:terms,field:genres,domain:{query:'overview:war'}}}",
              "!json.facet={"),
          List.of(
              "boost=crossencoder('war','as=probability')",
              "bf=crossencoder('war')",
              "bq={!func}crossencoder('war','as=probability')",
              "!bf=crossencoder('war','model=nosuch')",
              "!bq={!crossencoder}"),
          List.of(
              "stats=true&stats.field=popularity",
              "stats=true&stats.field={!max=true}vote_count",
              "stats=true&stats.field={!func}crossencoder('vietnam war')"),
          List.of(
              "fq=genres:War",
              "fq={!cache=false}genres:War",
              "fq={!cache=false cost=5}popularity:[1 TO *]",
              "fq={!frange l=10 cache=false cost=200}popularity",
              "fq={!frange l=0 cost=200}crossencoder('vietnam war')",
              "!fq=id:nosuch",
              "fq=-genres:War",
              "!fq={!crossencoder}",
              "fq={!rrf queries=$ra,$rb}&ra=overview:war&rb=title:love",
              "!fq=(((",
              "fq="),
          List.of(
              "fq={!collapse field=original_language}",
              "fq={!collapse field=original_language nullPolicy=expand}&expand=true&expand.rows=3",
              "fq={!collapse field=original_language max=popularity}&expand=true",
              "fq={!collapse field=original_language sort='popularity desc'}&expand=true"
                  + "&expand.sort=popularity desc",
              "fq={!collapse field=original_language hint=top_fc}",
              "fq={!collapse field=original_language}&expand=true&expand.sort=crossencoder('war') desc",
              "fq={!collapse field=vote_count nullPolicy=collapse}",
              "!fq={!collapse field=original_language min=crossencoder('war')}",
              "expand=true&expand.field=original_language&expand.rows=2",
              "!expand=true"),
          List.of(
              "spellcheck=true&spellcheck.q=vietnm prisn&spellcheck.collate=true"
                  + "&spellcheck.maxCollationTries=5&spellcheck.collateExtendedResults=true",
              "spellcheck=true&spellcheck.q=wor&spellcheck.collate=true&spellcheck.maxCollationTries=5"
                  + "&spellcheck.maxCollations=3&spellcheck.collateMaxCollectDocs=3",
              "spellcheck=true&spellcheck.collateParam.rq={!crossencoder reRankDocs=3}"
                  + "&spellcheck.q=prisn&spellcheck.collate=true&spellcheck.maxCollationTries=2",
              // Solr itself counts wrongly if several threads are combined with one of the others.
              "multiThreaded=true",
              "minExactCount=1",
              "minExactCount=10"),
          List.of(
              "mlt=true&mlt.fl=overview&mlt.mintf=1&mlt.mindf=1&mlt.count=2",
              "mlt=true&mlt.fl=title,overview&mlt.count=0&mlt.interestingTerms=details"),
          List.of(
              "hl=true&hl.fl=overview",
              "hl=true&hl.fl=title,overview&hl.method=original&hl.snippets=2",
              "hl=true&hl.fl=*&hl.q=love&hl.method=unified",
              "!hl=true&hl.fl=overview&hl.method=fastVector"),
          List.of(
              "elevateIds=11,238",
              "elevateIds=238,nosuch,11&forceElevation=true",
              "elevateIds=13&exclusive=true",
              "excludeIds=11,13",
              "enableElevation=false",
              "elevateIds=13,11&useConfiguredElevatedOrder=false",
              "elevateIds=11&elevateOnlyDocsMatchingQuery=true"),
          List.of(
              "debug=true",
              "debug=results",
              "debug=query&debug=timing",
              "debugQuery=true&debug.explain.structured=true",
              "debug=results&explainOther=id:11",
              "debug=track"),
          List.of("timeAllowed=100000", "timeAllowed=-1", "!timeAllowed=0", "!timeAllowed=1"),
          List.of("cpuAllowed=100000", "partialResults=false"),
          List.of("segmentTerminateEarly=true", "canCancel=true&queryUUID=fuzz", "distrib=false"),
          List.of(
              "omitHeader=true",
              "echoParams=all",
              "wt=xml",
              "wt=csv",
              "!wt=nosuch",
              "TZ=America/New_York&NOW=1700000000000",
              "!q.op=XOR"));

  static final List<String> FIELDS =
      List.of(
          "id,score",
          "id,score",
          "*,score",
          "*",
          "id",
          "id,ti*,overview",
          "id,score,original:originalScore()",
          "id,score,[docid],[shard]",
          "id,score,[elevated],[explain style=nl]",
          "id,score,votes:sum(vote_count,1),bm25:query($q)",
          "id,score,five:[value v=5 t=int]",
          "id,score,one:[subquery]&one.q={!terms f=id v=$row.id}&one.rq={!crossencoder query=war}",
          "id,score,words:crossencoder('vietnam war')",
          "id,score,words:crossencoder('vietnam war','as=probability','fields=title')",
          "!id,score,words:crossencoder()",
          "!id,score,words:crossencoder($nothing)",
          "id,score,words:[crossencoder query='vietnam war' passage=maxp window=true]",
          "!id,score,rank:fusion(rank1)",
          "!id,nosuchfield,score",
          "!id,score,[nosuch]",
          "!id,score,x:nosuch()");

  static final List<String> ROWS =
      List.of("0", "1", "2", "5", "20", "50", "60", "1000", "!2147483647", "!-1", "!abc", "!");

  static final List<String> STARTS =
      List.of("0", "1", "3", "10", "49", "50", "51", "268", "1000", "100000", "!-1", "!x");

  private SolrFeatures() {}

  /** Some features. */
  static List<Part> some(Dice dice) {
    return dice.some(dice.below(5), ALL).stream()
        .flatMap(lines -> Part.all(dice.lineOf(lines)).stream())
        .toList();
  }
}
