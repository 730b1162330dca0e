// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr;

import static org.junit.Assume.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.solr.client.solrj.response.QueryResponse;
import org.apache.solr.common.SolrInputDocument;
import org.apache.solr.common.util.JavaBinCodec;
import org.apache.solr.handler.component.ResponseBuilder;
import org.junit.BeforeClass;
import org.junit.Test;

/** The network traffic for long documents. Slow, so only with {@code -Dcloud.long}. */
public class CloudBytesTest extends CloudTestCase {

  private static final int DOCUMENTS = 450;
  private static final int CHARACTERS = 385_000;
  private static final String SENT = "crossEncoderEvidence";

  @BeforeClass
  public static void index() throws Exception {
    assumeTrue("-Dcloud.long", Boolean.getBoolean("cloud.long"));
    Random random = new Random(1);
    collection(FILMS, 3, 1, "ExactStatsCache", List.of(document(0, random)));
    List<SolrInputDocument> batch = new ArrayList<>();
    for (int i = 1; i < DOCUMENTS; i++) {
      batch.add(document(i, random));
      if (batch.size() == 30 || i == DOCUMENTS - 1) {
        add(FILMS, batch);
        batch.clear();
      }
    }
  }

  private static SolrInputDocument document(int number, Random random) {
    StringBuilder text = new StringBuilder("the zyzzyva ");
    while (text.length() < CHARACTERS) {
      text.append(Integer.toString(random.nextInt(36 * 36 * 36 * 36), 36)).append(' ');
    }
    return new SolrInputDocument(
        "id", "" + number, "title", "Z", "overview", text.substring(0, CHARACTERS));
  }

  private static long size(ResponseBuilder builder) throws IOException {
    Object sent = builder.rsp.getValues().get(SENT);
    try (JavaBinCodec codec = new JavaBinCodec()) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      codec.marshal(sent, bytes);
      return sent == null ? 0 : bytes.size();
    }
  }

  @Test
  public void shardsSendNoMoreThanTheModelReads() throws Exception {
    AtomicLong sent = new AtomicLong();
    for (String mode : List.of("passage=head", "passage=maxp maxWindows=3")) {
      ShardHook.step = builder -> sent.addAndGet(size(builder));
      sent.set(0);
      long start = System.nanoTime();
      QueryResponse page =
          select(
              FILMS,
              "q",
              "zyzzyva",
              "rows",
              "10",
              "fl",
              "id,score",
              "rq",
              "{!crossencoder reRankScope=global reRankDocs=450 " + mode + "}");
      System.out.printf(
          Locale.ROOT,
          "%s: %,d bytes from the shards of %d documents of %,d characters, %,d ms%n",
          mode,
          sent.get(),
          DOCUMENTS,
          CHARACTERS,
          (System.nanoTime() - start) / 1_000_000);
      assertEquals(10, page.getResults().size());
      assertTrue(sent.get() > 0);
      assertTrue("" + sent, sent.get() < 30_000L * DOCUMENTS);
    }
  }
}
