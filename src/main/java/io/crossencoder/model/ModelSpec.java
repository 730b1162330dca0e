// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.model;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The properties of a loaded model.
 *
 * @param name name for users, usually the name of its directory
 * @param directory directory of its files
 * @param onnxFile selected ONNX file
 * @param bytes size of the ONNX files on disk; the model needs about as much native memory, plus
 *     the memory of its runs
 * @param input limits and layout of its input
 * @param activation activation function of the output
 * @param fingerprint SHA-256, in hex, of everything that determines the scores: files, options, and
 *     the execution provider if it is not the CPU
 * @param execution requested execution
 * @param computedBy execution provider that runs the model; differs from the requested one only if
 *     {@code execution} allows the fallback
 * @param alone reason to run each pair alone, because in a batch its score depends on the other
 *     pairs; empty if pairs are run in batches
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
   * A copy with the results of loading. Another provider computes scores that differ in the last
   * digits, or by more if it uses lower precision. Its fingerprint therefore differs, too, so that
   * the score cache does not mix them.
   *
   * @param provider execution provider that runs the model
   * @param why reason to run each pair alone; empty if pairs are run in batches
   * @return the copy
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
   * The input of a model.
   *
   * @param maxLength maximum number of tokens per pair, including special tokens
   * @param ownMaxLength limit of the model itself; {@code maxLength} if its files contain none
   * @param padId id of the padding token
   * @param firstPosition position of the first token, if the ONNX model has a positions input
   * @param template text around query and passage
   */
  public record Input(
      int maxLength, int ownMaxLength, int padId, int firstPosition, PairTemplate template) {}

  /** {@return maximum number of tokens per pair, including special tokens} */
  public int maxLength() {
    return input.maxLength();
  }

  /**
   * {@return path of the ONNX file relative to the model's directory, with slashes on every system}
   */
  public String file() {
    return directory.relativize(onnxFile).toString().replace('\\', '/');
  }

  /** {@return the start of the fingerprint, long enough to tell models apart} */
  public String shortFingerprint() {
    return fingerprint.substring(0, Math.min(SHORT_FINGERPRINT, fingerprint.length()));
  }

  /** {@return maximum padded tokens per batch; 1 if each pair is run alone} */
  public int batchCells() {
    return alone.isPresent() ? 1 : execution.batchCells();
  }

  /**
   * {@return the execution provider, such as {@code cuda}, or {@code cpu instead of cuda} after a
   * fallback}
   */
  public String executionProvider() {
    ExecutionProvider asked = execution.provider();
    return computedBy == asked ? asked.id() : computedBy.id() + " instead of " + asked.id();
  }

  /**
   * A copy with another name.
   *
   * @param other name for users
   * @return the copy
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
   * The logit as a probability: its sigmoid, unless the activation is already the sigmoid.
   *
   * @param logit score of this model, see {@link Scores#logits}
   * @return from 0 to 1; NaN for NaN
   */
  public double probability(float logit) {
    return activation == Activation.SIGMOID ? logit : 1 / (1 + Math.exp(-logit));
  }

  /** Activation function of the output. */
  public enum Activation {
    /** The raw output, as in the ms-marco models. */
    IDENTITY,
    /** 1 / (1 + e<sup>-logit</sup>), in (0, 1). */
    SIGMOID;

    /**
     * Applies the function.
     *
     * @param logit raw output
     * @return the score; NaN if the raw output is not finite
     */
    public float apply(float logit) {
      if (!Float.isFinite(logit)) {
        return Float.NaN;
      }
      return this == IDENTITY ? logit : (float) (1 / (1 + Math.exp(-logit)));
    }
  }
}
