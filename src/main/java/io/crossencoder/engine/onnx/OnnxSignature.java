// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import ai.onnxruntime.ValueInfo;
import io.crossencoder.model.ModelLoadException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * What a graph takes and gives.
 *
 * @param inputs name and type of its inputs: int64 or int32
 * @param output the name of the one with the logits
 * @param onePair whether its inputs are {@code [1, tokens]}: it runs one pair at a time, unpadded,
 *     and needs no attention mask
 */
record OnnxSignature(Map<String, OnnxJavaType> inputs, String output, boolean onePair) {

  static final String IDS = "input_ids";
  static final String MASK = "attention_mask";
  static final String TYPES = "token_type_ids";
  private static final Set<String> KNOWN = Set.of(IDS, MASK, TYPES);

  /**
   * Reads it from a loaded graph.
   *
   * @throws ModelLoadException if it is not that of a cross-encoder
   */
  static OnnxSignature of(Path file, OrtSession session) throws OrtException {
    Map<String, NodeInfo> inputs = session.getInputInfo();
    boolean onePair =
        !inputs.isEmpty() && inputs.values().stream().allMatch(OnnxSignature::isOfOnePair);
    Set<String> needed = onePair ? Set.of(IDS) : Set.of(IDS, MASK);
    if (!inputs.keySet().containsAll(needed) || !KNOWN.containsAll(inputs.keySet())) {
      throw new ModelLoadException(
          file,
          "takes the inputs "
              + inputs.keySet()
              + "; input_ids and attention_mask are needed, token_type_ids can be given, and no"
              + " other: export it as text-classification, without past key values");
    }
    Map<String, OnnxJavaType> types = new HashMap<>();
    for (Map.Entry<String, NodeInfo> input : inputs.entrySet()) {
      types.put(
          input.getKey(), inputType(file, input.getKey(), input.getValue().getInfo(), onePair));
    }
    Map<String, NodeInfo> outputs = session.getOutputInfo();
    String output = outputs.containsKey("logits") ? "logits" : outputs.keySet().iterator().next();
    checkOutput(file, output, outputs.get(output).getInfo());
    return new OnnxSignature(Map.copyOf(types), output, onePair);
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
          file, "input " + name + " is " + info + "; int64 and int32 tensors are understood");
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

  private static void checkOutput(Path file, String name, ValueInfo info) {
    if (!(info instanceof TensorInfo tensor) || !Logits.isReadable(tensor.getShape())) {
      throw new ModelLoadException(
          file,
          "output "
              + name
              + " is "
              + info
              + "; logits of one or two labels are understood: [batch], [batch, 1], [batch, 2] and"
              + " [batch, 1, 1]");
    }
    if (tensor.type != OnnxJavaType.FLOAT && tensor.type != OnnxJavaType.FLOAT16) {
      throw new ModelLoadException(
          file,
          "output "
              + name
              + " is of "
              + tensor.type
              + "; FLOAT and FLOAT16 are understood: export it with logits of one of these");
    }
  }
}
