package io.crossencoder.solr;
import java.util.*;
import org.apache.solr.core.CoreContainer;
import org.apache.solr.client.solrj.response.QueryResponse;
import org.apache.solr.common.util.NamedList;
abstract class MetricsTestCase extends FilmsTestCase {
  static final String CORE = "";static final String NODE = "";static final String MODEL = "";
  static int asked; String fresh = "a";
  static Set<String> names(CoreContainer node, String registry, String prefix) { return Set.of(); }
  static Object metric(String k) { return null; }
  static NamedList<Object> metrics(String... p) { return null; }
  static long count(String k) { return 0; }
  static long outcomes(String k) { return 0; }
  QueryResponse rerank(String rq) throws Exception { return select("q", "war", "rq", "{!crossencoder " + rq + "}" + fresh); }
}
