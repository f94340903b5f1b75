package dlv.bench;

import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.pytorch.Conv2dImpl;
import org.bytedeco.pytorch.Conv2dOptions;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Single operations of the peer, results into memory that is there already wherever it allows that. */
final class LayerPeers {
  private LayerPeers() {}

  /** {@code [m, k] @ [k, n]}. */
  static Runnable product(Tensor a, Tensor b) {
    Tensor result = torch.empty(a.size(0), b.size(1));
    return Peer.inference(() -> torch.mm_out(result, a, b));
  }

  /** A 3x3 convolution with margin 1 and no bias of {@code [rows, c, h, w]}, channel by channel or pixel by pixel. */
  static Runnable convolution(Tensor images, Tensor kernel, boolean channelsLast) {
    torch.MemoryFormat format = channelsLast ? torch.MemoryFormat.ChannelsLast : torch.MemoryFormat.Contiguous;
    Tensor laidOut = images.contiguous(format);
    Conv2dImpl layer = layer(kernel, format);
    return Peer.inference(() -> layer.forward(laidOut));
  }

  /** The convolution's result. */
  static Tensor convolved(Tensor images, Tensor kernel) {
    return layer(kernel, torch.MemoryFormat.Contiguous).forward(images);
  }

  private static Conv2dImpl layer(Tensor kernel, torch.MemoryFormat format) {
    Conv2dOptions options = new Conv2dOptions(kernel.size(1), kernel.size(0), new LongPointer(3, 3));
    options.padding().put(new LongPointer(1, 1));
    options.bias().put(false);
    Conv2dImpl layer = new Conv2dImpl(options);
    try (NoGradGuard guard = new NoGradGuard()) {
      layer.weight().set_data(kernel.contiguous(format));
    }
    return layer;
  }

  /** {@code relu(x * y + 1.5) * 0.5 + x}, operation by operation, in place after the first. */
  static Runnable chain(Tensor x, Tensor y) {
    Tensor z = torch.empty_like(x);
    return Peer.inference(() -> chain(x, y, z));
  }

  /** The chain's result. */
  static Tensor chained(Tensor x, Tensor y) {
    Tensor z = torch.empty_like(x);
    chain(x, y, z);
    return z;
  }

  private static void chain(Tensor x, Tensor y, Tensor z) {
    Scalar one = new Scalar(1f);
    Scalar half = new Scalar(0.5f);
    Scalar more = new Scalar(1.5f);
    torch.mul_out(z, x, y);
    z.add_(more, one);
    torch.relu_(z);
    z.mul_(half);
    z.add_(x, one);
  }
}
