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
 * What a graph takes and gives.
 *
 * @param inputs name and type of its inputs: int64 or int32
 * @param output the name of the one with the logits or the hidden states
 * @param onePair whether its inputs are {@code [1, tokens]}: it runs one pair at a time, unpadded,
 *     and needs no attention mask
 * @param needsHead whether it gives hidden states, and the modules make scores of them
 */
record OnnxSignature(
    Map<String, OnnxJavaType> inputs, String output, boolean onePair, boolean needsHead) {

  static final String IDS = "input_ids";
  static final String MASK = "attention_mask";
  static final String TYPES = "token_type_ids";
  static final String POSITIONS = "position_ids";

  /** The metadata of a graph that holds the modules of a modular model: their digest. */
  static final String MODULES = "modules_sha256";

  private static final String LOGITS = "logits";
  private static final Set<String> KNOWN = Set.of(IDS, MASK, TYPES, POSITIONS);

  /**
   * Reads it from a loaded graph.
   *
   * @throws ModelLoadException if it is not that of a cross-encoder
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
          "takes the inputs "
              + inputs.keySet()
              + "; input_ids and attention_mask are needed, token_type_ids and"
              + " position_ids can be given, and no other: export it as text-classification, without past key values");
    }
    Map<String, OnnxJavaType> types = new HashMap<>();
    for (Map.Entry<String, NodeInfo> input : inputs.entrySet()) {
      types.put(
          input.getKey(), inputType(file, input.getKey(), input.getValue().getInfo(), onePair));
    }
    Map<String, NodeInfo> outputs = session.getOutputInfo();
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
    if (shape.length != 2 || (shape[0] >= 0 && !onePair) || shape[1] >= 0) {
      throw new ModelLoadException(
          file,
          "input "
              + name
              + " is "
              + info
              + "; pairs are of any length, and of any number or one at a time: export it with"
              + " dynamic axes for both");
    }
    return tensor.type;
  }

  /** Of a modular model many tools export a graph with a random head, without a word. */
  private static void requireHeadInside(Path file, OrtSession session, ModularHead head)
      throws OrtException {
    String digest = session.getMetadata().getCustomMetadata().get(MODULES);
    if (!head.digest().equals(digest)) {
      throw new ModelLoadException(
          file,
          "returns logits but does not declare that it contains the modules of "
              + ModularHead.FILE
              + (digest == null ? "" : " in their present state")
              + ": create it with scripts/optimize-model.sh or scripts/export-model.sh, or remove "
              + ModularHead.FILE
              + " if you know that the modules are inside");
    }
  }

  private static void checkOutput(
      Path file, String name, ValueInfo info, Optional<ModularHead> head) {
    boolean isReadable =
        info instanceof TensorInfo tensor
            && (head.isPresent()
                ? isHidden(tensor.getShape(), head.get().width())
                : Logits.isReadable(tensor.getShape()));
    if (!isReadable) {
      throw new ModelLoadException(
          file,
          "output "
              + name
              + " is "
              + info
              + (head.isPresent()
                  ? "; the modules read hidden states: [batch, length, " + head.get().width() + "]"
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
              + "; supported: FLOAT and FLOAT16; export it with logits of one of these");
    }
  }

  private static boolean isHidden(long[] shape, int width) {
    return shape.length == 3 && (shape[2] == width || shape[2] < 0);
  }
}
