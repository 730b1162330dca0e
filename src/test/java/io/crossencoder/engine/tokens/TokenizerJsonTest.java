// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine.tokens;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.crossencoder.engine.TestModels;
import io.crossencoder.model.ModelLoadException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.function.Consumer;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Each of these files would cause a panic in the native library, which ends the JVM. */
public class TokenizerJsonTest {

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private void assertUnusable(String json, String reason) throws IOException {
    Path file = folder.newFile().toPath();
    Files.writeString(file, json);
    ModelLoadException e =
        assertThrows(ModelLoadException.class, () -> PairTokenizer.load(file, 64));
    assertTrue(e.getMessage(), e.getMessage().startsWith(file + ": "));
    assertTrue(e.getMessage(), e.getMessage().contains(reason));
  }

  private void assertUnusable(String family, Consumer<JsonObject> change, String reason)
      throws IOException {
    JsonObject json = tokenizer(family);
    change.accept(json);
    assertUnusable(json.toString(), reason);
  }

  private static JsonObject tokenizer(String family) throws IOException {
    String text = Files.readString(TestModels.tiny(family).resolve("tokenizer.json"));
    return JsonParser.parseString(text).getAsJsonObject();
  }

  private static JsonObject object(String json) {
    return JsonParser.parseString(json).getAsJsonObject();
  }

  @Test
  public void aTemplateThatNamesAnUnknownSpecialToken() throws IOException {
    assertUnusable(
        "bert",
        json ->
            json.getAsJsonObject("post_processor")
                .getAsJsonObject("special_tokens")
                .remove("[SEP]"),
        "template 'single' names the special token '[SEP]'");
  }

  @Test
  public void suchATemplateWithinASequence() throws IOException {
    assertUnusable(
        "xlm-roberta",
        json -> {
          JsonObject template = json.getAsJsonObject("post_processor");
          template.add("special_tokens", new JsonObject());
          JsonArray steps = new JsonArray();
          steps.add(template);
          JsonObject sequence = object("{\"type\": \"Sequence\"}");
          sequence.add("processors", steps);
          json.add("post_processor", sequence);
        },
        "names the special token '<s>'");
  }

  @Test
  public void aTemplateThatLeavesThePassageOut() throws IOException {
    assertUnusable(
        "bert",
        json -> json.getAsJsonObject("post_processor").getAsJsonArray("pair").remove(3),
        "the sequences A and B once each");
  }

  @Test
  public void aVocabularyWithoutTheUnknownToken() throws IOException {
    assertUnusable(
        "bert",
        json -> json.getAsJsonObject("model").getAsJsonObject("vocab").remove("[UNK]"),
        "no unk_token '[UNK]'");
    assertUnusable(
        "bert", json -> json.getAsJsonObject("model").add("vocab", new JsonObject()), "unk_token");
    assertUnusable(
        "deberta-v3", json -> json.getAsJsonObject("model").remove("unk_id"), "no unk_id");
    assertUnusable(
        "deberta-v3",
        json -> json.getAsJsonObject("model").add("vocab", new JsonArray()),
        "vocabulary is empty");
  }

  @Test
  public void aNormalizerTableThatIsDamaged() throws IOException {
    byte[] tooShort = {1, 2};
    byte[] tooLong = {0, 0, 1, 0, 'a'};
    byte[] noText = {4, 0, 0, 0, 0, 0, 0, 0, (byte) 0xFF};
    for (byte[] table : new byte[][] {{}, tooShort, tooLong, noText}) {
      String base64 = Base64.getEncoder().encodeToString(table);
      assertUnusable("xlm-roberta", json -> normalizer(json, base64), "precompiled_charsmap");
    }
    assertUnusable("xlm-roberta", json -> normalizer(json, "%%%"), "precompiled_charsmap");
    assertUnusable(
        "deberta-v3",
        json ->
            json.getAsJsonObject("normalizer")
                .getAsJsonArray("normalizers")
                .get(1)
                .getAsJsonObject()
                .remove("precompiled_charsmap"),
        "precompiled_charsmap");
  }

