// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr;

import io.crossencoder.solr.HttpSolr.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Clients that search continuously and check every response. */
final class Clients implements AutoCloseable {

  private final List<Thread> threads = new ArrayList<>();
  private final ConcurrentLinkedQueue<String> wrong = new ConcurrentLinkedQueue<>();
  private final AtomicInteger answered = new AtomicInteger();

  /** Shared by all clients of this JVM, so that no request is repeated. */
  private static final AtomicInteger asked = new AtomicInteger();

  private volatile boolean stopped;

  private Clients() {}

  /** Each client repeats a request and must always receive the same complete page. */
  static Clients start(int count, HttpSolr solr, Supplier<String> core) {
    Clients clients = new Clients();
    Answer expected = search(solr, core.get(), asked.incrementAndGet());
    for (int i = 0; i < count; i++) {
      Thread thread = new Thread(() -> clients.search(solr, core, expected), "client-" + i);
      thread.start();
      clients.threads.add(thread);
    }
    return clients;
  }

  private void search(HttpSolr solr, Supplier<String> core, Answer expected) {
    while (!stopped) {
      answered.incrementAndGet();
      int number = asked.incrementAndGet();
      try {
        Answer answer = search(solr, core.get(), number);
        if (answer.status() != 200
            || !answer.section("outcome").equals("complete")
            || !answer.section("scored").equals(expected.section("candidates"))
            || !answer.ids().equals(expected.ids())) {
          wrong.add("request " + number + ": " + answer);
        }
      } catch (RuntimeException | AssertionError e) {
        wrong.add("request " + number + ": " + e);
      }
    }
  }

  /**
   * The text is unknown to the caches: each time it has other control characters, which have no
   * effect on the model.
   */
  private static Answer search(HttpSolr solr, String core, int number) {
    String unread = "\u0001".repeat(number % 1000) + "\u0002".repeat(number / 1000);
    return solr.select(
        core,
        "q",
        "vietnam war",
        "fl",
        "id,score",
        "rows",
        "20",
        "words",
        "vietnam" + unread + " war",
        "rq",
        "{!crossencoder reRankDocs=20 query=$words}");
  }

  int answered() {
    return answered.get();
  }

  /** The failures, after the last requests of the clients. */
  List<String> stop() {
    stopped = true;
    for (Thread thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        throw new AssertionError("nobody interrupts a test", e);
      }
    }
    return List.copyOf(wrong);
  }

  @Override
  public void close() {
    stop();
  }
}
