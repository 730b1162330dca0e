import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Prints a line of logits for each model, then a line of CPU milliseconds for each repetition.
 *
 * <p>Usage: {@code java -cp onnxruntime.jar Timing.java BATCHES REPETITIONS MODEL...}
 */
final class Timing {
  private static final String[] INPUTS = {"input_ids", "attention_mask", "token_type_ids"};

  public static void main(String[] arguments) throws IOException, OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    List<Map<String, OnnxTensor>> batches = read(environment, Path.of(arguments[0]));
    int repetitions = Integer.parseInt(arguments[1]);
    List<OrtSession> sessions = new ArrayList<>();
    for (String model : List.of(arguments).subList(2, arguments.length)) {
      sessions.add(open(environment, model));
    }
    for (OrtSession session : sessions) {
      StringBuilder line = new StringBuilder("logits");
      run(session, batches, line);
      System.out.println(line);
    }
    // One intra-op thread is the calling thread, so its CPU time is the whole cost.
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    for (int repetition = 0; repetition < repetitions; repetition++) {
      StringBuilder line = new StringBuilder("times");
      for (OrtSession session : sessions) {
        long start = threads.getCurrentThreadCpuTime();
        run(session, batches, new StringBuilder());
        line.append(' ').append((threads.getCurrentThreadCpuTime() - start) / 1e6);
      }
      System.out.println(line);
    }
  }

  private static OrtSession open(OrtEnvironment environment, String model) throws OrtException {
    OrtSession.SessionOptions options = new OrtSession.SessionOptions();
    options.setIntraOpNumThreads(1);
    options.setInterOpNumThreads(1);
    options.addConfigEntry("session.intra_op.allow_spinning", "0");
    return environment.createSession(model, options);
  }

  private static void run(
      OrtSession session, List<Map<String, OnnxTensor>> batches, StringBuilder logits)
      throws OrtException {
    for (Map<String, OnnxTensor> batch : batches) {
      Map<String, OnnxTensor> wanted = new HashMap<>(batch);
      wanted.keySet().retainAll(session.getInputNames());
      try (OrtSession.Result result = session.run(wanted)) {
        FloatBuffer values = ((OnnxTensor) result.get(0)).getFloatBuffer();
        while (values.hasRemaining()) {
          logits.append(' ').append(values.get());
        }
      }
    }
  }

  private static List<Map<String, OnnxTensor>> read(OrtEnvironment environment, Path file)
      throws IOException, OrtException {
    List<Map<String, OnnxTensor>> batches = new ArrayList<>();
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      int count = in.readInt();
      for (int i = 0; i < count; i++) {
        int pairs = in.readInt();
        int tokens = in.readInt();
        Map<String, OnnxTensor> batch = new HashMap<>();
        for (String input : INPUTS) {
          long[] values = new long[pairs * tokens];
          for (int j = 0; j < values.length; j++) {
            values[j] = in.readLong();
          }
          LongBuffer buffer = LongBuffer.wrap(values);
          batch.put(
              input, OnnxTensor.createTensor(environment, buffer, new long[] {pairs, tokens}));
        }
        batches.add(batch);
      }
    }
    return batches;
  }
}