  private static void normalizer(JsonObject json, String charsmap) {
    json.getAsJsonObject("normalizer").addProperty("precompiled_charsmap", charsmap);
  }

  @Test
  public void mergesThatDoNotFitThePrefix() throws IOException {
    assertUnusable(
        "roberta",
        json -> json.getAsJsonObject("model").addProperty("continuing_subword_prefix", "##"),
        "continuing_subword_prefix '##'");
  }

  @Test
  public void aReplacementOfNothing() throws IOException {
    assertUnusable(
        "roberta",
        json ->
            json.add(
                "normalizer",
                object(
                    "{\"type\": \"Replace\", \"pattern\": {\"Regex\": \"a*\"}, \"content\": \"b\"}")),
        "'a*', which matches the empty text");
  }

  @Test
  public void partsOfNoLength() throws IOException {
    assertUnusable(
        "bert",
        json -> json.add("pre_tokenizer", object("{\"type\": \"FixedLength\", \"length\": 0}")),
        "after every 0 characters");
  }

  @Test
  public void aFileThatIsCutOff() throws IOException {
    String whole = tokenizer("roberta").toString();
    for (int tenth = 0; tenth < 10; tenth++) {
      assertUnusable(whole.substring(0, whole.length() * tenth / 10), "");
    }
  }

  @Test
  public void aFileThatIsSomethingElse() throws IOException {
    for (String json :
        new String[] {
          "null", "[]", "{}", "{\"model\": 3}", "{\"model\": {\"vocab\": []}}", "[".repeat(9_000)
        }) {
      assertUnusable(json, "");
    }
  }

  @Test
  public void anAddedTokenWithAnIdThatTheLibraryWouldNotGive() throws IOException {
    JsonObject added = object("{\"content\": \"[NEW]\", \"special\": true, \"normalized\": false}");
    added.addProperty("single_word", false);
    added.addProperty("lstrip", false);
    added.addProperty("rstrip", false);
    added.addProperty("id", 5000);
    assertUnusable(
        "bert",
        json -> json.getAsJsonArray("added_tokens").add(added),
        "added token '[NEW]' has the id 5000, but the tokenizer library assigns");
  }

  @Test
  public void aBertTokenizerObeysItsConfigurationAsInPython() throws IOException {
    Path bert = TestModels.copy(TestModels.tiny("bert"), folder.newFolder().toPath());
    Path file = bert.resolve("tokenizer.json");
    Path config = bert.resolve("tokenizer_config.json");
    String lower = ids(file, "vietnam war");
    assertEquals(lower, ids(file, "VIETNAM War"));
    Files.writeString(config, "{\"do_lower_case\": false}");
    assertNotEquals(lower, ids(file, "VIETNAM War"));
    Files.writeString(
        config, "{\"do_lower_case\": false, \"tokenizer_class\": \"PreTrainedTokenizerFast\"}");
    assertEquals(lower, ids(file, "VIETNAM War"));
  }

  private static String ids(Path file, String query) {
    try (PairTokenizer tokenizer = PairTokenizer.load(file, 64)) {
      return Arrays.toString(tokenizer.encode(query, "film").ids());
    }
  }

  @Test
  public void whatOnlyDecodingNeedsIsNotLookedAt() throws IOException {
    JsonObject json = tokenizer("roberta");
    json.add("decoder", object("{\"type\": \"Sequence\", \"decoders\": 7}"));
    json.add("padding", object("{\"strategy\": 1}"));
    Path file = folder.newFile().toPath();
    Files.write(file, json.toString().getBytes(StandardCharsets.UTF_8));
    try (PairTokenizer tokenizer = PairTokenizer.load(file, 64);
        PairTokenizer original =
            PairTokenizer.load(TestModels.tiny("roberta").resolve("tokenizer.json"), 64)) {
      assertEquals(399, tokenizer.highestId());
      String passage = "A film about love \uD83D\uDE80";
      org.junit.Assert.assertArrayEquals(
          original.encode("war", passage).ids(), tokenizer.encode("war", passage).ids());
    }
  }
}
