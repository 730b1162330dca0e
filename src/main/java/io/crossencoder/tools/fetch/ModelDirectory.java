// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.fetch;

import io.crossencoder.engine.files.ProbePairs;
import io.crossencoder.tools.common.CommandException;
import io.crossencoder.tools.fetch.download.Checksum;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.io.file.PathUtils;

/** A directory with a model, or with what has come of it. */
final class ModelDirectory {
  private final Path path;
  private final ModelDescriptor descriptor;
  private Provenance provenance;

  private ModelDirectory(Path path, ModelDescriptor descriptor, Provenance provenance) {
    this.path = path;
    this.descriptor = descriptor;
    this.provenance = provenance;
  }

  /**
   * Where the model is or will be.
   *
   * @throws CommandException if another one is there
   */
  static ModelDirectory open(Path path, ModelDescriptor descriptor) throws IOException {
    if (Files.exists(path) && !Files.isDirectory(path)) {
      throw new CommandException(path + " exists and is not a directory");
    }
    Provenance provenance = Provenance.read(path).orElse(Provenance.of(descriptor));
    if (!provenance.isOf(descriptor)) {
      throw new CommandException(
          path
              + " has "
              + provenance.repository()
              + " of revision "
              + provenance.revision()
              + "; the descriptor says "
              + descriptor.repository()
              + ", "
              + descriptor.revision()
              + ". Move it away, and fetch again");
    }
    return new ModelDirectory(path, descriptor, provenance);
  }

  /** Where the model gathers, with what an earlier fetch left there if that is of use. */
  static ModelDirectory staging(Path path, ModelDirectory target) throws IOException {
    Optional<Provenance> before = Provenance.read(path);
    boolean usable = before.isPresent() && before.get().isOf(target.descriptor);
    if (Files.exists(path) && !usable) {
      PathUtils.deleteDirectory(path);
    }
    Files.createDirectories(path);
    Provenance provenance = target.provenance;
    for (Provenance.Item item : usable ? before.get().files() : List.<Provenance.Item>of()) {
      provenance = provenance.with(item);
    }
    ModelDirectory staging = new ModelDirectory(path, target.descriptor, provenance);
    // Now, and not at the end: what comes belongs to this revision and no other.
    provenance.write(path);
    return staging;
  }

  Path path() {
    return path;
  }

  boolean has(ModelDescriptor.File file) {
    return Files.isRegularFile(path.resolve(file.path()));
  }

  long size(ModelDescriptor.File file) throws IOException {
    return Files.size(path.resolve(file.path()));
  }

  /** The hash that the file should have, if one is pinned or was seen before. */
  Optional<String> expected(ModelDescriptor.File file) {
    return Optional.ofNullable(file.sha256())
        .or(() -> provenance.find(file.path()).map(Provenance.Item::sha256));
  }

  /** Whether an earlier fetch has recorded its hash. */
  boolean isRecorded(ModelDescriptor.File file) {
    return provenance.find(file.path()).isPresent();
  }

  boolean isRight(ModelDescriptor.File file) throws IOException {
    Checksum checksum = Checksum.of(path.resolve(file.path()));
    return (file.size() == null || file.size() == checksum.size())
        && (file.gitBlob() == null
            || file.gitBlob().equals(Checksum.gitBlob(path.resolve(file.path()))))
        && expected(file).map(checksum.sha256()::equals).orElse(true);
  }

  /**
   * @throws CommandException if the file is not what it should be; it may be someone's own work
   */
  void verify(ModelDescriptor.File file) throws IOException {
    if (!isRight(file)) {
      throw new CommandException(
          path.resolve(file.path())
              + " is not the file that is "
              + (file.sha256() == null ? "recorded in " + Provenance.FILE : "pinned")
              + ": it was changed, or is of another revision. Move "
              + path
              + " away, and fetch again");
    }
    if (provenance.find(file.path()).isEmpty()) {
      Checksum seen = Checksum.of(path.resolve(file.path()));
      provenance =
          provenance.with(
              new Provenance.Item(
                  file.path(),
                  seen.size(),
                  seen.sha256(),
                  file.sha256() != null,
                  null,
                  null,
                  null));
    }
  }

  void record(Provenance.Item item) throws IOException {
    provenance = provenance.with(item);
    provenance.write(path);
  }

  void writeProbe() throws IOException {
    provenance.write(path);
    if (descriptor.probe() != null) {
      Provenance.writeWhole(
          path.resolve(ProbePairs.FILE), descriptor.probe().toPrettyString() + "\n");
    }
  }

  /** Shares the files of the target that the model needs to be whole here. */
  void borrowRest(ModelDirectory target) throws IOException {
    for (ModelDescriptor.File file : descriptor.files()) {
      if (target.has(file) && !has(file)) {
        Path here = path.resolve(file.path());
        Files.createDirectories(here.getParent());
        try {
          Files.createLink(here, target.path.resolve(file.path()));
        } catch (IOException | UnsupportedOperationException e) {
          Files.copy(target.path.resolve(file.path()), here);
        }
      }
    }
  }

  /**
   * Makes the model visible: all at once, or in a directory that is in use one file after the
   * other. Those that were there are the right ones, so that no mixture is ever seen.
   */
  void publish(ModelDirectory target, List<ModelDescriptor.File> fresh) throws IOException {
    if (!Files.exists(target.path)) {
      keepOnly(fresh);
      Files.move(path, target.path, StandardCopyOption.ATOMIC_MOVE);
      return;
    }
    // A graph last: it may need the file with its weights.
    for (ModelDescriptor.File file :
        fresh.stream().sorted(Comparator.comparing(ModelDescriptor.File::isGraph)).toList()) {
      Path there = target.path.resolve(file.path());
      Files.createDirectories(there.getParent());
      Files.move(path.resolve(file.path()), there, StandardCopyOption.ATOMIC_MOVE);
    }
    target.provenance = provenance;
    target.writeProbe();
    PathUtils.deleteDirectory(path);
  }

  /** Takes away what a fetch of another variant left, which nobody has looked at. */
  private void keepOnly(List<ModelDescriptor.File> files) throws IOException {
    Set<String> names = files.stream().map(ModelDescriptor.File::path).collect(Collectors.toSet());
    provenance = provenance.only(names);
    provenance.write(path);
    try (Stream<Path> tree = Files.walk(path)) {
      for (Path file : (Iterable<Path>) tree.filter(Files::isRegularFile)::iterator) {
        String name = path.relativize(file).toString().replace('\\', '/');
        if (!names.contains(name) && !Set.of(ProbePairs.FILE, Provenance.FILE).contains(name)) {
          Files.delete(file);
        }
      }
    }
  }
}
