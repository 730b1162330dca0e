// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The dependencies between packages, from imports and fully qualified names in the sources. */
final class PackageArrows {

  private static final String OURS = "io.crossencoder.";
  private static final Pattern IMPORT =
      Pattern.compile("^import (?:static )?([\\w.*]+);", Pattern.MULTILINE);
  private static final Pattern IN_FULL =
      Pattern.compile("(?<![\\w.])(?:io\\.crossencoder|ai\\.\\w+|org\\.apache)\\.[\\w.]+");
  private static final Pattern PUBLIC =
      Pattern.compile(
          "^public (?:abstract |final |sealed )*(?:class|interface|record|enum|@interface) ",
          Pattern.MULTILINE);

  /** Sources by class name without the common prefix, such as {@code engine.batch.Run}. */
  private final TreeMap<String, String> sources;

  PackageArrows(Map<String, String> sources) {
    this.sources = new TreeMap<>(sources);
  }

  /** The sources below a folder such as src/main. */
  static PackageArrows of(String folder) throws IOException {
    Path root =
        Path.of(System.getProperty("project.root", "."), folder).resolve("java/io/crossencoder");
    Map<String, String> sources = new TreeMap<>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        String name = root.relativize(file).toString().replaceAll("[/\\\\]", ".");
        if (name.endsWith(".java")) {
          sources.put(name.replaceFirst("\\.java$", ""), Files.readString(file));
        }
      }
    }
    return new PackageArrows(sources);
  }

  Map<String, String> sources() {
    return sources;
  }

  /** Packages that contain classes. */
  Set<String> packages() {
    return packagesOf(name -> !name.endsWith("package-info"));
  }

  /** Packages with a description. */
  Set<String> described() {
    return packagesOf(name -> name.endsWith("package-info"));
  }

  private Set<String> packagesOf(Predicate<String> wanted) {
    Set<String> packages = new TreeSet<>();
    sources.keySet().stream().filter(wanted).forEach(name -> packages.add(packageOf(name)));
    return packages;
  }

  private static String packageOf(String name) {
    return name.substring(0, Math.max(0, name.lastIndexOf('.')));
  }

  /** The packages of the project and the libraries that a source uses. */
  private Set<String> known(String name) {
    String source = sources.get(name);
    Set<String> known = new TreeSet<>();
    IMPORT.matcher(source).results().forEach(match -> known.add(knownBy(match.group(1))));
    IN_FULL
        .matcher(withoutCommentsTextsAndHead(source))
        .results()
        .forEach(match -> known.add(knownBy(match.group())));
    known.removeIf(each -> each.startsWith("java.") || each.startsWith("javax.management."));
    known.remove(packageOf(name));
    return known;
  }

  private static String knownBy(String used) {
    // The package is the part before the first name with a capital letter.
    return used.startsWith(OURS)
        ? used.substring(OURS.length()).replaceFirst("(^|\\.)([A-Z*].*)?$", "")
        : used;
  }

  private static String withoutCommentsTextsAndHead(String source) {
    return source
        .replaceAll("(?s)/\\*.*?\\*/", "")
        .replaceAll("\"(?:[^\"\\\\]|\\\\.)*\"", "")
        .replaceAll("(?m)//.*$", "")
        .replaceAll("(?m)^(package|import) .*$", "");
  }

  /** Used packages that are in neither table. */
  List<String> forbidden(Map<String, String> byPackage, Map<String, String> byClass) {
    return sources.keySet().stream()
        .flatMap(
            name -> {
              String ofPackage = byPackage.getOrDefault(packageOf(name), "");
              String allowed = ofPackage + " " + byClass.getOrDefault(name, "");
              return known(name).stream()
                  .filter(used -> !isAllowed(used, allowed))
                  .map(used -> name + ": " + used);
            })
        .toList();
  }

  private static boolean isAllowed(String used, String allowed) {
    return Stream.of(allowed.split(" "))
        .anyMatch(one -> used.equals(one) || (isLibrary(one) && used.startsWith(one + ".")));
  }

  /** Whether an entry is a library, which also permits the packages below it. */
  private static boolean isLibrary(String name) {
    return name.matches("(ai|com|io\\.opentelemetry|jakarta|javax|me|org)\\..*|picocli");
  }

  /** Packages in a cycle. */
  List<String> cycles() {
    Map<String, Set<String>> arrows = new TreeMap<>();
    for (String name : sources.keySet()) {
      Set<String> known = known(name);
      known.retainAll(packages());
      arrows.computeIfAbsent(packageOf(name), key -> new TreeSet<>()).addAll(known);
    }
    return arrows.keySet().stream().filter(each -> reachable(each, arrows).contains(each)).toList();
  }

  private static Set<String> reachable(String from, Map<String, Set<String>> arrows) {
    Set<String> seen = new HashSet<>();
    Set<String> next = arrows.getOrDefault(from, Set.of());
    while (seen.addAll(next)) {
      Set<String> further = new HashSet<>();
      next.forEach(each -> further.addAll(arrows.getOrDefault(each, Set.of())));
      next = further;
    }
    return seen;
  }

  List<String> withMoreFilesThan(int max) {
    return over(name -> !name.endsWith("package-info"), max, Map.of());
  }

  List<String> withMorePublicTypesThan(int max, Map<String, Integer> except) {
    return over(name -> PUBLIC.matcher(sources.get(name)).find(), max, except);
  }

  private List<String> over(Predicate<String> counted, int max, Map<String, Integer> except) {
    Map<String, Integer> counts = new TreeMap<>();
    sources.keySet().stream()
        .filter(counted)
        .forEach(name -> counts.merge(packageOf(name), 1, Integer::sum));
    return counts.entrySet().stream()
        .filter(entry -> entry.getValue() > except.getOrDefault(entry.getKey(), max))
        .map(entry -> entry.getKey() + " has " + entry.getValue())
        .toList();
  }

  List<String> longerThan(int lines) {
    return named(source -> source.lines().count() > lines);
  }

  List<String> notBeginningWith(String head) {
    return named(source -> !source.startsWith(head));
  }

  private List<String> named(Predicate<String> wrong) {
    return sources.keySet().stream().filter(name -> wrong.test(sources.get(name))).toList();
  }
}
