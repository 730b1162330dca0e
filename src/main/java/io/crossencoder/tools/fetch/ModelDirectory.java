// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.fetch;

import io.crossencoder.engine.files.ProbePairs;
import io.crossencoder.tools.common.Checksum;
import io.crossencoder.tools.common.CommandException;
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

/** A directory with a complete or incomplete model. */
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
   * The final directory of a model.
   *
   * @throws CommandException if it contains another model
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
              + ", but the descriptor has "
              + descriptor.repository()
              + ", "
              + descriptor.revision()
              + ". Move it to another place and run this command again");
    }
    return new ModelDirectory(path, descriptor, provenance);
  }

  /** The directory for the download, with the usable files of an earlier download. */
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
    // Written first, because it determines the revision of the files.
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

  /** The expected hash of a file, if it is pinned or recorded. */
  Optional<String> expected(ModelDescriptor.File file) {
    return Optional.ofNullable(file.sha256())
        .or(() -> provenance.find(file.path()).map(Provenance.Item::sha256));
  }

  /** Whether an earlier download recorded the hash. */
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
   * Verifies a file of an installed model, which the user may have changed.
   *
   * @throws CommandException if the hash differs
   */
  void verify(ModelDescriptor.File file) throws IOException {
    if (!isRight(file)) {
      throw new CommandException(
          path.resolve(file.path())
              + " differs from the file that is "
              + (file.sha256() == null ? "recorded in " + Provenance.FILE : "pinned")
              + "; it was changed or belongs to another revision. Move "
              + path
              + " to another place and run this command again");
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

  /** Links the remaining files of the target, so that this directory is a complete model. */
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
   * Makes the model visible: at once, or file by file in an existing directory. Because the
   * existing files are unchanged, Solr never sees a mixture.
   */
  void publish(ModelDirectory target, List<ModelDescriptor.File> fresh) throws IOException {
    if (!Files.exists(target.path)) {
      keepOnly(fresh);
      Files.move(path, target.path, StandardCopyOption.ATOMIC_MOVE);
      return;
    }
    // ONNX files last, because they may need a weight file.
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

  /** Deletes unverified files of a download of another variant. */
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
