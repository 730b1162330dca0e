// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.browse;

import io.crossencoder.solr.logits.LogitTransformerFactory;
import io.crossencoder.solr.options.Option;
import io.crossencoder.solr.options.ParameterValues;
import io.crossencoder.solr.options.Values;
import io.crossencoder.solr.parameters.RerankParameter;
import io.crossencoder.solr.rerank.RerankParserPlugin;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.SolrException.ErrorCode;
import org.apache.solr.common.util.NamedList;
import org.apache.solr.core.SolrCore;
import org.apache.solr.request.SolrQueryRequest;
import org.apache.solr.schema.IndexSchema;
import org.apache.solr.schema.SchemaField;

/**
 * The options of the browse page in {@code solrconfig.xml}. Lists of fields have the format of the
 * parser's: {@code a,b}.
 *
 * @param select request handler of the page's searches; {@code /select}
 * @param parser name of the reranking parser; {@code crossencoder}
 * @param transformer name of the {@link LogitTransformerFactory}
 * @param title field for the title of a document; default: the first field of the passage, or the
 *     unique key if the passage has only one field
 * @param text fields below the title; default: the other fields of the passage
 * @param facts fields in small type; none by default
 * @param judgments file in the configset with grades
 * @param firstPasses search parameters by the name of a first pass
 * @param examples example queries
 * @param rerank the reranking parser
 */
