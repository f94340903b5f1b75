package dlv.bench;

import java.util.List;
import org.bytedeco.pytorch.Adam;
import org.bytedeco.pytorch.Conv2dImpl;
import org.bytedeco.pytorch.GroupNormImpl;
import org.bytedeco.pytorch.LinearImpl;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** A denoiser of digits: a U-Net over 14x14 places of four pixels and a plane that tells the class, trained by Adam. */
final class UnetPeer implements GenerativePeer {
  /** Steps of the chain. */
  static final int STEPS = 200;
  private static final int CHANNELS = 24;
  private static final int[] WIDTHS = {1, 2};
  private static final int BLOCKS = 1;
  private static final int GROUPS = 8;
  private static final int TIME = 4 * CHANNELS;
  private static final Scalar ONE = new Scalar(1f);
  private static final Scalar TWO = new Scalar(2f);

  private final torch.MemoryFormat format;
  private final PeerLayers layers = new PeerLayers();
  private final LinearImpl told = layers.dense(10, 14 * 14, false);
  private final LinearImpl waves = layers.dense(CHANNELS, TIME, true);
  private final LinearImpl time = layers.dense(TIME, TIME, true);
  private final Conv2dImpl first = layers.convolution(5, CHANNELS, 3, 1, 1);
  private final Level levels = level(CHANNELS, 0, BLOCKS);
  private final GroupNormImpl norm = layers.groupNorm(GROUPS, CHANNELS);
  private final Conv2dImpl last = layers.convolution(CHANNELS, 5, 3, 1, 1);
  private final TensorVector weights = layers.parameters();
  private final Adam optimizer = layers.adam(1e-3, 0.9);
  private final List<Tensor> average = layers.copies();
  private final Tensor rates = Peer.tensor(rates(), 1, CHANNELS / 2);
  private final Tensor signal = Peer.tensor(roots(true), STEPS);
  private final Tensor deviation = Peer.tensor(roots(false), STEPS);

  /** The network with its images channel by channel or pixel by pixel. */
  UnetPeer(boolean channelsLast) {
    format = channelsLast ? torch.MemoryFormat.ChannelsLast : torch.MemoryFormat.Contiguous;
    layers.layOut(format);
  }

  /** Two convolutions that are told the time, and a way around them; null where that is the input itself. */
  private record Residual(GroupNormImpl before, Conv2dImpl first, LinearImpl told, GroupNormImpl between,
                          Conv2dImpl second, Conv2dImpl around) {
    Tensor forward(Tensor x, Tensor time) {
      Tensor y = first.forward(torch.silu(before.forward(x))).add(told.forward(time).unsqueeze(2).unsqueeze(3));
      y = second.forward(torch.silu(between.forward(y)));
      return y.add(around == null ? x : around.forward(x));
    }
  }

  private Residual residual(int from, int to) {
    return new Residual(layers.groupNorm(GROUPS, from), layers.convolution(from, to, 3, 1, 1),
        layers.dense(TIME, to, true), layers.groupNorm(GROUPS, to), layers.convolution(to, to, 3, 1, 1),
        from == to ? null : layers.convolution(from, to, 1, 1, 0));
  }

  /** Attention between all places, with one head. */
  private record Attention(GroupNormImpl norm, Conv2dImpl query, Conv2dImpl key, Conv2dImpl value, Conv2dImpl out) {
    Tensor forward(Tensor x) {
      Tensor normal = norm.forward(x);
      Tensor q = query.forward(normal).flatten(2, 3);
      Tensor k = key.forward(normal).flatten(2, 3);
      Tensor v = value.forward(normal).flatten(2, 3);
      Tensor scores = torch.bmm(q.transpose(1, 2), k).div(new Scalar((float) Math.sqrt(x.size(1))));
      Tensor y = torch.bmm(v, torch.softmax(scores, 2).transpose(1, 2));
      return x.add(out.forward(y.view_as(x)));
    }
  }

  /** A part of the way down, all below it, and the part of the way up that is given what came in. */
  private interface Level {
    Tensor forward(Tensor x, Tensor time);
  }

  private Level level(int from, int level, int left) {
    int width = CHANNELS * WIDTHS[level];
    Level inner = left > 0 ? block(from, level, left)
        : level + 1 < WIDTHS.length ? lower(from, width, level) : bottom(from, width);
    int inside = left == 0 && level + 1 < WIDTHS.length ? CHANNELS * WIDTHS[level + 1] : width;
    Residual up = residual(inside + from, width);
    return (x, time) -> up.forward(torch.cat(new TensorVector(inner.forward(x, time), x), 1), time);
  }

