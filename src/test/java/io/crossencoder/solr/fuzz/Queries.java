// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.fuzz;

import java.util.ArrayList;
import java.util.List;

/** Values of {@code q} for all kinds of parsers. */
final class Queries {

  private static final List<String> FORMS =
      List.of(
          "defType=edismax&q=vietnam war&mm=1&bf=log(sum(vote_count,1))",
          "defType=edismax&q=vietnam war&bq=genres:War^5&boost=sum(popularity,1)&pf2=overview&ps=2",
          "defType=edismax&q=title:war&uf=title -overview",
          "!defType=edismax&qf=nosuchfield&q=war",
          "defType=edismax&q.alt=genres:War",
          "defType=dismax&q=vietnam war&qf=title overview&mm=1",
          "defType=simple&q=war | prison -love&qf=overview",
          "defType=lucene&q=overview:war",
          "defType=lucene&q=war AND (love OR genres:War) -title:peace",
          "defType=lucene&q=+popularity:[10 TO *] overview:\"the war\"~4 title:/w.*r/ overview:wa*",
          "defType=lucene&q=*:*",
          "!defType=lucene&q=nosuchfield:war",
          "!defType=lucene&q=overview:nosuchwordatall",
          "defType=lucene&q=vote_count:[5000 TO *]",
          "!defType=lucene&q={!lucene sort='popularity desc'}war",
          "defType=lucene&q=_query_:\"{!edismax qf=title}war\" love",
          "defType=lucene&q=+{!edismax qf='title overview' v=$qq} +genres:War&qq=vietnam war",
          "defType=lucene&q={!edismax qf=$f v=$qq}&f=title overview&qq=vietnam war",
          "defType=lucene&q={!complexphrase df=overview}\"vietnam wa*\"",
          "defType=lucene&q={!maxscore tie=0.1}overview:war title:love",
          "defType=lucene&q={!field f=title}the war",
          "defType=lucene&q={!term f=genres}War",
          "defType=lucene&q={!terms f=id}11,13,238,nosuch",
          "defType=lucene&q={!prefix f=original_language}e",
          "defType=lucene&q={!raw f=genres}War",
          "defType=lucene&q={!func}popularity",
          "defType=lucene&q={!boost b=popularity}overview:war",
          "defType=lucene&q={!boost b=popularity v=$qq}&qq={!edismax qf=overview}war love",
          "defType=lucene&q={!bool should=$a should=$b must_not='title:peace'}"
              + "&a={!edismax qf='title overview' v='vietnam'}"
              + "&b={!knn f=vector_of_four topK=20}[0.9, 0.1, 0.5, 0.3]",
          "defType=lucene&q={!knn f=vector_of_four topK=20}[0.9, 0.1, 0.5, 0.3]",
          "!defType=lucene&q={!knn f=vector_of_four topK=20}[0.9, 0.1]",
          "defType=lucene&q={!knn_words f=vector topK=30 v=$qq}&qq=vietnam war",
          "defType=lucene&q={!rrf queries=$a,$b depth=40}&a={!edismax v=$qq}"
              + "&b={!knn_words f=vector topK=40 v=$qq}&qq=vietnam war",
          "defType=lucene&q={!rrf queries=$a,$b algorithm=linear weights=2,1}&a={!edismax}war"
              + "&b={!func}popularity",
          "defType=lucene&q={!rrf queries=$a depth=2}&a=overview:war",
          "!defType=lucene&q={!rrf queries=$nothing}",
          "defType=lucene&q={!mlt qf=overview mintf=1 mindf=1}11",
          "defType=lucene&q={!parent which='kind:film' score=max}tagline:zyzzyva",
          "defType=lucene&q={!join from=id to=id}overview:war",
          "defType=lucene&q={!filters param=$f}overview:war&f=genres:War",
          "defType=lucene&q={!frange l=10}popularity",
          "defType=lucene&q={!switch case=overview:war default=title:war}",
          "defType=lucene&q={!func}crossencoder('vietnam war','as=probability')&fq=genres:War",
          "defType=func&q=popularity",
          "!defType=nosuchparser&q=war",
          "!defType=crossencoder&q=war",
          "json={\"query\":\"war\",\"filter\":\"genres:War\"}",
          "json={\"query\":{\"boost\":{\"b\":\"popularity\",\"query\":{\"edismax\":{\"qf\":\"overview\","
              + "\"query\":\"war\"}}}}}",
          "json={\"queries\":{\"a\":{\"edismax\":{\"qf\":\"title\",\"query\":\"war\"}},"
              + "\"b\":\"overview:love\"},\"query\":{\"bool\":{\"should\":[\"{!v=$a}\",\"{!v=$b}\"]}}}",
          "json={\"query\":{\"rrf\":{\"depth\":20,\"queries\":[{\"edismax\":{\"query\":\"war\"}},"
              + "{\"func\":{\"query\":\"popularity\"}}]}}}",
          "!json={\"query\":{\"nosuch\":{}}}",
          "!json={\"query\":",
          "!");

  private static final List<String> PARSERS =
      List.of("edismax", "edismax", "edismax", "dismax", "simple", "lucene", "complexphrase");

  private Queries() {}

  static List<Part> any(Dice dice) {
    if (dice.oneIn(2)) {
      return Part.all(dice.lineOf(FORMS));
    }
    List<Part> parts = new ArrayList<>();
    parts.add(Part.of("q", dice.oneIn(2) ? Texts.plain(dice) : Texts.odd(dice)));
    if (dice.oneIn(2)) {
      parts.add(Part.of("defType", dice.of(PARSERS)));
    }
    if (dice.oneIn(4)) {
      parts.addAll(
          Part.all(
              dice.of(List.of("mm=1", "q.op=AND", "q.op=OR", "mm=100%", "sow=true", "tie=1"))));
    }
    return parts;
  }
}
