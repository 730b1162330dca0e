// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr;

import io.crossencoder.solr.metrics.NodeMetrics;
import io.crossencoder.solr.metrics.RerankOutcome;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.management.MBeanServer;
import javax.management.MBeanServerDelegate;
import javax.management.MBeanServerNotification;
import javax.management.NotificationListener;
import javax.management.ObjectName;
import org.apache.solr.core.CoreContainer;
import org.apache.solr.core.SolrCore;
import org.junit.Test;

/** The metrics in JMX, which are removed with their models and cores. */
public final class JmxTest extends MetricsTestCase {

  private static final MBeanServer beans = ManagementFactory.getPlatformMBeanServer();

  @Test
  public void jmxShowsTheSame() throws Exception {
    rerank("reRankDocs=5");
    ObjectName core = bean("type=core,core=\"tmdb\",model=\"tmdb-starter\"");
    ObjectName model = bean("type=model,model=\"tmdb-starter\"");
    assertEquals(outcomes("complete"), beans.getAttribute(core, "requests_total.complete"));
    assertEquals(
        count(MODEL + "pairs_scored_total"), beans.getAttribute(model, "pairs_scored_total"));
    assertEquals(
        count(MODEL + "inference_seconds:count"),
        beans.getAttribute(model, "inference_seconds.count"));
    assertEquals(
        count(NODE + "workers"),
        ((Number) beans.getAttribute(bean("type=node"), "workers")).longValue());
    assertEquals(
        beans.getMBeanInfo(model).getAttributes().length,
        beans
            .getAttributes(
                model,
                java.util.Arrays.stream(beans.getMBeanInfo(model).getAttributes())
                    .map(javax.management.MBeanAttributeInfo::getName)
                    .toArray(String[]::new))
            .size());
  }

  @Test
  public void percentilesAreInOrder() throws Exception {
    rerank("reRankDocs=20");
    double last = 0;
    for (String percentile : new String[] {"p50", "p95", "p99", "max"}) {
      ObjectName model = bean("type=model,model=\"tmdb-starter\"");
      double value = (Double) beans.getAttribute(model, "inference_seconds." + percentile);
      assertTrue(percentile + " " + value, value >= last && value > 0);
      last = value;
    }
  }

  @Test
  public void whatOutlivesItsNodeIsShownNowhere() throws Exception {
    NodeMetrics metrics;
    CoreContainer other = new CoreContainer(home("tmdb"), new java.util.Properties());
    other.load();
    try (SolrCore core = other.getCore("tmdb")) {
      metrics = NodeMetrics.of(other);
      other.shutdown();
      metrics.of(core, "tmdb-starter").ended(RerankOutcome.COMPLETE);
    }
    assertEquals(List.of(), metrics.all());
    String home = ObjectName.quote(other.getResourceLoader().getInstancePath().toString());
    assertEquals(
        Set.of(), beans.queryNames(new ObjectName("io.crossencoder:home=" + home + ",*"), null));
  }

  private static ObjectName bean(String keys) throws Exception {
    return bean(solr.getCoreContainer(), keys);
  }

  private static ObjectName bean(CoreContainer node, String keys) throws Exception {
    return new ObjectName(
        "io.crossencoder:"
            + keys
            + ",home="
            + ObjectName.quote(node.getResourceLoader().getInstancePath().toString()));
  }

  @Test
  public void aSecondNodeOfThisJvmHasMetricsOfItsOwnUntilItEnds() throws Exception {
    rerank("reRankDocs=5");
    CoreContainer other = new CoreContainer(home("tmdb"), new java.util.Properties());
    other.load();
    ObjectName model = bean(other, "type=model,model=\"tmdb-starter\"");
    try (SolrCore core = other.getCore("tmdb")) {
      NodeMetrics.of(other).of(core, "tmdb-starter").ended(RerankOutcome.COMPLETE);
      ObjectName name = bean(other, "type=core,core=\"tmdb\",model=\"tmdb-starter\"");
      assertEquals(1L, beans.getAttribute(name, "requests_total.complete"));
      assertEquals(0L, beans.getAttribute(model, "pairs_scored_total"));
    } finally {
      other.shutdown();
    }
    String home = ObjectName.quote(other.getResourceLoader().getInstancePath().toString());
    assertEquals(
        Set.of(), beans.queryNames(new ObjectName("io.crossencoder:home=" + home + ",*"), null));
    assertTrue(beans.isRegistered(bean("type=node")));
  }

  @Test
  public void anUnloadedCoreLeavesNothingBehind() throws Exception {
    CoreContainer other = new CoreContainer(home("tmdb", "second"), new java.util.Properties());
    other.load();
    try {
      try (SolrCore core = other.getCore("second")) {
        NodeMetrics.of(other).of(core, "tmdb-starter").ended(RerankOutcome.COMPLETE);
      }
      ObjectName name = bean(other, "type=core,core=\"second\",model=\"tmdb-starter\"");
      assertTrue(beans.isRegistered(name));
      other.reload("second");
      assertTrue(beans.isRegistered(name));
      try (SolrCore core = other.getCore("second")) {
        // A searcher that is being opened would write to the removed registry.
        core.withSearcher(searcher -> searcher);
      }
      other.unload("second");
      assertFalse(beans.isRegistered(name));
      // Solr itself can create the registry anew, if it registers a metric late.
      assertEquals(Set.of(), MetricsTestCase.names(other, "solr.core.second", "CROSSENCODER"));
      assertTrue(
          NodeMetrics.of(other).all().stream()
              .noneMatch(metric -> metric.labels().containsKey("core")));
      assertTrue(
          "the model is still used by the other core",
          beans.isRegistered(bean(other, "type=model,model=\"tmdb-starter\"")));
      other.unload("tmdb");
      assertEquals(
          Set.of(), MetricsTestCase.names(other, "solr.node", "CROSSENCODER.tmdb-starter"));
    } finally {
      other.shutdown();
    }
  }

  @Test(timeout = 300_000)
  public void aNodeThatEndsAndACoreThatBeginsDoNotWaitForEachOther() throws Exception {
    CoreContainer other = new CoreContainer(home("tmdb"), new java.util.Properties());
    other.load();
    NodeMetrics metrics = NodeMetrics.of(other);
    CountDownLatch ending = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    ObjectName home = bean(other, "type=node");
    // Blocks the shutdown after it has removed the metrics of the node.
    NotificationListener listener =
        (notification, handback) -> {
          if (notification instanceof MBeanServerNotification about
              && about.getType().equals(MBeanServerNotification.UNREGISTRATION_NOTIFICATION)
              && about.getMBeanName().equals(home)) {
            ending.countDown();
            await(goOn);
          }
        };
    beans.addNotificationListener(MBeanServerDelegate.DELEGATE_NAME, listener, null, null);
    try (SolrCore core = other.getCore("tmdb")) {
      Thread end = new Thread(metrics::close);
      end.start();
      await(ending);
      Thread begin = new Thread(() -> metrics.of(core, "new").ended(RerankOutcome.COMPLETE));
      begin.start();
      while (begin.isAlive() && begin.getState() != Thread.State.BLOCKED) {
        Thread.onSpinWait();
      }
      goOn.countDown();
      begin.join();
      end.join();
    } finally {
      beans.removeNotificationListener(MBeanServerDelegate.DELEGATE_NAME, listener);
      other.shutdown();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertTrue(latch.await(5, TimeUnit.MINUTES));
    } catch (InterruptedException e) {
      throw new AssertionError("nobody interrupts a test", e);
    }
  }
}
