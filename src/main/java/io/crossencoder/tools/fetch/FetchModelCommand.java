// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.fetch;

import io.crossencoder.tools.common.ProjectFiles;
import io.crossencoder.tools.fetch.download.Downloads;
import io.crossencoder.tools.fetch.download.Sizes;
import io.crossencoder.tools.fetch.download.UrlTemplate;
import io.crossencoder.tools.server.SolrHome;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code fetch-model}: installs a model from the Hub, a mirror or a directory into a Solr home
 * directory.
 */
@Command(
    name = "fetch-model",
    description = {
      "Download a model, check it, and install it for Solr.",
      "Resumes interrupted downloads. Files that are present and valid are not downloaded again."
    })
public final class FetchModelCommand implements Callable<Integer> {
  private static final String MAIN = "main";

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "NAME",
      description =
          "A model of --list, OWNER/NAME on the Hugging Face Hub, or the path of a descriptor (.json).")
  private String name;

  @Option(
      names = "--variant",
      paramLabel = "VARIANT",
      defaultValue = "FP32",
      description =
          "fp32: the published fp32 file (default). int8: the int8 file for this machine's CPU, a quarter"
              + " of the size. auto: both, if both exist.")
  private Variant variant;

  @Option(
      names = "--to",
      paramLabel = "DIR",
      description =
          "Directory of the models (solr-home/models in the project; created if it does not exist).")
  private Path to;

  @Option(
      names = "--from",
      paramLabel = "URL",
      defaultValue = "https://huggingface.co",
      description =
          "URL of a mirror of the Hub (${DEFAULT-VALUE}); a URL with {path}, and optionally {name},"
              + " {repository} or {revision}; or a directory with the files.")
  private String from;

  @Option(
      names = "--revision",
      paramLabel = "REV",
      defaultValue = MAIN,
      description = "With OWNER/NAME: commit, tag or branch (${DEFAULT-VALUE}).")
  private String revision;

  @Option(
      names = "--file",
      paramLabel = "PATH",
      description = "With OWNER/NAME: the ONNX file to download, such as onnx/model_fp16.onnx.")
  private String graph;

  @Option(names = "--list", description = "List the models with a descriptor.")
  private boolean list;

  /** For picocli, which sets the options. */
  FetchModelCommand() {}

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    Catalog catalog = new Catalog(ProjectFiles.locate().models());
    if (list) {
      catalog.lines().forEach(out::println);
      return 0;
    }
    if (name == null) {
      throw new ParameterException(spec.commandLine(), "MODEL is missing; " + catalog.describe());
    }
    if (HubModel.isName(name) && described(catalog).isEmpty()) {
      String model = HubModel.directoryName(name);
      UrlTemplate source = UrlTemplate.of(from, UrlTemplate.HUB_LAYOUT, model);
      HubModel hubModel = new HubModel(name, revision, source, Downloads.of(spec));
      fetch(model, hubModel.describe(Optional.ofNullable(graph)), out);
      return 0;
    }
    if (graph != null || !revision.equals(MAIN)) {
      throw new ParameterException(
          spec.commandLine(), "--file and --revision require OWNER/NAME of the Hub");
    }
    Path file =
        name.endsWith(".json")
            ? Path.of(name)
            : described(catalog).orElseGet(() -> catalog.file(name));
    if (file == null) {
      throw new ParameterException(
          spec.commandLine(), "unknown model '" + name + "'; " + catalog.describe());
    }
    String model = Catalog.name(file);
    if (!Catalog.isName(model)) {
      throw new ParameterException(
          spec.commandLine(),
          "invalid model name '" + model + "'; valid characters: letters, digits, _ . -");
    }
    fetch(model, ModelDescriptor.read(file), out);
    return 0;
  }

  /**
   * The descriptor of a repository, which contains reference scores; they are only valid for its
   * revision.
   */
  private Optional<Path> described(Catalog catalog) throws IOException {
    return graph != null || !revision.equals(MAIN) ? Optional.empty() : catalog.ofRepository(name);
  }

  private void fetch(String model, ModelDescriptor descriptor, PrintWriter out) throws IOException {
    List<ModelDescriptor.File> files = wanted(model, descriptor);
    UrlTemplate location = UrlTemplate.of(from, UrlTemplate.HUB_LAYOUT, model);
    Path models = to == null ? homeModels(out) : to.toAbsolutePath().normalize();
    out.printf(
        Locale.ROOT,
        "%s: %s, %s, revision %s%nfrom %s%nto   %s%n",
        model,
        descriptor.licence(),
        ModelDescriptor.size(files).map(Sizes::text).orElse("unknown size"),
        descriptor.isPinned()
            ? descriptor.shortRevision()
            : descriptor.revision() + " (not pinned to a commit)",
        location,
        models.resolve(model));
    out.flush();
    new ModelFetch(model, descriptor, files, location, models, Downloads.of(spec), out).run();
    NextStep.lines(model, Variant.toConfigure(files), to == null).forEach(out::println);
  }

  private List<ModelDescriptor.File> wanted(String model, ModelDescriptor descriptor) {
    List<ModelDescriptor.File> files = variant.of(descriptor);
    if (files.stream().noneMatch(ModelDescriptor.File::isGraph)) {
      throw new ParameterException(
          spec.commandLine(),
          model
              + " has no ONNX file for --variant "
              + variant.name().toLowerCase(Locale.ROOT)
              + " for this machine ("
              + String.join(", ", variant.names(descriptor))
              + "); available: "
              + descriptor.variants());
    }
    return files;
  }

  /**
   * Created like in scripts/solr.sh, because a directory with only models would not be a Solr home
   * directory.
   */
  private static Path homeModels(PrintWriter out) throws IOException {
    ProjectFiles project = ProjectFiles.locate();
    SolrHome home = new SolrHome(project.root().resolve("solr-home"));
    if (!home.exists()) {
      home.create(project);
      out.println("Created the Solr home directory " + home.path());
    }
    return Files.createDirectories(home.models());
  }
}
