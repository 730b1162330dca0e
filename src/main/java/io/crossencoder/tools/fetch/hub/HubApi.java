// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.fetch.hub;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.crossencoder.tools.common.CommandException;
import io.crossencoder.tools.fetch.download.Download;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Lists the files of a repository with the API of the Hub, or of a directory. */
public final class HubApi {
  private static final JsonMapper MAPPER = new JsonMapper();

  /** Each page has a thousand files. */
  private static final int MOST_PAGES = 20;

  private final Download download;
  private final Path scratch;

  /**
   * An API client.
   *
   * @param scratch directory for the responses
   */
  public HubApi(Download download, Path scratch) {
    this.download = download;
    this.scratch = scratch;
  }

  /**
   * The repository at the current commit of a revision.
   *
   * @param base base URL of the Hub, without a slash at the end
   * @throws CommandException if the repository is not found, or the responses are not from a Hub
   */
  public Repository read(String base, String name, String revision) throws IOException {
    String api = base + "/api/models/" + name;
    JsonNode info = json(URI.create(api + "/revision/" + revision)).body();
    String commit = info.path("sha").asText();
    if (!commit.matches("[0-9a-f]{40}")) {
      throw new CommandException(
          api
              + " returns no commit (sha); --from must have the API of the Hub, or write a descriptor");
    }
    JsonNode card = info.path("cardData");
    return new Repository(
        name,
        commit,
        texts(card.path("license")).findFirst().orElse(Repository.NOT_STATED),
        texts(card.path("language")).toList(),
        entries(api + "/tree/" + commit + "?recursive=true"));
  }

  /** A string, or the strings of an array. */
  private static Stream<String> texts(JsonNode node) {
    List<JsonNode> nodes = new ArrayList<>();
    (node.isArray() ? node : List.of(node)).forEach(nodes::add);
    return nodes.stream().filter(JsonNode::isTextual).map(JsonNode::asText);
  }

  private List<Repository.Entry> entries(String tree) throws IOException {
    List<Repository.Entry> entries = new ArrayList<>();
    Optional<URI> page = Optional.of(URI.create(tree));
    for (int pages = 0; page.isPresent(); pages++) {
      if (pages == MOST_PAGES) {
        throw new CommandException(tree + " has more than " + MOST_PAGES + " pages");
      }
      Answer answer = json(page.get());
      for (JsonNode node : answer.body()) {
        if (node.path("type").asText().equals("file")) {
          entries.add(entry(node));
        }
      }
      // A mirror can return URLs of the Hub, so only their query parameters are used.
      page =
          answer
              .next()
              .map(next -> next.substring(next.indexOf('?') + 1))
              .map(query -> URI.create(tree.substring(0, tree.indexOf('?') + 1) + query));
    }
    return entries;
  }

  /** For a large file, the id is the hash of a pointer; its SHA-256 is stated separately. */
  private static Repository.Entry entry(JsonNode node) {
    JsonNode large = node.path("lfs");
    boolean isLarge = large.isObject();
    return new Repository.Entry(
        node.path("path").asText(),
        isLarge ? large.path("size").asLong() : node.path("size").asLong(),
        hex(large.path("oid").asText().replaceFirst("^sha256:", ""), 64),
        isLarge ? null : hex(node.path("oid").asText(), 40));
  }

  private static String hex(String text, int digits) {
    return text.matches("[0-9a-f]{" + digits + "}") ? text : null;
  }

  private record Answer(JsonNode body, Optional<String> next) {}

  private Answer json(URI uri) throws IOException {
    Path file = scratch.resolve("answer.json");
    Download.Fetched fetched =
        download.fetch(new Download.Item("list of files", uri, -1, Optional.empty()), file);
    try {
      return new Answer(MAPPER.readTree(Files.readString(file)), fetched.next());
    } catch (JsonProcessingException e) {
      throw new CommandException(
          uri + " is not the API of the Hub: " + CommandException.reason(e), e);
    }
  }

  /** The files of a directory, without hashes. */
  public static Repository ofDirectory(String name, String revision, Path directory)
      throws IOException {
    List<Repository.Entry> entries = new ArrayList<>();
    try (Stream<Path> tree = Files.walk(directory)) {
      for (Path file : (Iterable<Path>) tree.filter(Files::isRegularFile).sorted()::iterator) {
        String path = directory.relativize(file).toString().replace('\\', '/');
        entries.add(new Repository.Entry(path, null, null, null));
      }
    }
    return new Repository(name, revision, Repository.NOT_STATED, List.of(), entries);
  }
}
