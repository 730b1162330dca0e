// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.fetch;

import io.crossencoder.engine.files.ProbePairs;
import io.crossencoder.tools.common.CommandException;
import io.crossencoder.tools.fetch.download.Download;
import io.crossencoder.tools.fetch.download.Sizes;
import io.crossencoder.tools.fetch.download.UrlTemplate;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Downloads one model to a hidden staging directory, verifies it, and moves it to its place.
 *
 * @param name name of the model and of its directory
 * @param files the selected files of the descriptor
 * @param models directory of all models
 */
record ModelFetch(
    String name,
    ModelDescriptor descriptor,
    List<ModelDescriptor.File> files,
    UrlTemplate location,
    Path models,
    Download download,
    PrintWriter out) {

  /**
   * Downloads the missing files.
   *
   * @throws CommandException if a file is not available or invalid; an installed model is then
   *     unchanged
   */
  @SuppressWarnings("try") // The lock is held, but not used.
  void run() throws IOException {
    Files.createDirectories(models);
    try (FetchLock lock = FetchLock.take(models, name)) {
      Map<ModelDescriptor.File, Assurance> assured = new LinkedHashMap<>();
      ModelDirectory target = ModelDirectory.open(models.resolve(name), descriptor);
      List<ModelDescriptor.File> missing = new ArrayList<>();
      for (ModelDescriptor.File file : files) {
        if (target.has(file)) {
          target.verify(file);
          assured.put(file, Assurance.of(file, false, target.isRecorded(file)));
          report(file, target.size(file), "present");
        } else {
          missing.add(file);
        }
      }
      if (missing.isEmpty()) {
        target.writeProbe();
        probe(target, "It is installed, but do not use it");
        out.println(Assurance.summary(assured.values()) + ".");
        out.println("Nothing to download: " + target.path() + " is complete.");
        return;
      }
      ModelDirectory staging =
          ModelDirectory.staging(models.resolve("." + name + ".partial"), target);
      checkSpace(missing);
      for (ModelDescriptor.File file : missing) {
        assured.put(file, stage(file, staging));
      }
      staging.borrowRest(target);
      // The file of an earlier attempt; the descriptor may no longer contain pairs.
      Files.deleteIfExists(staging.path().resolve(ProbePairs.FILE));
      staging.writeProbe();
      probe(
          staging,
          "It is not installed; its files are in "
              + staging.path()
              + ": delete them to download them again");
      out.println(Assurance.summary(assured.values()) + ".");
      staging.publish(target, missing);
      out.println("Installed as " + target.path());
    }
  }

  private Assurance stage(ModelDescriptor.File file, ModelDirectory staging) throws IOException {
    if (staging.has(file) && staging.isRight(file)) {
      report(file, staging.size(file), "already downloaded");
      return Assurance.of(file, false, true);
    }
    Optional<String> expected = staging.expected(file);
    URI uri =
        location.of(
            Map.of(
                "name", name,
                "repository", file.repository(descriptor),
                "revision", file.revision(descriptor),
                "path", file.path()));
    Download.Item item =
        new Download.Item(
            file.path(),
            uri,
            file.size() == null ? -1 : file.size(),
            expected,
            Optional.ofNullable(file.gitBlob()));
    Download.Fetched fetched = download.fetch(item, staging.path().resolve(file.path()));
    String sha256 = fetched.checksum().sha256();
    staging.record(
        new Provenance.Item(
            file.path(),
            fetched.checksum().size(),
            sha256,
            file.sha256() != null,
            uri.toString(),
            fetched.commit().orElse(null),
            Instant.now().truncatedTo(ChronoUnit.SECONDS).toString()));
    Assurance assurance = Assurance.of(file, fetched.stated(), expected.isPresent());
    report(file, fetched.checksum().size(), assurance.verdict(descriptor, file, sha256));
    return assurance;
  }

  private void report(ModelDescriptor.File file, long size, String verdict) {
    out.printf(Locale.ROOT, "  %-34s %9s  %s%n", file.path(), Sizes.text(size), verdict);
    out.flush();
  }

  private void checkSpace(List<ModelDescriptor.File> missing) throws IOException {
    long needed = ModelDescriptor.size(missing).orElse(0L);
    long free = Files.getFileStore(models).getUsableSpace();
    if (free < needed) {
      throw new CommandException(
          models
              + " has "
              + Sizes.text(free)
              + " free, but "
              + Sizes.text(needed)
              + " are required");
    }
  }

  private void probe(ModelDirectory directory, String consequence) {
    for (ModelDescriptor.File file : files) {
      if (!file.isGraph()) {
        continue;
      }
      ProbeCheck.Verdict verdict = ProbeCheck.check(directory.path(), file.path());
      Optional<ProbePairs.Result> result = verdict.published();
      if (result.isEmpty()) {
        out.println(sanity(file, verdict));
      } else if (result.get().passed()) {
        out.printf(
            Locale.ROOT,
            "%s returns the published scores: largest difference %.6f, tolerance %s.%n",
            file.path(),
            result.get().difference(),
            result.get().tolerance());
      } else {
        throw new CommandException(
            file.path()
                + " does not return the published scores: "
                + result.get()
                + ". "
                + consequence);
      }
    }
  }

  private static String sanity(ModelDescriptor.File file, ProbeCheck.Verdict verdict) {
    return String.format(
        Locale.ROOT,
        "%s can be loaded; there are no published scores. A relevant passage scores %.3f, an irrelevant one"
            + " %.3f: %s.",
        file.path(),
        verdict.relevant(),
        verdict.irrelevant(),
        verdict.relevant() > verdict.irrelevant()
            ? "the right order"
            : "the wrong order; evaluate the model before you use it");
  }
}
