// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.metrics;

import java.util.List;

/**
 * Is told which figures there are, as models come and go. It is told while a model is being loaded
 * or unloaded, which others wait for: it must neither throw nor wait, nor open or close a model.
 */
public interface FigureListener {

  /** Tells nobody. */
  FigureListener NONE =
      new FigureListener() {
        @Override
        public void added(List<Figure> figures) {}

        @Override
        public void removed(List<Figure> figures) {}
      };

  /**
   * There are figures that were not there before.
   *
   * @param figures those of the node, once, or those of all models of one name; unmodifiable
   */
  void added(List<Figure> figures);

  /**
   * The last model of a name is gone, and its figures are.
   *
   * @param figures the very list that was added
   */
  void removed(List<Figure> figures);
}
