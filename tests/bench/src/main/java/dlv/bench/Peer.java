package dlv.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** What all workloads of the peer share: threads, and floats in and out of its tensors. */
final class Peer {
  private Peer() {}

  /** Work of the peer whose passing tensors are freed after each run. */
  static Runnable training(Runnable work) {
    return () -> {
      try (PointerScope scope = new PointerScope()) {
        work.run();
      }
    };
  }

  /** The same, without a record for gradients. */
  static Runnable inference(Runnable work) {
    return () -> {
      try (PointerScope scope = new PointerScope(); NoGradGuard guard = new NoGradGuard()) {
        work.run();
      }
    };
  }

  /** The same work with one thread, and with one for each processor. */
  static List<Race.Contender> contenders(String form, Runnable work) {
    int processors = Runtime.getRuntime().availableProcessors();
    return IntStream.of(1, processors).distinct().mapToObj(threads -> new Race.Contender(
        "libtorch" + form + ", " + threads + (threads == 1 ? " thread" : " threads"), true,
        () -> torch.set_num_threads(threads), work)).toList();
  }

  /** A tensor of these values that outlives any scope. */
  static Tensor tensor(float[] values, long... shape) {
    return Tensor.create(values, shape).detach();
  }

  /** Labels as the peer takes them, {@code long[rows]}. */
  static Tensor classes(byte[] labels) {
    long[] values = new long[labels.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = labels[i];
    }
    return Tensor.create(values, labels.length).to(torch.ScalarType.Long);
  }

  /** A module's parameters, which have the order of {@code like}, as dlv would have them. */
  static Weights weights(Weights like, TensorVector parameters) {
    List<Weights.Weight> now = new ArrayList<>();
    for (int i = 0; i < like.list().size(); i++) {
      Weights.Weight weight = like.list().get(i);
      int at = i;
      now.add(weight.with(values(() -> {
        Tensor mine = parameters.get(at).detach();
        return weight.dense() ? mine.t() : mine;
      })));
    }
    return new Weights(now);
  }

  /** The tensor's values, row by row. */
  static float[] values(Supplier<Tensor> tensor) {
    try (PointerScope scope = new PointerScope(); NoGradGuard guard = new NoGradGuard()) {
      Tensor plain = tensor.get().contiguous();
      float[] values = new float[Math.toIntExact(plain.numel())];
      plain.data_ptr_float().get(values);
      return values;
    }
  }
}
