// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine.modules;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.crossencoder.engine.json.JsonFile;
import io.crossencoder.model.ModelLoadException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The modules in modules.json, in the order of computation. */
final class ModuleList {

  private static final Set<String> KEYS = Set.of("idx", "name", "path", "type", "kwargs");
  private static final String LIBRARY = "sentence_transformers.";
  private static final List<String> KINDS =
      List.of("Transformer", "Pooling", "Dense", "LayerNorm", "Normalize", "Dropout");

  /**
   * A module.
   *
   * @param kind simple name of its class
   * @param config its configuration
   * @param weights path of its weights; the file may not exist
   */
  record Module(String kind, JsonFile config, Path weights) {}

  private ModuleList() {}

  /**
   * Reads the list and the configuration of each module.
   *
   * @throws ModelLoadException if an entry is not supported
   */
  static List<Module> read(Path directory) {
    Path file = directory.resolve(ModularHead.FILE);
    List<Module> modules = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (JsonElement element : JsonFile.readArray(file)) {
      if (!(element instanceof JsonObject object)) {
        throw new ModelLoadException(file, "has an entry that is not an object: " + element);
      }
      JsonFile entry = new JsonFile(file, object);
      entry.requireOnly(KEYS);
      if (!names.add(required(entry, "name"))) {
        throw new ModelLoadException(file, "has two modules named " + required(entry, "name"));
      }
      modules.add(module(directory, entry));
    }
    return modules;
  }

  private static Module module(Path directory, JsonFile entry) {
    String type = required(entry, "type");
    if (!type.startsWith(LIBRARY)) {
      throw entry.refused("type " + type + " is custom code; supported: " + LIBRARY + "*");
    }
    String kind = type.substring(type.lastIndexOf('.') + 1);
    if (!KINDS.contains(kind)) {
      throw entry.refused(
          "module " + kind + " is not supported; supported: " + String.join(", ", KINDS));
    }
    String path = entry.text("path").orElse("");
    Path folder = directory.resolve(path).normalize();
    boolean isInside = folder.startsWith(directory.normalize()) && !Path.of(path).isAbsolute();
    if (!isInside || path.contains("..")) {
      throw entry.wrong("path", "a directory below the model's");
    }
    if (kind.equals("Transformer") && !path.isEmpty()) {
      throw entry.refused("the Transformer has the path " + path + "; it must be in the root");
    }
    if (Files.exists(folder.resolve("pytorch_model.bin"))
        && !Files.exists(folder.resolve("model.safetensors"))
        && !path.isEmpty()) {
      throw new ModelLoadException(
          folder.resolve("pytorch_model.bin"),
          "is a Python pickle, which is not supported; save the model in the safetensors format");
    }
    Path config = folder.resolve("config.json");
    // Old versions saved these two modules as an empty directory.
    boolean mayLackConfig = kind.equals("Normalize") || kind.equals("Dropout");
    return new Module(
        kind,
        mayLackConfig ? JsonFile.readIfPresent(config) : JsonFile.read(config),
        folder.resolve("model.safetensors"));
  }

  private static String required(JsonFile entry, String key) {
    return entry.text(key).orElseThrow(() -> entry.wrong(key, "a text"));
  }
}
