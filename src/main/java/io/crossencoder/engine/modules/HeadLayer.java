// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine.modules;

import io.crossencoder.engine.json.JsonFile;
import io.crossencoder.model.ModelLoadException;
import java.util.HashSet;
import java.util.Set;

/** A module after the pooling, which maps a vector to a vector. Immutable and thread-safe. */
sealed interface HeadLayer {

  /** Length of the input vector. */
  int inputWidth();

  /** Length of the output vector. */
  int outputWidth();

  /** Computes the output in a new array. */
  float[] apply(float[] input);

  /** {@code activation(weight · x + bias)}, plus the residual if there is one. */
  record Dense(
      int inputWidth,
      int outputWidth,
      float[] weight,
      float[] bias,
      DenseActivation activation,
      boolean addsInput,
      float[] residual)
      implements HeadLayer {

    static final Set<String> KEYS =
        Set.of(
            "in_features",
            "out_features",
            "bias",
            "activation_function",
            "module_input_name",
            "module_output_name",
            "use_residual");

    /**
     * Reads configuration and weights.
     *
     * @throws ModelLoadException if they are invalid or unsupported
     */
    static Dense read(JsonFile config, Safetensors tensors) {
      config.requireOnly(KEYS);
      int in = config.size("in_features");
      int out = config.size("out_features");
      boolean hasBias = config.flag("bias", true);
      boolean addsInput = config.flag("use_residual", false);
      boolean hasResidual = addsInput && in != out;
      Set<String> names = new HashSet<>(Set.of("linear.weight"));
      if (hasBias) {
        names.add("linear.bias");
      }
      if (hasResidual) {
        names.add("residual.weight");
      }
      tensors.requireExactly(names);
      return new Dense(
          in,
          out,
          tensors.floats("linear.weight", out, in),
          hasBias ? tensors.floats("linear.bias", out) : new float[out],
          DenseActivation.of(config, "activation_function"),
          addsInput,
          hasResidual ? tensors.floats("residual.weight", out, in) : null);
    }

    @Override
    public float[] apply(float[] input) {
      float[] output = new float[outputWidth];
      for (int row = 0; row < outputWidth; row++) {
        float value = activation.apply(product(weight, row, input) + bias[row]);
        double added =
            residual == null ? (addsInput ? input[row] : 0) : product(residual, row, input);
        output[row] = (float) (value + added);
      }
      return output;
    }

    private double product(float[] matrix, int row, float[] input) {
      double sum = 0;
      for (int i = 0; i < inputWidth; i++) {
        sum += (double) matrix[row * inputWidth + i] * input[i];
      }
      return sum;
    }
  }

  /** {@code (x - mean) / sqrt(variance + 1e-5) * weight + bias}, with the biased variance. */
  record LayerNorm(int inputWidth, float[] weight, float[] bias) implements HeadLayer {

    /** Torch's default. The configuration has no key for it. */
    private static final double EPSILON = 1e-5;

    static LayerNorm read(JsonFile config, Safetensors tensors) {
      config.requireOnly(Set.of("dimension"));
      int width = config.size("dimension");
      tensors.requireExactly(Set.of("norm.weight", "norm.bias"));
      return new LayerNorm(
          width, tensors.floats("norm.weight", width), tensors.floats("norm.bias", width));
    }

    @Override
    public int outputWidth() {
      return inputWidth;
    }

    @Override
    public float[] apply(float[] input) {
      double mean = 0;
      for (float value : input) {
        mean += value;
      }
      mean /= inputWidth;
      double variance = 0;
      for (float value : input) {
        variance += (value - mean) * (value - mean);
      }
      double scale = 1 / Math.sqrt(variance / inputWidth + EPSILON);
      float[] output = new float[inputWidth];
      for (int i = 0; i < inputWidth; i++) {
        output[i] = (float) ((input[i] - mean) * scale * weight[i] + bias[i]);
      }
      return output;
    }
  }

  /** Divides a vector by its length. */
  record Normalize(int inputWidth) implements HeadLayer {

    /** The limit in torch.nn.functional.normalize, for vectors of length 0. */
    private static final double MIN_LENGTH = 1e-12;

    @Override
    public int outputWidth() {
      return inputWidth;
    }

    @Override
    public float[] apply(float[] input) {
      double squares = 0;
      for (float value : input) {
        squares += (double) value * value;
      }
      double length = Math.max(Math.sqrt(squares), MIN_LENGTH);
      float[] output = new float[inputWidth];
      for (int i = 0; i < inputWidth; i++) {
        output[i] = (float) (input[i] / length);
      }
      return output;
    }
  }
}
