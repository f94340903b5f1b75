package dlv.runtime.weights;

import dlv.runtime.data.DataException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Everything that a training needs to go on where it stopped, in one safetensors file: weights, statistics, states of
 * optimisers and counters as tensors, and how far it was.
 *
 * @param step training steps done
 * @param epoch epochs done
 * @param seed the seed of the training
 * @param configuration the hash of file, data, seed and settings; a checkpoint serves an equal one only
 * @param notes more that the trainer keeps, such as the best loss so far
 * @param tensors all states, by name
 */
public record Checkpoint(long step, long epoch, long seed, String configuration, Map<String, String> notes,
                         List<Tensor> tensors) {
  private static final String NOTE = "note.";

  /** Copies what it is given. */
  public Checkpoint {
    notes = Map.copyOf(notes);
    tensors = List.copyOf(tensors);
  }

  /** Writes the file in one atomic step. */
  public void write(Path file) {
    Map<String, String> metadata = new TreeMap<>();
    metadata.put("kind", "checkpoint");
    metadata.put("step", Long.toString(step));
    metadata.put("epoch", Long.toString(epoch));
    metadata.put("seed", Long.toString(seed));
    metadata.put("configuration", configuration);
    notes.forEach((k, v) -> metadata.put(NOTE + k, v));
    WeightsFile.write(file, metadata, tensors);
  }

  /** Reads and verifies a file that {@link #write} made. */
  public static Checkpoint read(Path file) {
    try (WeightsFile in = WeightsFile.open(file)) {
      Map<String, String> metadata = in.metadata();
      if (!"checkpoint".equals(metadata.get("kind"))) {
        throw DataException.of(file, "this is no checkpoint", "weights alone cannot be resumed from; they can be used"
            + " with --weights FILE");
      }
      Map<String, String> notes = new TreeMap<>();
      metadata.forEach((k, v) -> {
        if (k.startsWith(NOTE)) {
          notes.put(k.substring(NOTE.length()), v);
        }
      });
      return new Checkpoint(number(file, metadata, "step"), number(file, metadata, "epoch"),
          number(file, metadata, "seed"), metadata.getOrDefault("configuration", ""), notes,
          in.names().stream().map(in::read).toList());
    }
  }

  private static long number(Path file, Map<String, String> metadata, String key) {
    try {
      return Long.parseLong(metadata.getOrDefault(key, ""));
    } catch (NumberFormatException e) {
      throw DataException.of(file, "its metadata name no " + key, "the file is damaged: take another copy");
    }
  }
}
