// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine;

import io.crossencoder.model.Deadline;
import java.util.AbstractList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** A list that blocks its reader until the deadline, on a machine of any speed. */
final class LateList<E> extends AbstractList<E> {

  private final List<E> elements;
  private final int inTime;
  private final Deadline late;

  /**
   * A list.
   *
   * @param inTime number of elements that are available at once
   * @param late when the others become available
   */
  LateList(List<E> elements, int inTime, Deadline late) {
    this.elements = elements;
    this.inTime = inTime;
    this.late = late;
  }

  @Override
  public E get(int index) {
    while (index >= inTime && late.remainingNanos() > 0) {
      LockSupport.parkNanos(late.remainingNanos());
    }
    return elements.get(index);
  }

  @Override
  public int size() {
    return elements.size();
  }
}
