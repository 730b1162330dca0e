// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.status;

import io.crossencoder.engine.ModelRegistry;
import io.crossencoder.model.CrossEncoder;
import io.crossencoder.solr.metrics.NodeMetrics;
import io.crossencoder.solr.models.NodeRegistry;
import io.crossencoder.solr.options.Option;
import io.crossencoder.solr.options.ParameterValues;
import io.crossencoder.solr.options.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.SolrException.ErrorCode;
import org.apache.solr.common.params.CommonParams;
import org.apache.solr.common.params.MapSolrParams;
import org.apache.solr.common.params.SolrParams;
import org.apache.solr.common.util.ContentStreamBase;
import org.apache.solr.core.CoreContainer;
import org.apache.solr.handler.RequestHandlerBase;
import org.apache.solr.request.SolrQueryRequest;
import org.apache.solr.response.RawResponseWriter;
import org.apache.solr.response.SolrQueryResponse;
import org.apache.solr.security.AuthorizationContext;

/** Returns the status of a node: versions, models, metrics, failures, and a self-test. */
public abstract class StatusHandler extends RequestHandlerBase {

  private static final String PROMETHEUS = "prometheus";
  private static final String RAW = "raw";

  private static final Option<Boolean> SELF_TEST =
      new Option<>(
          "selftest",
          Values.FLAG,
          false,
          "Score the pairs in each model's `probe.json`. If a model fails, the status is HTTP 503.");

  private static final Option<String> FORM =
      Option.open(
          CommonParams.WT,
          Values.text("`" + PROMETHEUS + "`, and the formats of Solr"),
          "Solr's",
          "`" + PROMETHEUS + "`: only the metrics, in the Prometheus text format.");

  /** The parameters of a request. */
  public static final List<Option<?>> OPTIONS = List.of(SELF_TEST, FORM);

  /** Called by the class that {@code solrconfig.xml} declares. */
  protected StatusHandler() {}

  @Override
  public void handleRequestBody(SolrQueryRequest req, SolrQueryResponse rsp) {
    CoreContainer node = req.getCoreContainer();
    NodeMetrics metrics = NodeMetrics.of(node);
    rsp.setHttpCaching(false);
    boolean prometheus = FORM.in(req.getParams()).filter(PROMETHEUS::equals).isPresent();
    if (prometheus) {
      // Set first, because Solr's writer of this name cannot write error responses.
      Map<String, String> raw = Map.of(CommonParams.WT, RAW);
      req.setParams(SolrParams.wrapDefaults(new MapSolrParams(raw), req.getParams()));
    }
    boolean selfTest = SELF_TEST.of(req.getParams());
    if (prometheus) {
      if (selfTest) {
        throw ParameterValues.bad(SELF_TEST.key(), "true", "not together with wt=" + PROMETHEUS);
      }
      rsp.add(
          RawResponseWriter.CONTENT,
          new ContentStreamBase.StringStream(
              PrometheusText.of(metrics.all()), PrometheusText.CONTENT_TYPE));
      return;
    }
    ModelRegistry registry = NodeRegistry.of(node);
    rsp.add("versions", NodeStatus.versions());
    rsp.add("models", NodeStatus.models(registry, registry.workers()));
    rsp.add("metrics", NodeStatus.metrics(metrics.all()));
    rsp.add("failures", NodeStatus.failures(metrics.failures()));
    if (selfTest) {
      selfTest(registry, rsp);
    }
  }

  private static void selfTest(ModelRegistry registry, SolrQueryResponse rsp) {
    List<SelfTest> tests = new ArrayList<>();
    List<CrossEncoder> models = registry.openUncached();
    try {
      models.forEach(model -> tests.add(SelfTest.of(model)));
    } finally {
      models.forEach(CrossEncoder::close);
    }
    rsp.add(SELF_TEST.key(), tests.stream().map(NodeStatus::selfTest).toList());
    List<String> failed = tests.stream().filter(SelfTest::failed).map(SelfTest::model).toList();
    if (!failed.isEmpty()) {
      throw new SolrException(
          ErrorCode.SERVICE_UNAVAILABLE, "crossencoder: the self-test failed for " + failed);
    }
  }

  @Override
  public Name getPermissionName(AuthorizationContext request) {
    return Name.METRICS_READ_PERM;
  }

  @Override
  public String getDescription() {
    return "Status of the cross-encoder models of this node";
  }
}
