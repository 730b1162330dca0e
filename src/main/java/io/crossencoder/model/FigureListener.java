// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.model;

import java.util.List;

/** Is told which figures there are, as models and those who use them come and go. */
public interface FigureListener {

  /** Tells nobody. */
  FigureListener NONE =
      new FigureListener() {
        @Override
        public void added(List<Figure> figures) {}

        @Override
        public void removed(List<Figure> figures) {}
      };

  /** There are these now. Must not throw. */
  void added(List<Figure> figures);

  /** The same list is gone. Must not throw. */
  void removed(List<Figure> figures);
}
