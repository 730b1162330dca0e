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
 * Fetches one model: into a staging directory, whose dot hides it from Solr, then checked, then
 * moved to its place.
 *
 * @param name of the model and of its directory
 * @param files of the descriptor, those that are wanted
 * @param models the directory of all models
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
   * Fetches what is not there.
   *
   * @throws CommandException when something is not to be had or is not right; the model is then as
   *     it was before
   */
  @SuppressWarnings("try") // The lock is held, and nothing is done with it.
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
          report(file, target.size(file), "is there");
        } else {
          missing.add(file);
        }
      }
      if (missing.isEmpty()) {
        target.writeProbe();
        probe(target, "It is installed, but do not use it");
        out.println(Assurance.summary(assured.values()) + ".");
        out.println("Nothing to fetch: " + target.path() + " is complete.");
        return;
      }
      ModelDirectory staging =
          ModelDirectory.staging(models.resolve("." + name + ".partial"), target);
      checkSpace(missing);
      for (ModelDescriptor.File file : missing) {
        assured.put(file, stage(file, staging));
      }
      staging.borrowRest(target);
      // That of an earlier try, whose pairs the descriptor may have lost since.
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
      report(file, staging.size(file), "had come before");
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
          models + " has " + Sizes.text(free) + " free, and " + Sizes.text(needed) + " are needed");
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
            "%s scores as published: furthest off by %.6f, allowed %s.%n",
            file.path(),
            result.get().difference(),
            result.get().tolerance());
      } else {
        throw new CommandException(
            file.path() + " does not score as published: " + result.get() + ". " + consequence);
      }
    }
  }

  private static String sanity(ModelDescriptor.File file, ProbeCheck.Verdict verdict) {
    return String.format(
        Locale.ROOT,
        "%s loads; no scores of it are published. A relevant passage scores %.3f, an irrelevant one"
            + " %.3f: %s.",
        file.path(),
        verdict.relevant(),
        verdict.irrelevant(),
        verdict.relevant() > verdict.irrelevant()
            ? "the right order"
            : "the wrong order; evaluate the model before you use it");
  }
}
