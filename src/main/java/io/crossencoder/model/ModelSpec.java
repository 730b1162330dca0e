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
 * @param padId the token that fills up the shorter pairs of a batch
 * @param activation what is done to the raw output
 * @param fingerprint of what decides its scores: SHA-256, in hex, of files and options, and what
 *     computes it if that is not the CPU
 * @param execution how it was to be computed
 * @param computedBy what computes it: another provider only where {@code execution} allows it
 */
public record ModelSpec(
    String name,
    Path directory,
    Path onnxFile,
    int maxLength,
    int padId,
    Activation activation,
    String fingerprint,
    Execution execution,
    ExecutionProvider computedBy) {

  /**
   * The same, computed by another. Its scores differ in the last digits, or by more where it
   * computes in fewer bits: so they have a fingerprint of their own, and the score cache never
   * mixes them.
   *
   * @param provider what computes it
   * @return one that differs in provider and fingerprint
   */
  public ModelSpec computedBy(ExecutionProvider provider) {
    String content = fingerprint.split("-", 2)[0];
    return new ModelSpec(
        name,
        directory,
        onnxFile,
        maxLength,
        padId,
        activation,
        provider == ExecutionProvider.CPU ? content : content + "-" + provider.id(),
        execution,
        provider);
  }

  /**
   * {@return what computes it, as {@code cuda}, or {@code cpu instead of cuda} if that could not}
   */
  public String executionProvider() {
    ExecutionProvider asked = execution.provider();
    return computedBy == asked ? asked.id() : computedBy.id() + " instead of " + asked.id();
  }

  /**
   * The same under another name.
   *
   * @param other the name
   * @return one that differs in its name only
   */
  public ModelSpec named(String other) {
    return new ModelSpec(
        other,
        directory,
        onnxFile,
        maxLength,
        padId,
        activation,
        fingerprint,
        execution,
        computedBy);
  }

  /**
   * The logit as a probability: its sigmoid, if it is not one already.
   *
   * @param logit one of this model, as {@link Scores#logits} has it
   * @return from 0 to 1; NaN for NaN
   */
  public double probability(float logit) {
    return activation == Activation.SIGMOID ? logit : 1 / (1 + Math.exp(-logit));
  }

  /** What is done to the raw output to make it the score. */
  public enum Activation {
    /** The logit itself, as the ms-marco models have it. */
    IDENTITY,
    /** 1 / (1 + e<sup>-logit</sup>), in (0, 1). */
    SIGMOID;

    /**
     * Makes a score of a raw output.
     *
     * @param logit the raw output
     * @return the score
     */
    public float apply(float logit) {
      return this == IDENTITY ? logit : (float) (1 / (1 + Math.exp(-logit)));
    }
  }
}
