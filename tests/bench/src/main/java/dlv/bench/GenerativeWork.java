package dlv.bench;

import java.util.Locale;
import java.util.Random;
import java.util.stream.LongStream;
import org.bytedeco.pytorch.global.torch;

/** A generative model that both sides train. */
enum GenerativeWork {
  /** An autoencoder of fully connected layers that draws its codes. */
  VAE("VAE, Adam step", 128, 20) {
    @Override GenerativePeer peer(boolean channelsLast) {
      return new VaePeer();
    }
  },
  /** A generator and a discriminator that are told the class: a step of each. */
  GAN("GAN pair, Adam step of each", 64, 32) {
    @Override GenerativePeer peer(boolean channelsLast) {
      return new PairPeer(channelsLast);
    }
  },
  /** A U-Net that learns to take noise away, with its norm clipped and a moving average of its weights. */
  UNET("U-Net, Adam step", 64, 1, 28, 28) {
    @Override GenerativePeer peer(boolean channelsLast) {
      return new UnetPeer(channelsLast);
    }
  };

  private final String title;
  private final int batch;
  private final long[] noise;

  GenerativeWork(String title, int batch, long... noise) {
    this.title = title;
    this.batch = batch;
    this.noise = LongStream.concat(LongStream.of(batch), LongStream.of(noise)).toArray();
  }

  /** The peer, its images channel by channel or pixel by pixel. */
  abstract GenerativePeer peer(boolean channelsLast);

  /** Whether the peer has two forms. */
  boolean convolves() {
    return this != VAE;
  }

  /** What its step is called. */
  String title() {
    return title + ", batch " + batch;
  }

  /** Rows of a batch. */
  int batch() {
    return batch;
  }

  /** Its source. */
  String resource() {
    return name().toLowerCase(Locale.ROOT) + ".dlv";
  }

  /** Pictures, classes, noise and times of one batch, the same on both sides. */
  record Rows(GenerativeWork work, Digits digits, float[] noise, float[] times) {
    /** As a file that dlv reads. */
    Numpy numpy() {
      return new Numpy().with("image", digits.values(), digits.rows(), 1, 28, 28)
          .with("class", classes(), digits.rows(), CLASSES).with("noise", noise, work.noise)
          .with("time", times, digits.rows());
    }

    /** As tensors of the peer. */
    GenerativePeer.Batch batch() {
      return new GenerativePeer.Batch(digits.images(), Peer.tensor(classes(), digits.rows(), CLASSES),
          Peer.tensor(noise, work.noise), Peer.tensor(times, digits.rows()).to(torch.ScalarType.Long));
    }

    private float[] classes() {
      float[] classes = new float[digits.rows() * CLASSES];
      for (int row = 0; row < digits.rows(); row++) {
        classes[row * CLASSES + digits.labels()[row]] = 1;
      }
      return classes;
    }
  }

  private static final int CLASSES = 10;

  /** A batch of digits of chance with noise beside them. */
  Rows rows() {
    Random random = new Random(3);
    float[] normal = new float[(int) LongStream.of(noise).reduce(1, (a, b) -> a * b)];
    for (int i = 0; i < normal.length; i++) {
      normal[i] = (float) random.nextGaussian();
    }
    float[] times = new float[batch];
    for (int i = 0; i < batch; i++) {
      times[i] = random.nextInt(UnetPeer.STEPS);
    }
    return new Rows(this, Digits.random(batch, 2), normal, times);
  }
}
