// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder;

import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.management.JMException;
import javax.management.ObjectName;
import org.junit.runner.Description;
import org.junit.runner.JUnitCore;
import org.junit.runner.Result;
import org.junit.runner.notification.Failure;
import org.junit.runner.notification.RunListener;

/**
 * Runs test classes one after the other and writes a line per class to the file in the first
 * argument, for a class path that Maven cannot build. Exits with 1 if one failed. A class that does
 * not end within 10 minutes, or an exit that does not, ends the JVM with the stacks of its threads.
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

  /** Ends the JVM if a step takes too long, because JUnit alone would wait forever. */
  private static final class Watchdog implements Runnable {
    private static final long LIMIT_MINUTES = 10;

    private final PrintStream out;
    private String step;
    private long began;

    Watchdog(PrintStream out) {
      this.out = out;
    }

    synchronized void begin(String next) {
      step = next;
      began = System.nanoTime();
      notifyAll();
    }

    @Override
    public synchronized void run() {
      try {
        while (true) {
          long left = TimeUnit.MINUTES.toNanos(LIMIT_MINUTES) - (System.nanoTime() - began);
          if (left <= 0) {
            break;
          }
          TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        out.printf("FAILED %s: not ended after %d minutes%n", step, LIMIT_MINUTES);
        out.println(stacks());
      } catch (InterruptedException | JMException e) {
        e.printStackTrace(out);
      } finally {
        out.flush();
        // Without shutdown hooks: one of them may be what does not end.
        Runtime.getRuntime().halt(1);
      }
    }

    /** What jstack prints. */
    private static Object stacks() throws JMException {
      return ManagementFactory.getPlatformMBeanServer()
          .invoke(
              new ObjectName("com.sun.management:type=DiagnosticCommand"),
              "threadPrint",
              new Object[] {new String[] {"-l"}},
              new String[] {String[].class.getName()});
    }
  }

  public static void main(String[] fileAndClasses) throws Exception {
    String[] names = Arrays.copyOfRange(fileAndClasses, 1, fileAndClasses.length);
    PrintStream out = new PrintStream(fileAndClasses[0], StandardCharsets.UTF_8);
    Watchdog watchdog = new Watchdog(out);
    watchdog.begin("start");
    Thread thread = new Thread(watchdog, "watchdog");
    thread.setDaemon(true);
    thread.start();
    boolean passed = run(names, out, watchdog);
    watchdog.begin("exit");
    System.exit(passed ? 0 : 1);
  }

  private static boolean run(String[] names, PrintStream out, Watchdog watchdog)
      throws ClassNotFoundException {
    List<Failure> failures = new ArrayList<>();
    int tests = 0;
    int skipped = 0;
    for (String name : names) {
      watchdog.begin(name);
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
