package dlv.bench;

import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.pytorch.Adam;
import org.bytedeco.pytorch.BatchNorm1dImpl;
import org.bytedeco.pytorch.BatchNorm2dImpl;
import org.bytedeco.pytorch.BatchNormOptions;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Conv2dImpl;
import org.bytedeco.pytorch.ConvTranspose2dImpl;
import org.bytedeco.pytorch.ConvTranspose2dOptions;
import org.bytedeco.pytorch.LinearImpl;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorArrayRefOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** A generator and a discriminator of digits that are told the class, each trained by its own Adam. */
final class PairPeer implements GenerativePeer {
  private static final int NUMBERS = 32;
  private static final int CLASSES = 10;
  private static final int PLACES = 32 * 7 * 7;
  private static final Scalar SLOPE = new Scalar(0.2f);
  private static final Scalar ONE = new Scalar(1f);
  private static final Scalar TWO = new Scalar(2f);

  private final torch.MemoryFormat format;
  private final Generator generator = new Generator();
  private final Discriminator discriminator = new Discriminator();
  private final Adam forGenerator = generator.layers.adam(2e-4, 0.5);
  private final Adam forDiscriminator = discriminator.layers.adam(2e-4, 0.5);
  /** How many weights are the generator's, which come first. */
  private final int own = (int) generator.layers.parameters().size();

  /** The pair with its images channel by channel or pixel by pixel. */
  PairPeer(boolean channelsLast) {
    format = channelsLast ? torch.MemoryFormat.ChannelsLast : torch.MemoryFormat.Contiguous;
    generator.layers.layOut(format);
    discriminator.layers.layOut(format);
  }

  private static final class Generator {
    final PeerLayers layers = new PeerLayers();
    final LinearImpl start = layers.dense(NUMBERS + CLASSES, PLACES, false);
    final BatchNorm1dImpl first = layers.register_module(layers.next(),
        new BatchNorm1dImpl(new BatchNormOptions(PLACES)));
    final ConvTranspose2dImpl wider = transposed(32, 16, false);
    final BatchNorm2dImpl second = layers.register_module(layers.next(), new BatchNorm2dImpl(new BatchNormOptions(16)));
    final ConvTranspose2dImpl picture = transposed(16, 1, true);

    private ConvTranspose2dImpl transposed(int from, int to, boolean bias) {
      ConvTranspose2dOptions options = new ConvTranspose2dOptions(from, to, new LongPointer(4, 4));
      options.stride().put(new LongPointer(2, 2));
      options.padding().put(new LongPointer(1, 1));
      options.bias().put(bias);
      return layers.register_module(layers.next(), new ConvTranspose2dImpl(options));
    }

    Tensor forward(Tensor z, Tensor classes, torch.MemoryFormat format) {
      Tensor x = start.forward(torch.cat(new TensorVector(z, classes), 1));
      x = torch.relu(first.forward(x)).view(-1, 32, 7, 7).contiguous(format);
      return torch.tanh(picture.forward(torch.relu(second.forward(wider.forward(x)))));
    }
  }

  private static final class Discriminator {
    final PeerLayers layers = new PeerLayers();
    final Conv2dImpl first = layers.convolution(1, 16, 4, 2, 1);
    final Conv2dImpl second = layers.convolution(16, 32, 4, 2, 1);
    final LinearImpl seen = layers.dense(PLACES, 64, true);
    final LinearImpl real = layers.dense(64, 1, true);
    final LinearImpl asked = layers.dense(CLASSES, 64, false);

    Tensor forward(Tensor images, Tensor classes) {
      Tensor x = torch.leaky_relu(first.forward(images), SLOPE);
      x = torch.leaky_relu(second.forward(x), SLOPE).reshape(-1, PLACES);
      Tensor features = torch.leaky_relu(seen.forward(x), SLOPE);
      return real.forward(features).squeeze(1).add(features.mul(asked.forward(classes)).sum(1));
    }
  }

  private static Tensor cross(Tensor logits, boolean real) {
    return torch.binary_cross_entropy_with_logits(logits, real ? torch.ones_like(logits) : torch.zeros_like(logits));
  }

  @Override
  public void take(Weights weights) {
    generator.layers.take(weights.list().subList(0, own));
    discriminator.layers.take(weights.list().subList(own, weights.list().size()));
  }

  @Override
  public List<Tensor> step(Batch batch) {
    Tensor real = batch.images().mul(TWO).sub(ONE).contiguous(format);
    Tensor fake = generator.forward(batch.noise(), batch.classes(), format);
    forDiscriminator.zero_grad();
    Tensor judged = cross(discriminator.forward(real, batch.classes()), true)
        .add(cross(discriminator.forward(fake.detach(), batch.classes()), false));
    judged.backward();
    forDiscriminator.step();
    forGenerator.zero_grad();
    Tensor taken = cross(discriminator.forward(fake, batch.classes()), true);
    // of the generator alone: gradients of the discriminator's weights would be thrown away
    taken.backward(new Tensor(), new BoolOptional(), false, new TensorArrayRefOptional(generator.layers.parameters()));
    forGenerator.step();
    return List.of(judged, taken);
  }

  @Override
  public List<Tensor> stepOfChance(Batch batch) {
    return step(batch.drawn());
  }

  @Override
  public Weights weights(Weights like) {
    return new Weights(Stream.concat(generator.layers.weights(like.list().subList(0, own)).stream(),
        discriminator.layers.weights(like.list().subList(own, like.list().size())).stream()).toList());
  }
}
