// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.runner.Description;
import org.junit.runner.JUnitCore;
import org.junit.runner.Result;
import org.junit.runner.notification.Failure;
import org.junit.runner.notification.RunListener;

/**
 * Runs test classes one after the other and writes a line per class to the file in the first
 * argument, for a class path that Maven cannot build. Exits with 1 if one failed.
 */
public final class RunTests {

  private RunTests() {}

  /** Names of skipped tests, including whole classes. */
  private static final class Skipped extends RunListener {
    private final Set<String> tests = new LinkedHashSet<>();

    @Override
    public void testAssumptionFailure(Failure failure) {
      tests.add(failure.getDescription().getDisplayName());
    }

    @Override
    public void testIgnored(Description description) {
      tests.add(description.getDisplayName());
    }
  }

  public static void main(String[] fileAndClasses) throws Exception {
    String[] names = Arrays.copyOfRange(fileAndClasses, 1, fileAndClasses.length);
    try (PrintStream out = new PrintStream(fileAndClasses[0], StandardCharsets.UTF_8)) {
      System.exit(run(names, out) ? 0 : 1);
    }
  }

  private static boolean run(String[] names, PrintStream out) throws ClassNotFoundException {
    List<Failure> failures = new ArrayList<>();
    int tests = 0;
    int skipped = 0;
    for (String name : names) {
      JUnitCore junit = new JUnitCore();
      Skipped skips = new Skipped();
      junit.addListener(skips);
      Result result = junit.run(Class.forName(name));
      tests += result.getRunCount();
      skipped += skips.tests.size();
      failures.addAll(result.getFailures());
      out.printf(
          "%-60s %3d tests, %d failed, %d skipped, %.1f s%n",
          name,
          result.getRunCount(),
          result.getFailureCount(),
          skips.tests.size(),
          result.getRunTime() / 1000.0);
    }
    for (Failure failure : failures) {
      out.println("FAILED " + failure.getTestHeader());
      out.println(failure.getTrace());
    }
    out.printf(
        "%d test classes, %d tests, %d failed, %d skipped%n",
        names.length, tests, failures.size(), skipped);
    return failures.isEmpty();
  }
}
