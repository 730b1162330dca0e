// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.parameters;

import static io.crossencoder.solr.parameters.RerankParameter.FIELDS;
import static io.crossencoder.solr.parameters.RerankParameter.PASSAGE;

import io.crossencoder.solr.options.ParameterValues;
import java.util.List;
import java.util.Set;
import org.apache.solr.common.SolrException;
import org.apache.solr.schema.IndexSchema;
import org.apache.solr.schema.SchemaField;
import org.apache.solr.schema.TextField;

/** Checks the fields of a passage, from a request or from {@code solrconfig.xml}. */
final class PassageFields {

  /** Field types without text. By name, because not every version of Solr has all of them. */
  private static final Set<String> NO_TEXT =
      Set.of(
          "BinaryField", "DenseVectorField", "ExternalFileField", "RandomSortField", "RankField");

  private PassageFields() {}

  /**
   * Checks that each field can contain text.
   *
   * @throws SolrException 400 with the field and the problem
   */
  static List<String> checked(List<String> fields, IndexSchema schema) {
    for (String field : fields) {
      SchemaField known = schema.getFieldOrNull(field);
      if (known == null) {
        throw ParameterValues.bad(
            FIELDS.key(), field, "not a field of the schema; must be a list of stored fields");
      }
      if (!known.stored()) {
        throw ParameterValues.bad(
            FIELDS.key(), field, "not a stored field; only stored fields can be used");
      }
      if (field.indexOf('*') >= 0 || NO_TEXT.contains(known.getType().getClass().getSimpleName())) {
        throw ParameterValues.bad(
            FIELDS.key(), field, "contains no text; must be a list of stored fields with text");
      }
    }
    return fields;
  }

  /** The last multiValued field, so that the order of the fields selects it. */
  static String valueField(List<String> fields, IndexSchema schema) {
    return fields.stream()
        .filter(field -> schema.getField(field).multiValued())
        .reduce((one, next) -> next)
        .orElseThrow(
            () ->
                ParameterValues.bad(
                    PASSAGE.key(),
                    "max",
                    "requires a multiValued field in fields='" + String.join(",", fields) + "'"));
  }

  /** Up to two text fields of the schema, for an example. */
  static List<String> some(IndexSchema schema) {
    return schema.getFields().values().stream()
        .filter(field -> field.stored() && field.getType() instanceof TextField)
        .map(SchemaField::getName)
        .sorted()
        .limit(2)
        .toList();
  }
}
