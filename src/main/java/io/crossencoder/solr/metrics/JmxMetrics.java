// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.metrics;

import io.crossencoder.metrics.Metric;
import java.lang.invoke.MethodHandles;
import java.lang.management.ManagementFactory;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes metrics in the platform's MBean server: {@code io.crossencoder:type=node}, {@code
 * type=model} and {@code type=core}. The key {@code home} is the Solr home directory, because a JVM
 * can run several nodes. Thread-safe.
 */
final class JmxMetrics {

  private static final Logger log = LoggerFactory.getLogger(MethodHandles.lookup().lookupClass());

  private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
  private final IdentityHashMap<List<Metric>, ObjectName> names = new IdentityHashMap<>();
  private final String home;

  /** The metrics of the node with this home directory. */
  JmxMetrics(String home) {
    this.home = home;
  }

  synchronized void add(List<Metric> metrics) {
    try {
      ObjectName name = name(metrics.get(0).labels());
      server.registerMBean(new MetricBean(metrics), name);
      names.put(metrics, name);
    } catch (JMException | SecurityException e) {
      log.warn("cannot publish some metrics in JMX", e);
    }
  }

  synchronized void remove(List<Metric> metrics) {
    ObjectName name = names.remove(metrics);
    try {
      if (name != null) {
        server.unregisterMBean(name);
      }
    } catch (JMException | SecurityException e) {
      log.warn("cannot remove {} from JMX", name, e);
    }
  }

  private ObjectName name(Map<String, String> labels) throws JMException {
    String core = labels.get("core");
    String model = labels.get("model");
    StringBuilder name = new StringBuilder("io.crossencoder:type=");
    name.append(core != null ? "core" : model != null ? "model" : "node");
    name.append(",home=").append(ObjectName.quote(home));
    if (core != null) {
      name.append(",core=").append(ObjectName.quote(core));
    }
    if (model != null) {
      name.append(",model=").append(ObjectName.quote(model));
    }
    return new ObjectName(name.toString());
  }
}
