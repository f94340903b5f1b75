package dlv.bench;

import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Adam;
import org.bytedeco.pytorch.AdamOptions;
import org.bytedeco.pytorch.Conv2dImpl;
import org.bytedeco.pytorch.Conv2dOptions;
import org.bytedeco.pytorch.GroupNormImpl;
import org.bytedeco.pytorch.GroupNormOptions;
import org.bytedeco.pytorch.LinearImpl;
import org.bytedeco.pytorch.LinearOptions;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Layers of the peer, made in the order in which dlv's weights lie. */
final class PeerLayers extends Module {
  private int layers;

  /** A name for the next layer. */
  String next() {
    return "layer" + ++layers;
  }

  LinearImpl dense(int from, int to, boolean bias) {
    LinearOptions options = new LinearOptions(from, to);
    options.bias().put(bias);
    return register_module(next(), new LinearImpl(options));
  }

  Conv2dImpl convolution(int from, int to, int kernel, int stride, int padding) {
    Conv2dOptions options = new Conv2dOptions(from, to, new LongPointer(kernel, kernel));
    options.stride().put(new LongPointer(stride, stride));
    options.padding().put(new LongPointer(padding, padding));
    return register_module(next(), new Conv2dImpl(options));
  }

  GroupNormImpl groupNorm(int groups, int channels) {
    return register_module(next(), new GroupNormImpl(new GroupNormOptions(groups, channels)));
  }

  /** Lays kernels of convolutions out channel by channel or pixel by pixel. */
  void layOut(torch.MemoryFormat format) {
    try (PointerScope scope = new PointerScope(); NoGradGuard guard = new NoGradGuard()) {
      for (int i = 0; i < parameters().size(); i++) {
        Tensor weight = parameters().get(i);
        if (weight.dim() == 4) {
          weight.set_data(weight.detach().contiguous(format));
        }
      }
    }
  }

  /** Gives them these weights, which are dlv's. */
  void take(List<Weights.Weight> weights) {
    if (weights.size() != parameters().size()) {
      throw new IllegalArgumentException(weights.size() + " weights for " + parameters().size() + " of the peer");
    }
    try (PointerScope scope = new PointerScope(); NoGradGuard guard = new NoGradGuard()) {
      for (int i = 0; i < weights.size(); i++) {
        Weights.Weight weight = weights.get(i);
        Tensor plain = Peer.tensor(weight.values(), weight.shape());
        parameters().get(i).copy_(weight.dense() ? plain.t() : plain);
      }
    }
  }

  /** Their weights as dlv would have them. */
  List<Weights.Weight> weights(List<Weights.Weight> like) {
    return Peer.weights(new Weights(like), parameters()).list();
  }

  /** Adam over all of them. */
  Adam adam(double rate, double beta1) {
    AdamOptions options = new AdamOptions(rate);
    options.betas().put(0.999, beta1); // a tuple, which lies backwards in memory
    return new Adam(parameters(), options);
  }

  /** Copies of their weights, for a moving average. */
  List<Tensor> copies() {
    return IntStream.range(0, (int) parameters().size()).mapToObj(i -> parameters().get(i).detach().clone()).toList();
  }
}
