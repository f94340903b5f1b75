package dlv.bench;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Adam;
import org.bytedeco.pytorch.AdamOptions;
import org.bytedeco.pytorch.Conv2dImpl;
import org.bytedeco.pytorch.Conv2dOptions;
import org.bytedeco.pytorch.LinearImpl;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Optimizer;
import org.bytedeco.pytorch.SGD;
import org.bytedeco.pytorch.SGDOptions;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** LeNet-5 as the peer's users write it. */
final class LenetPeer extends Module {
  private static final int BLOCK = 400;

  private final Conv2dImpl c1;
  private final Conv2dImpl c3;
  private final List<LinearImpl> dense = new ArrayList<>();

  /** The network with these weights, which are dlv's: its dense weights are the transposes of the peer's. */
  LenetPeer(Weights weights) {
    Conv2dOptions same = new Conv2dOptions(1, 6, new LongPointer(5, 5));
    same.padding().put(new LongPointer(2, 2));
    c1 = register_module("c1", new Conv2dImpl(same));
    c3 = register_module("c3", new Conv2dImpl(new Conv2dOptions(6, 16, new LongPointer(5, 5))));
    dense.add(register_module("c5", new LinearImpl(BLOCK, 120)));
    dense.add(register_module("f6", new LinearImpl(120, 84)));
    dense.add(register_module("f7", new LinearImpl(84, 10)));
    try (PointerScope scope = new PointerScope(); NoGradGuard guard = new NoGradGuard()) {
      for (int i = 0; i < parameters().size(); i++) {
        Weights.Weight weight = weights.list().get(i);
        Tensor plain = Peer.tensor(weight.values(), weight.shape());
        parameters().get(i).copy_(weight.dense() ? plain.t() : plain);
      }
    }
  }

  /** The weights as dlv would have them. */
  Weights weights(Weights like) {
    return Peer.weights(like, parameters());
  }

  /** Logits of a batch. */
  Tensor logits(Tensor images) {
    Tensor x = pool(torch.tanh(c1.forward(images)));
    x = pool(torch.tanh(c3.forward(x))).view(-1, BLOCK);
    x = torch.tanh(dense.get(0).forward(x));
    x = torch.tanh(dense.get(1).forward(x));
    return dense.get(2).forward(x);
  }

  private static Tensor pool(Tensor x) {
    long[] two = {2, 2};
    return torch.avg_pool2d(x, two, two, new long[] {0, 0}, false, true, new LongOptional());
  }

  /** Plain gradient descent at this rate. */
  Optimizer sgd(double rate) {
    return new SGD(parameters(), new SGDOptions(rate));
  }

  /** Adam at this rate, the rest as usual. */
  Optimizer adam(double rate) {
    return new Adam(parameters(), new AdamOptions(rate));
  }

  /** One step on a batch; the loss before it is not read back. */
  void step(Optimizer optimizer, Tensor images, Tensor labels) {
    lossAndStep(optimizer, images, labels);
  }

  /** One step on a batch, and the loss before it. */
  Tensor lossAndStep(Optimizer optimizer, Tensor images, Tensor labels) {
    optimizer.zero_grad();
    Tensor loss = torch.cross_entropy_loss(logits(images), labels);
    loss.backward();
    optimizer.step();
    return loss;
  }
}
