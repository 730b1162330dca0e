// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.model;

import java.nio.file.Path;

/**
 * What one loaded model is.
 *
 * @param name what its user calls it, usually the name of its directory
 * @param directory where its files lie
 * @param onnxFile the graph that was chosen in it
 * @param maxLength tokens of a pair that the model reads, special tokens included
 * @param activation what is done to the raw output
 * @param fingerprint SHA-256, in hex, of the files and the options that decide its scores
 */
public record ModelSpec(
    String name,
    Path directory,
    Path onnxFile,
    int maxLength,
    Activation activation,
    String fingerprint) {

  /** The same under another name. */
  ModelSpec named(String other) {
    return new ModelSpec(other, directory, onnxFile, maxLength, activation, fingerprint);
  }

  /** The logit as a number from 0 to 1: its sigmoid, if it is not one already. */
  public double probability(float logit) {
    return activation == Activation.SIGMOID ? logit : 1 / (1 + Math.exp(-logit));
  }

  /** What is done to the raw output to make it the score. */
  public enum Activation {
    /** The logit itself, as the ms-marco models have it. */
    IDENTITY,
    /** 1 / (1 + e<sup>-logit</sup>), in (0, 1). */
    SIGMOID;

    float apply(float logit) {
      return this == IDENTITY ? logit : (float) (1 / (1 + Math.exp(-logit)));
    }
  }
}
