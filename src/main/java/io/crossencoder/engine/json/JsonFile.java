// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine.json;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import io.crossencoder.model.ModelLoadException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A JSON object in a file of a model directory. Every error message contains the file and the key.
 *
 * <p>Immutable and thread-safe.
 */
public final class JsonFile {

  /** Configurations have a few kilobytes; a large file must not fill the heap. */
  private static final long MAX_BYTES = 16L << 20;

  private final Path path;
  private final JsonObject json;

  /**
   * An object that is a part of a file.
   *
   * @param path path of the file, for messages
   * @param json the object
   */
  public JsonFile(Path path, JsonObject json) {
    this.path = path;
    this.json = json;
  }

  /**
   * Reads a file that must exist.
   *
   * @param file path
   * @return its content
   * @throws ModelLoadException if it does not exist, is too large, or is not a JSON object
   */
  public static JsonFile read(Path file) {
    if (parse(file) instanceof JsonObject object) {
      return new JsonFile(file, object);
    }
    throw new ModelLoadException(file, "is not a JSON object");
  }

  /**
   * Reads a file that is optional.
   *
   * @param file path
   * @return its content; an empty object if the file does not exist
   * @throws ModelLoadException if it is too large or not a JSON object
   */
  public static JsonFile readIfPresent(Path file) {
    return isPresent(file) ? read(file) : new JsonFile(file, new JsonObject());
  }

  /**
   * {@return whether there is a file, or a link, even if the file it points to does not exist}
   *
   * @param file path
   */
  public static boolean isPresent(Path file) {
    return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
  }

  /**
   * Reads a file with a JSON array.
   *
   * @param file path
   * @return its content
   * @throws ModelLoadException if it does not exist, is too large, or is not a JSON array
   */
  public static JsonArray readArray(Path file) {
    if (parse(file) instanceof JsonArray array) {
      return array;
    }
    throw new ModelLoadException(file, "is not a JSON array");
  }

  private static JsonElement parse(Path file) {
    if (isPresent(file) && !Files.isRegularFile(file)) {
      // Reading a named pipe would wait for a writer.
      throw new ModelLoadException(file, "is not a regular file, or is a link to a missing file");
    }
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new ModelLoadException(file, "is larger than " + MAX_BYTES + " bytes");
      }
      return JsonParser.parseString(Files.readString(file, StandardCharsets.UTF_8));
    } catch (NoSuchFileException e) {
      throw new ModelLoadException(file, "not found", e);
    } catch (CharacterCodingException e) {
      throw new ModelLoadException(file, "is not UTF-8", e);
    } catch (IOException e) {
      throw new ModelLoadException(file, "cannot be read: " + e.getMessage(), e);
    } catch (JsonParseException | IllegalStateException e) {
      throw new ModelLoadException(file, "is not JSON: " + JsonErrors.reason(e), e);
    }
  }

  /**
   * {@return whether the key has a value other than null}
   *
   * @param key name of the key
   */
  public boolean has(String key) {
    return json.has(key) && !json.get(key).isJsonNull();
  }

  /**
   * The object of a key.
   *
   * @param key name of the key
   * @return the object; an empty object if the key is missing or null
   * @throws ModelLoadException if the value is not an object
   */
  public JsonFile section(String key) {
    if (!has(key)) {
      return new JsonFile(path, new JsonObject());
    }
    if (json.get(key) instanceof JsonObject section) {
      return new JsonFile(path, section);
    }
    throw wrong(key, "an object");
  }

  /**
   * The string of a key.
   *
   * @param key name of the key
   * @return the string; empty if the key is missing or null
   * @throws ModelLoadException if the value is not a string
   */
  public Optional<String> text(String key) {
    if (!has(key)) {
      return Optional.empty();
    }
    if (json.get(key) instanceof JsonPrimitive value && value.isString()) {
      return Optional.of(value.getAsString());
    }
    throw wrong(key, "a text");
  }

  /**
   * The number of a key.
   *
   * @param key name of the key
   * @return the number, without a limit; empty if the key is missing or null
   * @throws ModelLoadException if the value is not a number
   */
  public Optional<Double> number(String key) {
    if (!has(key)) {
      return Optional.empty();
    }
    if (json.get(key) instanceof JsonPrimitive value && value.isNumber()) {
      return Optional.of(value.getAsDouble());
    }
    throw wrong(key, "a number");
  }

  /** {@return the whole object, not to be changed} */
  public JsonObject json() {
    return json;
  }

  /**
   * The size of a key.
   *
   * @param key name of the key
   * @return an integer from 1 to 1,000,000
   * @throws ModelLoadException if the key is missing or has another value
   */
  public int size(String key) {
    double size = number(key).orElse(Double.NaN);
    if (size >= 1 && size <= 1_000_000 && size == Math.rint(size)) {
      return (int) size;
    }
    throw wrong(key, "an integer from 1 to 1000000");
  }

  /**
   * The boolean of a key.
   *
   * @param key name of the key
   * @param fallback value if the key is missing or null
   * @return the value
   * @throws ModelLoadException if the value is not a boolean
   */
  public boolean flag(String key, boolean fallback) {
    if (!has(key)) {
      return fallback;
    }
    if (json.get(key) instanceof JsonPrimitive value && value.isBoolean()) {
      return value.getAsBoolean();
    }
    throw wrong(key, "true or false");
  }

  /**
   * Rejects unknown keys.
   *
   * @param known the valid keys
   * @throws ModelLoadException with the unknown keys
   */
  public void requireOnly(Set<String> known) {
    Set<String> unknown = new TreeSet<>(json.keySet());
    unknown.removeAll(known);
    if (!unknown.isEmpty()) {
      throw refused(unknown + " is not a valid key; valid keys: " + new TreeSet<>(known));
    }
  }

  /**
   * The exception for a file that cannot be used.
   *
   * @param reason problem
   * @return the exception to throw
   */
  public ModelLoadException refused(String reason) {
    return new ModelLoadException(path, reason);
  }

  /**
   * The exception for a value of the wrong type.
   *
   * @param key name of the key
   * @param wanted what the value must be
   * @return the exception to throw
   */
  public ModelLoadException wrong(String key, String wanted) {
    String shown = String.valueOf(json.get(key));
    return refused(
        key + " must be " + wanted + ", not " + shown.substring(0, Math.min(100, shown.length())));
  }
}
