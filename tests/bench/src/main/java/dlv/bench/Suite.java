package dlv.bench;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What can be measured; each suite runs in a process of its own. */
enum Suite {
  /** A training step and inference, after the proof that both sides compute the same. */
  LENET("1") {
    @Override void run(PrintStream out) throws Exception {
      LenetSuite.run(out);
    }
  },
  /** A training step of ResNet-20 at 32x32, after its proof. */
  RESNET("1") {
    @Override void run(PrintStream out) throws Exception {
      ResnetSuite.run(out);
    }
  },
  /** Training steps of recurrent cells over 64 steps, after their proof. */
  RECURRENT("1") {
    @Override void run(PrintStream out) throws Exception {
      RecurrentSuite.run(out);
    }
  },
  /** A training step of an autoencoder that draws its codes, after its proof. */
  VAE("1") {
    @Override void run(PrintStream out) throws Exception {
      GenerativeSuite.run(GenerativeWork.VAE, out);
    }
  },
  /** A step of a generator and a discriminator, after its proof. */
  GAN("1") {
    @Override void run(PrintStream out) throws Exception {
      GenerativeSuite.run(GenerativeWork.GAN, out);
    }
  },
  /** A training step of a denoising U-Net, after its proof. */
  UNET("1") {
    @Override void run(PrintStream out) throws Exception {
      GenerativeSuite.run(GenerativeWork.UNET, out);
    }
  },
  /** Each kernel of LeNet-5 and of ResNet-20 alone. */
  KERNELS("1") {
    @Override void run(PrintStream out) throws Exception {
      KernelSuite.run(out);
    }
  },
  /** Matrix products: the one kind of work for which the peer's BLAS keeps its threads. */
  PRODUCTS("") {
    @Override void run(PrintStream out) throws Exception {
      LayerSuites.products(out);
    }
  },
  /** Convolutions of middle size. */
  CONVOLUTIONS("1") {
    @Override void run(PrintStream out) throws Exception {
      LayerSuites.convolutions(out);
    }
  },
  /** A chain of elementwise operations on many numbers. */
  ELEMENTWISE("1") {
    @Override void run(PrintStream out) throws Exception {
      LayerSuites.elementwise(out);
    }
  },
  /** The time until the first step is done. */
  START("1") {
    @Override void run(PrintStream out) throws Exception {
      StartSuite.run(out);
    }
  },
  /** Peak resident memory of a training step. */
  MEMORY("1") {
    @Override void run(PrintStream out) throws Exception {
      MemorySuite.run(out);
    }
  };

  private final String blasThreads;

  Suite(String blasThreads) {
    this.blasThreads = blasThreads;
  }

  /** Measures, and prints its tables. */
  abstract void run(PrintStream out) throws Exception;

  /**
   * The value of {@code OPENBLAS_NUM_THREADS} with which the peer is fastest, empty for none: beside the peer's own
   * threads a second pool of spinning ones makes its small steps many times slower.
   */
  String blasThreads() {
    return blasThreads;
  }

  /** Its name on the command line. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The suites of these names, in the order of this list; all for no names. */
  static List<Suite> named(List<String> words) {
    for (String word : words) {
      if (Arrays.stream(values()).noneMatch(s -> s.word().equals(word))) {
        throw new IllegalArgumentException("no suite \"" + word + "\"; there are "
            + Arrays.stream(values()).map(Suite::word).collect(Collectors.joining(", ")));
      }
    }
    return Arrays.stream(values()).filter(s -> words.isEmpty() || words.contains(s.word())).toList();
  }
}
