package dlv.bench;

import dlv.runtime.plan.Arena;
import dlv.runtime.plan.Placed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * The weights of a network, in the order in which its layers use them.
 *
 * @param list kernel and bias of each layer, or what else it has
 */
record Weights(List<Weight> list) {
  /**
   * One tensor.
   *
   * @param path its name from the model on
   * @param shape of a convolution {@code [out, in, height, width]}, of a dense layer {@code [in, out]}
   * @param values row by row
   */
  record Weight(String path, long[] shape, float[] values) {
    /** Whether it is the matrix of a dense layer. */
    boolean dense() {
      return shape.length == 2;
    }

    /** The same tensor with other values. */
    Weight with(float[] others) {
      return new Weight(path, shape, others);
    }
  }

  /** Those of a LeNet-5 at the start: uniform with the variance of one over the fan-in; equal seeds give equal weights. */
  static Weights lenet(long seed) {
    Random random = new Random(seed);
    List<Weight> list = new ArrayList<>();
    add(list, random, "conv2d1", "K", 25, 6, 6, 1, 5, 5);
    add(list, random, "conv2d2", "K", 150, 16, 16, 6, 5, 5);
    add(list, random, "dense1", "W", 400, 120, 400, 120);
    add(list, random, "dense2", "W", 120, 84, 120, 84);
    add(list, random, "dense3", "W", 84, 10, 84, 10);
    return new Weights(list);
  }

  /** Those of an arena at the start: kernels as above, scales 1, others 0; paths without {@code model} before them. */
  static Weights of(Arena arena, String model, long seed) {
    Random random = new Random(seed);
    List<Weight> list = new ArrayList<>();
    for (Placed tensor : arena.tensors()) {
      long[] shape = tensor.shape().stream().mapToLong(n -> n).toArray();
      int count = (int) tensor.shape().stream().reduce(1L, (a, b) -> a * b).longValue();
      float[] values = new float[count];
      if (shape.length > 1) {
        values = uniform(random, (int) (shape.length == 2 ? shape[0] : count / shape[0]), count);
      } else if (tensor.path().endsWith(".scale")) {
        Arrays.fill(values, 1);
      }
      list.add(new Weight(tensor.path().substring(model.length()), shape, values));
    }
    return new Weights(list);
  }

  private static void add(List<Weight> list, Random random, String layer, String kernel, int fanIn, int results,
                          long... shape) {
    list.add(new Weight(layer + "." + kernel, shape, uniform(random, fanIn, fanIn * results)));
    list.add(new Weight(layer + ".b", new long[] {results}, uniform(random, fanIn, results)));
  }

  private static float[] uniform(Random random, int fanIn, int count) {
    float bound = (float) Math.sqrt(3.0 / fanIn);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (random.nextFloat() * 2 - 1) * bound;
    }
    return values;
  }

  /** The largest difference of two equal places; not a number where either has one. */
  double largestDifference(Weights other) {
    double largest = 0;
    for (int w = 0; w < list.size(); w++) {
      float[] mine = list.get(w).values();
      float[] others = other.list.get(w).values();
      for (int i = 0; i < mine.length; i++) {
        largest = Math.max(largest, Math.abs((double) mine[i] - others[i]));
      }
    }
    return largest;
  }

  /** The length of the difference over the length of these weights, both over all tensors. */
  double relativeDistance(Weights other) {
    double difference = 0;
    double own = 0;
    for (int w = 0; w < list.size(); w++) {
      float[] mine = list.get(w).values();
      float[] others = other.list.get(w).values();
      for (int i = 0; i < mine.length; i++) {
        difference += Math.pow((double) mine[i] - others[i], 2);
        own += (double) mine[i] * mine[i];
      }
    }
    return Math.sqrt(difference / own);
  }
}
