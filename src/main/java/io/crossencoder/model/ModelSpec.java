// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.model;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The properties of a loaded model.
 *
 * @param name name for users, usually that of its directory
 * @param directory directory of its files
 * @param onnxFile selected ONNX file
 * @param bytes size of the ONNX files on disk; the model needs about as much native memory, plus
 *     that of its runs
 * @param input how pairs are made for it
 * @param activation activation function of the output
 * @param fingerprint of what decides its scores: SHA-256, in hex, of files and options, and what
 *     computes it if that is not the CPU
 * @param execution requested execution
 * @param computedBy what computes it: another provider only where {@code execution} allows it
 * @param alone why each pair is run alone: in a batch its score would depend on the others; empty:
 *     pairs are run in batches
 */
public record ModelSpec(
    String name,
    Path directory,
    Path onnxFile,
    long bytes,
    Input input,
    Activation activation,
    String fingerprint,
    Execution execution,
    ExecutionProvider computedBy,
    Optional<String> alone) {

  private static final int SHORT_FINGERPRINT = 12;

  /**
   * The same, as it was loaded. Computed by another provider its scores differ in the last digits,
   * or by more where it computes in fewer bits: so they have a fingerprint of their own, and the
   * score cache never mixes them.
   *
   * @param provider what computes it
   * @param why each pair is run alone; empty if they are not
   * @return the same model
   */
  public ModelSpec loaded(ExecutionProvider provider, Optional<String> why) {
    String content = fingerprint.split("-", 2)[0];
    return new ModelSpec(
        name,
        directory,
        onnxFile,
        bytes,
        input,
        activation,
        provider == ExecutionProvider.CPU ? content : content + "-" + provider.id(),
        execution,
        provider,
        why);
  }

  /**
   * How pairs are made for a model.
   *
   * @param maxLength tokens of a pair that it reads, special tokens included
   * @param ownMaxLength how many it could read; {@code maxLength} if its files do not say
   * @param padId the token that fills up the shorter pairs of a batch
   * @param firstPosition the position of the first token, where the graph is given positions
   * @param template what stands around query and passage
   */
  public record Input(
      int maxLength, int ownMaxLength, int padId, int firstPosition, PairTemplate template) {}

  /** {@return tokens of a pair that the model reads, special tokens included} */
  public int maxLength() {
    return input.maxLength();
  }

  /** {@return the graph's file relative to the model's directory, with slashes on every system} */
  public String file() {
    return directory.relativize(onnxFile).toString().replace('\\', '/');
  }

  /** {@return enough of the fingerprint to tell models apart} */
  public String shortFingerprint() {
    return fingerprint.substring(0, Math.min(SHORT_FINGERPRINT, fingerprint.length()));
  }

  /** {@return tokens of a batch, padding included; 1 if each pair is run alone} */
  public int batchCells() {
    return alone.isPresent() ? 1 : execution.batchCells();
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
   * @param other what its user calls it
   * @return the same model
   */
  public ModelSpec named(String other) {
    return new ModelSpec(
        other,
        directory,
        onnxFile,
        bytes,
        input,
        activation,
        fingerprint,
        execution,
        computedBy,
        alone);
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
     * Makes the score.
     *
     * @param logit raw
     * @return the score; NaN of what is not finite
     */
    public float apply(float logit) {
      if (!Float.isFinite(logit)) {
        return Float.NaN;
      }
      return this == IDENTITY ? logit : (float) (1 / (1 + Math.exp(-logit)));
    }
  }
}
