// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.fetch;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.Test;

/** A model without a descriptor, by its name on the Hub. */
public final class FetchByNameTest extends FetchByNameTestCase {

  @Test
  public void aPlainModelIsFetchedAndTheCommandSaysHowSureItIs() throws IOException {
    serve();
    assertFetched("config.json", "onnx/model.onnx", "source.json", "tokenizer.json");
    Provenance record = Provenance.read(model).get();
    assertEquals(TestRepository.COMMIT, record.revision());
    assertEquals("apache-2.0", record.licence());
    assertTrue(out, out.contains("apache-2.0, 5.1 MB, revision 89abcdef"));
    assertTrue(
        out, out.contains("3 files, compared with the published hashes: 1 by SHA-256, 2 by"));
    assertTrue(out, out.contains("an irrelevant one"));
    assertTrue(out, out.contains("the right order."));
    assertTrue(out, out.contains("rq={!crossencoder model=starter"));
  }

  @Test
  public void weightsBesideTheGraphAndSettingsComeWithIt() throws IOException {
    Files.writeString(published.resolve("onnx/model.onnx_data"), "weights");
    Files.writeString(published.resolve("onnx/model.onnxruntime.txt"), "something else");
    Files.writeString(published.resolve("tokenizer_config.json"), "{\"model_max_length\": 128}");
    serve();
    assertFetched(
        "config.json",
        "onnx/model.onnx",
        "onnx/model.onnx_data",
        "source.json",
        "tokenizer.json",
        "tokenizer_config.json");
  }

  @Test
  public void aGraphBesideTheConfigIsFound() throws IOException {
    Files.move(published.resolve("onnx/model.onnx"), published.resolve("model.onnx"));
    serve();
    assertFetched("config.json", "model.onnx", "source.json", "tokenizer.json");
  }

  @Test
  public void theGraphForThisCpuIsChosenBeforeTheOneForAll() throws IOException {
    Path graph = published.resolve("onnx/model.onnx");
    String own = "onnx/model_quint8_" + ProbeCheck.processor() + ".onnx";
    Files.copy(graph, published.resolve("onnx/model_quantized.onnx"));
    serve();
    assertEquals(err, 0, fetch(NAME, "--variant=int8"));
    assertTrue(files().toString(), files().contains("onnx/model_quantized.onnx"));
    assertTrue(out, out.contains("<str name=\"file\">onnx/model_quantized.onnx</str>"));

    Files.copy(graph, published.resolve(own));
    serve();
    assertEquals(err, 0, fetch(NAME, "--variant=auto"));
    assertTrue(files().toString(), files().containsAll(List.of(own, "onnx/model.onnx")));
    assertTrue(out, out.contains("<str name=\"file\">auto</str>"));
  }

  @Test
  public void anyGraphCanBeNamed() throws IOException {
    Files.move(published.resolve("onnx/model.onnx"), published.resolve("onnx/model_fp16.onnx"));
    serve();
    assertFails("has no onnx/model.onnx; select one with --file: onnx/model_fp16.onnx");
    assertFails("has no onnx/model_O2.onnx; select one with --file", "--file=onnx/model_O2.onnx");
    assertEquals(err, 0, fetch(NAME, "--file=onnx/model_fp16.onnx"));
    assertTrue(files().toString(), files().contains("onnx/model_fp16.onnx"));
    assertTrue(out, out.contains("<str name=\"file\">onnx/model_fp16.onnx</str>"));
  }

  @Test
  public void whatBrokeOffGoesOnWhereItStopped() throws IOException {
    serve();
    byte[] graph = Files.readAllBytes(published.resolve("onnx/model.onnx"));
    String cdn = hubPathOfGraph();
    hub.first(cdn, TestHub.cutAfter(100_000, graph, "\"graph\""), TestHub.status(404));
    assertFails("not found (404)");
    hub.asked().clear();
    hub.reply(cdn, exchange -> partOf(exchange, graph));
    assertEquals(err, 0, fetch(NAME));
    assertTrue(
        hub.asked().toString(),
        hub.asked().stream().anyMatch(request -> request.contains(cdn + " Range: bytes=100000-")));
    assertArrayEquals(graph, Files.readAllBytes(model.resolve("onnx/model.onnx")));
    hub.asked().clear();
    assertEquals(err, 0, fetch(NAME));
    assertTrue(out, out.contains("Nothing to download"));
    assertEquals(List.of(), hub.asked().stream().filter(each -> each.contains("/cdn/")).toList());
  }

  private String hubPathOfGraph() throws IOException {
    return "/cdn/" + ModelFetchTestCase.file("onnx/model.onnx", "fp32").sha256();
  }

  private static void partOf(HttpExchange exchange, byte[] content) throws IOException {
    int from = 100_000;
    exchange
        .getResponseHeaders()
        .set(
            "Content-Range",
            String.format(Locale.ROOT, "bytes %d-%d/%d", from, content.length - 1, content.length));
    exchange.sendResponseHeaders(206, content.length - from);
    exchange.getResponseBody().write(content, from, content.length - from);
  }

  @Test
  public void aSmallFileWithAnotherGitHashIsRefused() throws IOException {
    serve();
    String config = Files.readString(published.resolve("config.json"));
    hub.put(
        "/" + NAME + "/resolve/" + TestRepository.COMMIT + "/config.json",
        config.replace(": 2", ": 3").getBytes(StandardCharsets.UTF_8));
    assertFails("config.json has the Git hash ");
  }

  @Test
  public void aGraphWithAnotherHashThanTheListSaysIsRefused() throws IOException {
    serve();
    byte[] graph = Files.readAllBytes(published.resolve("onnx/model.onnx"));
    graph[graph.length / 2] ^= 1;
    hub.put(hubPathOfGraph(), graph);
    assertFails("onnx/model.onnx has the SHA-256 ");
  }
}