record BrowseSettings(
    String select,
    String parser,
    String transformer,
    String title,
    List<String> text,
    List<String> facts,
    Optional<String> judgments,
    Map<String, Map<String, String>> firstPasses,
    List<String> examples,
    RerankParserPlugin rerank) {

  private static final Option<String> SELECT =
      Option.open(
          "select",
          Values.text("request handler"),
          "`/select`",
          "Request handler that the page sends searches to. Its defaults (`qf`, `defType` …) apply.");

  private static final Option<String> PARSER =
      Option.open(
          "parser",
          Values.text("`queryParser`"),
          "`" + RerankParameter.PARSER_NAME + "`",
          "Name of the query parser.");

  private static final Option<String> TRANSFORMER =
      Option.open(
          "transformer",
          Values.text("`transformer`"),
          "`" + RerankParameter.PARSER_NAME + "`",
          "Name of the document transformer.");

  private static final Option<String> TITLE =
      Option.open(
          "title",
          Values.text("field"),
          "the first of the parser's `fields`",
          "Title of a document. If `fields` has only one field, the unique key.");

  private static final Option<String> TEXT =
      Option.open(
          "text",
          Values.text("comma- or space-separated list of fields"),
          "the rest of the parser's `fields`",
          "Text below the title.");

  private static final Option<String> FACTS =
      Option.open(
          "facts",
          Values.text("comma- or space-separated list of fields"),
          "none",
          "Details in small type, such as a date or a list of genres.");

  private static final Option<String> JUDGMENTS =
      Option.open(
          "judgments",
          Values.text("file in the configset"),
          "none",
          "Relevance judgments: [format](#grades-and-ndcg).");

  private static final Option<String> FIRST_PASSES =
      Option.open(
          "firstPasses",
          Values.text("`<lst>` with a `<lst>` of parameters each"),
          "none",
          "Other first passes to choose from. `$uq` is the text that the user typed.");

  private static final Option<String> EXAMPLES =
      Option.open("examples", Values.text("`<arr>`"), "none", "Example queries.");

  static final List<Option<?>> OPTIONS =
      List.of(SELECT, PARSER, TRANSFORMER, TITLE, TEXT, FACTS, JUDGMENTS, FIRST_PASSES, EXAMPLES);

  private static final SortedSet<String> KEYS = Option.keys(OPTIONS);

  private static final String UNIQUE_KEY = "uniqueKey";

  /** The arguments that every request handler of Solr supports. */
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

  /** Rejects unknown options, so that a misspelled one does not go unnoticed. */
  static void requireKnown(NamedList<?> args) {
    for (Map.Entry<String, ?> arg : args) {
      if (!KEYS.contains(arg.getKey()) && !SOLR.contains(arg.getKey())) {
        throw unusable(arg.getKey(), "is not a valid option; valid options: " + KEYS);
      }
    }
  }

  /**
   * Parses and checks the options.
   *
   * @throws SolrException 500, which prevents the core from loading, with the option and the
   *     problem
   */
  static BrowseSettings parse(NamedList<?> args, SolrCore core) {
    String parser = text(args, PARSER).orElse(RerankParameter.PARSER_NAME);
    if (!(core.getQueryPlugin(parser) instanceof RerankParserPlugin rerank)) {
      throw unusable(
          PARSER.key(), parser + " is not a queryParser with the class CrossEncoderQParserPlugin");
    }
    String select = text(args, SELECT).orElse("/select");
    if (core.getRequestHandler(select) == null) {
      throw unusable(SELECT.key(), select + " is not a requestHandler");
    }
    List<String> passage =
        rerank.defaults().get(RerankParameter.FIELDS.key()) == null
            ? List.of()
            : ParameterValues.names(rerank.defaults().get(RerankParameter.FIELDS.key()));
    boolean hasTitle = passage.size() > 1;
    IndexSchema schema = core.getLatestSchema();
    SchemaField key = schema.getUniqueKeyField();
    if (key == null) {
      throw unusable(UNIQUE_KEY, "not found in the schema; the page requires a unique key");
    }
    return new BrowseSettings(
        select,
        parser,
        text(args, TRANSFORMER).orElse(RerankParameter.PARSER_NAME),
        field(TITLE, text(args, TITLE).orElse(hasTitle ? passage.get(0) : key.getName()), schema),
        text(args, TEXT)
            .map(names -> fields(TEXT, ParameterValues.names(names), schema))
            .orElse(hasTitle ? passage.subList(1, passage.size()) : passage),
        fields(FACTS, text(args, FACTS).map(ParameterValues::names).orElse(List.of()), schema),
        text(args, JUDGMENTS),
        FirstPasses.of(args.get(FIRST_PASSES.key()), FIRST_PASSES.key()),
        args.get(EXAMPLES.key()) instanceof Collection<?> examples
            ? examples.stream().map(Object::toString).toList()
            : List.of(),
        rerank);
  }

  private static Optional<String> text(NamedList<?> args, Option<String> option) {
    return Optional.ofNullable(args.get(option.key())).map(value -> value.toString().trim());
  }

  private static List<String> fields(
      Option<String> setting, List<String> names, IndexSchema schema) {
    return names.stream().map(name -> field(setting, name, schema)).toList();
  }

  private static String field(Option<String> setting, String name, IndexSchema schema) {
    SchemaField field = schema.getFieldOrNull(name);
    if (field == null || !(field.stored() || field.useDocValuesAsStored())) {
      throw unusable(setting.key(), name + " is not a field of the schema that can be displayed");
    }
    return name;
  }

  /** The properties of this core for the page, in output order. */
  Map<String, Object> describe(String path, SolrQueryRequest req) {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("core", name(req.getCore()));
    config.put("path", path);
    config.put(SELECT.key(), select);
    config.put(PARSER.key(), parser);
    config.put(TRANSFORMER.key(), transformer);
    config.put(UNIQUE_KEY, req.getSchema().getUniqueKeyField().getName());
    config.put(TITLE.key(), title);
    config.put(TEXT.key(), text);
    config.put(FACTS.key(), facts);
    config.put(FIRST_PASSES.key(), firstPasses);
    config.put(EXAMPLES.key(), examples);
    config.put("judged", judgments.isPresent());
    config.put("models", rerank.models());
    config.put("maxReRankDocs", rerank.maxReRankDocs());
    Map<String, String> defaults = new LinkedHashMap<>();
    defaults.put(RerankParameter.RE_RANK_DOCS.key(), RerankParameter.RE_RANK_DOCS.standard());
    rerank.defaults().iterator().forEachRemaining(e -> defaults.put(e.getKey(), e.getValue()[0]));
    config.put("defaults", defaults);
    return config;
  }

  /** In SolrCloud, the name of the collection, which users know. */
  private static String name(SolrCore core) {
    String collection = core.getCoreDescriptor().getCollectionName();
    return collection == null ? core.getName() : collection;
  }

  static SolrException unusable(String name, String reason) {
    return new SolrException(
        ErrorCode.SERVER_ERROR, "solrconfig.xml, browse handler: " + name + ": " + reason);
  }
}
