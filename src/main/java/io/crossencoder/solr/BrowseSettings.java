// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr;

import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.SolrException.ErrorCode;
import org.apache.solr.common.util.NamedList;
import org.apache.solr.core.SolrCore;
import org.apache.solr.request.SolrQueryRequest;
import org.apache.solr.schema.IndexSchema;
import org.apache.solr.schema.SchemaField;

/**
 * What solrconfig says of the browse page. Lists of fields are as of the parser: {@code a,b}.
 *
 * @param select the handler that the page searches with; {@code /select}
 * @param parser the name of the rerank's queryParser; {@code crossencoder}
 * @param transformer the name under which solrconfig has {@link CrossEncoderTransformerFactory}
 * @param title the field that names a hit; by default the first of the passage's, or the unique key
 *     where the passage has only one
 * @param text the fields that are shown below it; by default the rest of the passage's
 * @param facts the fields that are shown small beside it; none by default
 * @param judgments a file of the configset with grades
 * @param examples queries to begin with
 * @param rerank the parser that the page is about
 */
record BrowseSettings(
    String select,
    String parser,
    String transformer,
    String title,
    List<String> text,
    List<String> facts,
    Optional<String> judgments,
    List<String> examples,
    CrossEncoderQParserPlugin rerank) {

  private static final String SELECT = "select";
  private static final String PARSER = "parser";
  private static final String TRANSFORMER = "transformer";
  private static final String TITLE = "title";
  private static final String TEXT = "text";
  private static final String FACTS = "facts";
  private static final String JUDGMENTS = "judgments";
  private static final String EXAMPLES = "examples";
  private static final List<String> OWN =
      List.of(SELECT, PARSER, TRANSFORMER, TITLE, TEXT, FACTS, JUDGMENTS, EXAMPLES);

  /** What every handler of Solr understands. */
  private static final List<String> SOLR =
      List.of(
          "defaults",
          "appends",
          "invariants",
          "httpCaching",
          "aggregateNodeLevelMetricsEnabled",
          "name",
          "class",
          "startup",
          "useParams",
          "initParams");

  /** A misspelt setting stops the core, rather than being without effect. */
  static void requireKnown(NamedList<?> args) {
    for (Map.Entry<String, ?> arg : args) {
      if (!OWN.contains(arg.getKey()) && !SOLR.contains(arg.getKey())) {
        throw unusable(arg.getKey(), "is not known; known are " + new TreeSet<>(OWN));
      }
    }
  }

  /**
   * Reads and checks them.
   *
   * @throws SolrException 500, which stops the core: the setting and what is wrong with it
   */
  static BrowseSettings parse(NamedList<?> args, SolrCore core) {
    String parser = text(args, PARSER).orElse(LogitRequest.PARSER);
    if (!(core.getQueryPlugin(parser) instanceof CrossEncoderQParserPlugin rerank)) {
      throw unusable(PARSER, parser + " is no queryParser of class CrossEncoderQParserPlugin");
    }
    String select = text(args, SELECT).orElse("/select");
    if (core.getRequestHandler(select) == null) {
      throw unusable(SELECT, select + " is no requestHandler");
    }
    List<String> passage =
        rerank.defaults().get(RerankParameter.FIELDS.key) == null
            ? List.of()
            : list(rerank.defaults().get(RerankParameter.FIELDS.key));
    boolean hasTitle = passage.size() > 1;
    IndexSchema schema = core.getLatestSchema();
    String key = schema.getUniqueKeyField().getName();
    return new BrowseSettings(
        select,
        parser,
        text(args, TRANSFORMER).orElse(LogitRequest.PARSER),
        field(TITLE, text(args, TITLE).orElse(hasTitle ? passage.get(0) : key), schema),
        text(args, TEXT)
            .map(names -> fields(TEXT, list(names), schema))
            .orElse(hasTitle ? passage.subList(1, passage.size()) : passage),
        fields(FACTS, text(args, FACTS).map(BrowseSettings::list).orElse(List.of()), schema),
        text(args, JUDGMENTS),
        args.get(EXAMPLES) instanceof Collection<?> examples
            ? examples.stream().map(Object::toString).toList()
            : List.of(),
        rerank);
  }

  private static Optional<String> text(NamedList<?> args, String name) {
    return Optional.ofNullable(args.get(name)).map(value -> value.toString().trim());
  }

  private static List<String> list(String names) {
    return Arrays.stream(names.trim().split("[,\\s]+")).filter(name -> !name.isEmpty()).toList();
  }

  private static List<String> fields(String setting, List<String> names, IndexSchema schema) {
    return names.stream().map(name -> field(setting, name, schema)).toList();
  }

  private static String field(String setting, String name, IndexSchema schema) {
    SchemaField field = schema.getFieldOrNull(name);
    if (field == null || !(field.stored() || field.useDocValuesAsStored())) {
      throw unusable(setting, name + " is no field of the schema that can be shown");
    }
    return name;
  }

  /** What the page has to know of this core, in the order in which it is written. */
  Map<String, Object> describe(String path, SolrQueryRequest req) {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("core", name(req.getCore()));
    config.put("path", path);
    config.put(SELECT, select);
    config.put(PARSER, parser);
    config.put(TRANSFORMER, transformer);
    config.put("uniqueKey", req.getSchema().getUniqueKeyField().getName());
    config.put(TITLE, title);
    config.put(TEXT, text);
    config.put(FACTS, facts);
    config.put(EXAMPLES, examples);
    config.put("judged", judgments.isPresent());
    config.put("models", rerank.models());
    config.put("maxReRankDocs", rerank.maxReRankDocs());
    Map<String, String> defaults = new LinkedHashMap<>();
    defaults.put(RerankParameter.RE_RANK_DOCS.key, "" + RerankParams.RE_RANK_DOCS_DEFAULT);
    rerank.defaults().iterator().forEachRemaining(e -> defaults.put(e.getKey(), e.getValue()[0]));
    config.put("defaults", defaults);
    return config;
  }

  /** In SolrCloud people know the collection, not the core. */
  private static String name(SolrCore core) {
    String collection = core.getCoreDescriptor().getCollectionName();
    return collection == null ? core.getName() : collection;
  }

  private static SolrException unusable(String name, String reason) {
    return new SolrException(
        ErrorCode.SERVER_ERROR, "solrconfig, the browse handler: " + name + ": " + reason);
  }
}
