// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr;

import com.carrotsearch.randomizedtesting.ThreadFilter;
import com.carrotsearch.randomizedtesting.annotations.ThreadLeakFilters;
import io.crossencoder.solr.parameters.RerankParameter;
import java.io.FileInputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.apache.lucene.tests.util.QuickPatchThreadsFilter;
import org.apache.solr.SolrIgnoredThreadsFilter;
import org.apache.solr.client.solrj.SolrServerException;
import org.apache.solr.client.solrj.response.QueryResponse;
import org.apache.solr.common.SolrException;
import org.junit.Test;

/** No parameter of a request becomes a path, a class name, a URL or a property. */
@ThreadLeakFilters(
    defaultFilters = true,
    filters = {
      SolrIgnoredThreadsFilter.class,
      QuickPatchThreadsFilter.class,
      HostileParametersTest.FlightRecorder.class
    })
public class HostileParametersTest extends FilmsTestCase {

  /** The thread of the JDK's recorder continues to run. */
  public static final class FlightRecorder implements ThreadFilter {
    @Override
    public boolean reject(Thread thread) {
      return thread.getName().startsWith("JFR ");
    }
  }

  /** An existing file, so that opening it would succeed and be recorded. */
  private static Path bait() throws Exception {
    Path bait = Path.of(createTempDir().toString()).resolve("bait.txt");
    Files.writeString(bait, "title");
    return bait;
  }

  private static List<String> hostile(Path bait, int port) {
    return List.of(
        "../../../../../../../../../.." + bait,
        bait.toString(),
        bait.toUri().toString(),
        "http://127.0.0.1:" + port + "/model.onnx",
        "jar:http://127.0.0.1:" + port + "/x.jar!/",
        "//127.0.0.1:" + port + "/share",
        "java.lang.Runtime",
        "java.lang.Runtime.exec('true')",
        "${java.home}",
        "${jndi:ldap://127.0.0.1:" + port + "/x}",
        "$(touch " + bait + ".touched)",
        "\u0000",
        "\r\nX-Injected: 1",
        "' OR '1'='1",
        "{!xmlparser v='<!DOCTYPE a SYSTEM \"" + bait.toUri() + "\"><a></a>'}");
  }

  @Test
  public void everyParameterWithEveryHostileValueOpensNothing() throws Exception {
    Path bait = bait();
    Path recorded = bait.resolveSibling("events.jfr");
    int statuses = 0;
    try (ServerSocket trap = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Recording recording = new Recording()) {
      recording.enable("jdk.FileRead").withThreshold(Duration.ZERO).withStackTrace();
      recording.start();
      for (String value : hostile(bait, trap.getLocalPort())) {
        for (String parameter : new TreeSet<>(RerankParameter.KEYS)) {
          statuses += ask("rq", "{!crossencoder " + parameter + "=$x}", "x", value);
          statuses += ask("fl", "id,x:[crossencoder " + parameter + "=$x]", "x", value);
          statuses += ask("sort", "crossencoder($x,'" + parameter + "=1') desc", "x", value);
        }
      }
      // Shows that reading the file is recorded.
      try (FileInputStream control = new FileInputStream(bait.toFile())) {
        assertEquals('t', control.read());
      }
      recording.stop();
      recording.dump(recorded);
      trap.setSoTimeout(1);
      assertThrows(SocketTimeoutException.class, trap::accept);
    }
    assertTrue(statuses > 0);
    assertEquals("only the control has read the bait", 1, reads(recorded, bait));
    assertFalse(Files.exists(Path.of(bait + ".touched")));
  }

  /** HTTP 200 or 400. */
  private static int ask(String... params) throws Exception {
    List<String> all = new ArrayList<>(List.of("q", "war", "rows", "3"));
    all.addAll(List.of(params));
    try {
      return select(all.toArray(String[]::new)).getStatus() + 1;
    } catch (SolrException e) {
      assertEquals(e.getMessage(), 400, e.code());
    } catch (SolrServerException e) {
      throw new AssertionError(String.join(" ", params), e);
    }
    return 1;
  }

  private static int reads(Path recorded, Path bait) throws Exception {
    int reads = 0;
    for (RecordedEvent event : RecordingFile.readAllEvents(recorded)) {
      if (event.getEventType().getName().equals("jdk.FileRead")
          && bait.toString().equals(event.getString("path"))) {
        reads++;
      }
    }
    return reads;
  }

  @Test
  public void ofATextThatIsTooLongTheBeginningCounts() throws Exception {
    String longest = "war ".repeat(2_500);
    String rq = "{!crossencoder query=$x cache=false}";
    QueryResponse cut = select("q", "war", "rq", rq, "x", longest + "love ".repeat(500_000));
    assertEquals(ids(select("q", "war", "rq", rq, "x", longest)), ids(cut));
    assertEquals(section(cut).get("candidates"), section(cut).get("truncated"));
  }

  @Test
  public void aLongValueIsNotRepeatedWhole() {
    for (String parameter : RerankParameter.KEYS) {
      if (!parameter.equals("query")) {
        String rq = "{!crossencoder " + parameter + "=$x}";
        String message = badRequest("q", "war", "rq", rq, "x", "z".repeat(100_000));
        assertTrue(message, message.length() < 500);
      }
    }
    String sort = badRequest("q", "war", "rq", "{!crossencoder}", "sort", "z".repeat(100_000));
    assertTrue(sort, sort.length() < 500);
  }

  @Test
  public void aFormulaThatIsTooLongIsRefusedAndADeepOneIsNot() throws Exception {
    String deep = "(".repeat(450) + "ce" + ")".repeat(450);
    select("q", "war", "rq", "{!crossencoder blend=$x}", "x", deep);
    String message =
        badRequest("q", "war", "rq", "{!crossencoder blend=$x}", "x", "(".repeat(100_000));
    assertTrue(message, message.contains("blend=") && message.contains("at most 1000"));
  }
}
