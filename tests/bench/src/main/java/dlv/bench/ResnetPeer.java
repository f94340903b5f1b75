package dlv.bench;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.BatchNorm2dImpl;
import org.bytedeco.pytorch.BatchNormOptions;
import org.bytedeco.pytorch.Conv2dImpl;
import org.bytedeco.pytorch.Conv2dOptions;
import org.bytedeco.pytorch.LinearImpl;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Optimizer;
import org.bytedeco.pytorch.SGD;
import org.bytedeco.pytorch.SGDOptions;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** ResNet-20 as the peer's users write it. */
final class ResnetPeer extends Module {
  private static final int[] CHANNELS = {16, 32, 64};
  private static final int BLOCKS = 3;

  /** A convolution and its normalisation. */
  private record Unit(Conv2dImpl convolution, BatchNorm2dImpl norm) {
    Tensor forward(Tensor x) {
      return norm.forward(convolution.forward(x));
    }
  }

  /** Two units and a way around them, null where that is the input itself. */
  private record Block(Unit first, Unit second, Unit around) {
    Tensor forward(Tensor x) {
      Tensor y = second.forward(torch.relu(first.forward(x)));
      return torch.relu(y.add(around == null ? x : around.forward(x)));
    }
  }

  private final Unit stem;
  private final List<Block> blocks = new ArrayList<>();
  private final LinearImpl head;
  private final torch.MemoryFormat format;
  private int units;

  /** The network with these weights, which are dlv's, and its images channel by channel or pixel by pixel. */
  ResnetPeer(Weights weights, boolean channelsLast) {
    format = channelsLast ? torch.MemoryFormat.ChannelsLast : torch.MemoryFormat.Contiguous;
    stem = unit(3, CHANNELS[0], 3, 1);
    int from = CHANNELS[0];
    for (int to : CHANNELS) {
      for (int i = 0; i < BLOCKS; i++) {
        int stride = from == to ? 1 : 2;
        blocks.add(new Block(unit(from, to, 3, stride), unit(to, to, 3, 1),
            from == to ? null : unit(from, to, 1, stride)));
        from = to;
      }
    }
    head = register_module("head", new LinearImpl(from, 10));
    try (PointerScope scope = new PointerScope(); NoGradGuard guard = new NoGradGuard()) {
      for (int i = 0; i < parameters().size(); i++) {
        Weights.Weight weight = weights.list().get(i);
        Tensor plain = Peer.tensor(weight.values(), weight.shape());
        Tensor mine = weight.dense() ? plain.t().contiguous() : plain;
        parameters().get(i).set_data(weight.shape().length == 4 ? mine.contiguous(format) : mine);
      }
    }
  }

  private Unit unit(int from, int to, int kernel, int stride) {
    Conv2dOptions options = new Conv2dOptions(from, to, new LongPointer(kernel, kernel));
    options.stride().put(new LongPointer(stride, stride));
    options.padding().put(new LongPointer(kernel / 2, kernel / 2));
    options.bias().put(false);
    units++;
    return new Unit(register_module("convolution" + units, new Conv2dImpl(options)),
        register_module("norm" + units, new BatchNorm2dImpl(new BatchNormOptions(to))));
  }

  /** Images as this form takes them. */
  Tensor laidOut(Tensor images) {
    return images.contiguous(format);
  }

  /** The weights as dlv would have them. */
  Weights weights(Weights like) {
    return Peer.weights(like, parameters());
  }

  /** Plain gradient descent at this rate. */
  Optimizer sgd(double rate) {
    return new SGD(parameters(), new SGDOptions(rate));
  }

  /** One step on a batch, and the loss before it. */
  Tensor lossAndStep(Optimizer optimizer, Tensor images, Tensor labels) {
    optimizer.zero_grad();
    Tensor x = torch.relu(stem.forward(images));
    for (Block block : blocks) {
      x = block.forward(x);
    }
    Tensor loss = torch.cross_entropy_loss(head.forward(x.mean(2, 3)), labels);
    loss.backward();
    optimizer.step();
    return loss;
  }
}