  private Level block(int from, int level, int left) {
    int width = CHANNELS * WIDTHS[level];
    Residual down = residual(from, width);
    Level below = level(width, level, left - 1);
    return (x, time) -> below.forward(down.forward(x, time), time);
  }

  private Level lower(int from, int width, int level) {
    Conv2dImpl down = layers.convolution(from, width, 3, 2, 1);
    Level below = level(width, level + 1, BLOCKS);
    int wide = CHANNELS * WIDTHS[level + 1];
    Conv2dImpl up = layers.convolution(wide, wide, 3, 1, 1);
    return (x, time) -> {
      Tensor y = below.forward(down.forward(x), time);
      return up.forward(torch.upsample_nearest2d(y, x.size(2), x.size(3)));
    };
  }

  private Level bottom(int from, int width) {
    Residual one = residual(from, width);
    Attention attention = new Attention(layers.groupNorm(GROUPS, width), layers.convolution(width, width, 1, 1, 0),
        layers.convolution(width, width, 1, 1, 0), layers.convolution(width, width, 1, 1, 0),
        layers.convolution(width, width, 1, 1, 0));
    Residual two = residual(width, width);
    return (x, time) -> two.forward(attention.forward(one.forward(x, time)), time);
  }

  /** The noise in pictures {@code [rows, 1, 28, 28]}. */
  private Tensor noise(Tensor x, Tensor classes, Tensor times) {
    Tensor places = x.view(-1, 14, 2, 14, 2).permute(0, 2, 4, 1, 3).reshape(-1, 4, 14, 14);
    Tensor plane = told.forward(classes).view(-1, 1, 14, 14);
    Tensor angles = times.to(torch.ScalarType.Float).unsqueeze(1).mul(rates);
    Tensor at = waves.forward(torch.cat(new TensorVector(angles.sin(), angles.cos()), 1));
    at = torch.silu(time.forward(torch.silu(at)));
    Tensor y = first.forward(torch.cat(new TensorVector(places, plane), 1).contiguous(format));
    y = last.forward(torch.silu(norm.forward(levels.forward(y, at)))).narrow(1, 0, 4);
    return y.reshape(-1, 2, 2, 14, 14).permute(0, 3, 1, 4, 2).reshape(-1, 1, 28, 28);
  }

  @Override
  public void take(Weights weights) {
    layers.take(weights.list());
  }

  @Override
  public List<Tensor> step(Batch batch) {
    optimizer.zero_grad();
    Tensor x0 = batch.images().mul(TWO).sub(ONE);
    Tensor x = x0.mul(signal.index_select(0, batch.times()).view(-1, 1, 1, 1))
        .add(batch.noise().mul(deviation.index_select(0, batch.times()).view(-1, 1, 1, 1)));
    Tensor loss = torch.mse_loss(noise(x, batch.classes(), batch.times()), batch.noise());
    loss.backward();
    torch.clip_grad_norm_(weights, 1.0);
    optimizer.step();
    try (NoGradGuard guard = new NoGradGuard()) {
      for (int i = 0; i < average.size(); i++) {
        average.get(i).lerp_(weights.get(i), new Scalar(0.01f));
      }
    }
    return List.of(loss);
  }

  @Override
  public List<Tensor> stepOfChance(Batch batch) {
    return step(batch.drawn(STEPS));
  }

  @Override
  public Weights weights(Weights like) {
    return new Weights(layers.weights(like.list()));
  }

  private static float[] rates() {
    float[] rates = new float[CHANNELS / 2];
    for (int i = 0; i < rates.length; i++) {
      rates[i] = (float) Math.exp(-Math.log(10000) / (rates.length - 1) * i);
    }
    return rates;
  }

  /** The square root of the part of the variance that is signal at each time, or of that which is noise. */
  private static float[] roots(boolean signal) {
    float[] roots = new float[STEPS];
    double left = 1;
    for (int t = 0; t < STEPS; t++) {
      left *= 1 - Math.min(1 - Math.pow(cosine((t + 1.0) / STEPS) / cosine((double) t / STEPS), 2), 0.999);
      roots[t] = (float) Math.sqrt(signal ? left : 1 - left);
    }
    return roots;
  }

  private static double cosine(double share) {
    return Math.cos((share + 0.008) / 1.008 * Math.PI / 2);
  }
}
