// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import ai.onnxruntime.ValueInfo;
import io.crossencoder.engine.modules.ModularHead;
import io.crossencoder.model.ModelLoadException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The inputs and the output of an ONNX model.
 *
 * @param inputs names and types of the inputs: int64 or int32
 * @param output name of the output with logits or hidden states
 * @param onePair whether the inputs are {@code [1, tokens]}: the model runs one pair at a time,
 *     unpadded, and needs no attention mask
 * @param needsHead whether the output has hidden states, from which the modules compute scores
 */
record OnnxSignature(
    Map<String, OnnxJavaType> inputs, String output, boolean onePair, boolean needsHead) {

  static final String IDS = "input_ids";
  static final String MASK = "attention_mask";
  static final String TYPES = "token_type_ids";
  static final String POSITIONS = "position_ids";

  /**
   * Metadata key of an ONNX file that contains the modules of a modular model; the value is their
   * digest.
   */
  static final String MODULES = "modules_sha256";

  private static final String LOGITS = "logits";
  private static final Set<String> KNOWN = Set.of(IDS, MASK, TYPES, POSITIONS);

  /**
   * Reads the signature of a loaded model.
   *
   * @throws ModelLoadException if it is not a cross-encoder
   */
  static OnnxSignature of(Path file, OrtSession session, Optional<ModularHead> head)
      throws OrtException {
    Map<String, NodeInfo> inputs = session.getInputInfo();
    boolean onePair =
        !inputs.isEmpty() && inputs.values().stream().allMatch(OnnxSignature::isOfOnePair);
    Set<String> needed = onePair ? Set.of(IDS) : Set.of(IDS, MASK);
    if (!inputs.keySet().containsAll(needed) || !KNOWN.containsAll(inputs.keySet())) {
      throw new ModelLoadException(
          file,
          "has the inputs "
              + inputs.keySet()
              + "; required: input_ids and attention_mask; optional: token_type_ids and"
              + " position_ids. Export the model for text-classification, without past key values");
    }
    Map<String, OnnxJavaType> types = new HashMap<>();
    for (Map.Entry<String, NodeInfo> input : inputs.entrySet()) {
      types.put(
          input.getKey(), inputType(file, input.getKey(), input.getValue().getInfo(), onePair));
    }
    Map<String, NodeInfo> outputs = session.getOutputInfo();
    if (outputs.isEmpty()) {
      throw new ModelLoadException(file, "has no outputs");
    }
    String output = outputs.containsKey(LOGITS) ? LOGITS : outputs.keySet().iterator().next();
    boolean needsHead = head.isPresent() && !output.equals(LOGITS);
    if (head.isPresent() && !needsHead) {
      requireHeadInside(file, session, head.get());
    }
    checkOutput(file, output, outputs.get(output).getInfo(), needsHead ? head : Optional.empty());
    return new OnnxSignature(Map.copyOf(types), output, onePair, needsHead);
  }

  private static boolean isOfOnePair(NodeInfo input) {
    return input.getInfo() instanceof TensorInfo tensor
        && tensor.getShape().length == 2
        && tensor.getShape()[0] == 1;
  }

  private static OnnxJavaType inputType(Path file, String name, ValueInfo info, boolean onePair) {
    if (!(info instanceof TensorInfo tensor)
        || (tensor.type != OnnxJavaType.INT64 && tensor.type != OnnxJavaType.INT32)) {
      throw new ModelLoadException(
          file, "input " + name + " is " + info + "; supported: int64 and int32 tensors");
    }
    long[] shape = tensor.getShape();
    // A shape that is not declared has no dimensions; the load test shows which are possible.
    boolean isAny = shape.length == 0;
    if (!isAny && (shape.length != 2 || (shape[0] >= 0 && !onePair) || shape[1] >= 0)) {
      throw new ModelLoadException(
          file,
          "input "
              + name
              + " is "
              + info
              + "; the length must be dynamic, and the batch size dynamic or 1: export the model with"
              + " dynamic axes for both");
    }
    return tensor.type;
  }

  /** Many tools export modular models with a random head and without a warning. */
  private static void requireHeadInside(Path file, OrtSession session, ModularHead head)
      throws OrtException {
    String digest = session.getMetadata().getCustomMetadata().get(MODULES);
    if (!head.digest().equals(digest)) {
      throw new ModelLoadException(
          file,
          "returns logits but does not declare that it contains the modules of "
              + ModularHead.FILE
              + (digest == null ? "" : " in their current state")
              + ": create it with scripts/optimize-model.sh or scripts/export-model.sh, or remove "
              + ModularHead.FILE
              + " if you are sure that the modules are included");
    }
  }

  private static void checkOutput(
      Path file, String name, ValueInfo info, Optional<ModularHead> head) {
    boolean isReadable =
        info instanceof TensorInfo tensor
            && (tensor.getShape().length == 0
                || (head.isPresent()
                    ? isHidden(tensor.getShape(), head.get().width())
                    : Logits.isReadable(tensor.getShape())));
    if (!isReadable) {
      throw new ModelLoadException(
          file,
          "output "
              + name
              + " is "
              + info
              + (head.isPresent()
                  ? "; the modules require hidden states: [batch, length, "
                      + head.get().width()
                      + "]"
                  : "; supported: logits of one or two labels: [batch], [batch, 1], [batch, 2]"
                      + " and [batch, 1, 1]. An encoder without classifier needs its "
                      + ModularHead.FILE));
    }
    OnnxJavaType type = ((TensorInfo) info).type;
    if (type != OnnxJavaType.FLOAT && type != OnnxJavaType.FLOAT16) {
      throw new ModelLoadException(
          file,
          "output "
              + name
              + " is of "
              + type
              + "; supported: FLOAT and FLOAT16. Export the model with one of these types");
    }
  }

  private static boolean isHidden(long[] shape, int width) {
    return shape.length == 3 && (shape[2] == width || shape[2] < 0);
  }
}
