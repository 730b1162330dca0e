// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.metrics;

import io.crossencoder.metrics.Metric;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import javax.management.Attribute;
import javax.management.AttributeList;
import javax.management.AttributeNotFoundException;
import javax.management.DynamicMBean;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanInfo;

/**
 * Metrics as attributes of an MBean: {@code requests_total.complete}, {@code rerank_seconds.p99}.
 */
final class MetricBean implements DynamicMBean {

  private final Map<String, Supplier<?>> values = new LinkedHashMap<>();
  private final MBeanInfo info;

  MetricBean(List<Metric> metrics) {
    List<MBeanAttributeInfo> attributes = new ArrayList<>();
    for (Metric metric : metrics) {
      String outcome = metric.labels().get("outcome");
      String name = metric.name() + (outcome == null ? "" : "." + outcome);
      if (MetricValues.of(metric) instanceof Map<?, ?> parts) {
        for (Object part : parts.keySet()) {
          add(attributes, metric, name + "." + part, () -> part(metric, part));
        }
      } else {
        add(attributes, metric, name, metric.value());
      }
    }
    info =
        new MBeanInfo(
            MetricBean.class.getName(),
            "Metrics of crossencoder",
            attributes.toArray(MBeanAttributeInfo[]::new),
            null,
            null,
            null);
  }

  private static Object part(Metric metric, Object part) {
    return ((Map<?, ?>) MetricValues.of(metric)).get(part);
  }

  private void add(
      List<MBeanAttributeInfo> attributes, Metric metric, String name, Supplier<?> value) {
    values.put(name, value);
    String type = value.get().getClass().getName();
    attributes.add(new MBeanAttributeInfo(name, type, metric.help(), true, false, false));
  }

  @Override
  public Object getAttribute(String name) throws AttributeNotFoundException {
    Supplier<?> value = values.get(name);
    if (value == null) {
      throw new AttributeNotFoundException(name);
    }
    return value.get();
  }

  @Override
  public AttributeList getAttributes(String[] names) {
    AttributeList list = new AttributeList();
    for (String name : names) {
      if (values.containsKey(name)) {
        list.add(new Attribute(name, values.get(name).get()));
      }
    }
    return list;
  }

  @Override
  public void setAttribute(Attribute attribute) throws AttributeNotFoundException {
    throw new AttributeNotFoundException(attribute.getName() + " cannot be set");
  }

  @Override
  public AttributeList setAttributes(AttributeList attributes) {
    return new AttributeList();
  }

  @Override
  public Object invoke(String action, Object[] params, String[] signature) {
    throw new UnsupportedOperationException(action);
  }

  @Override
  public MBeanInfo getMBeanInfo() {
    return info;
  }
}
