package dlv.tests.training;

/** Small programs to train. */
final class Texts {
  /** A dense network on drawn digits, with dropout and batch statistics, so that chance and statistics take part. */
  static final String DENSE = """
      network Small(image: float[1, 28, 28]) -> digit: float[10] {
        image -> Flatten -> Dense(24) -> BatchNorm -> relu -> Dropout(0.2) -> Dense(10)
      }

      train Few {
        data  digits = digits(train: 256, test: 48)
        model net    = Small
        let digit = net(digits.image)
        minimize cross_entropy(digit, digits.label) with adam(1e-3)
        report   accuracy(digit, digits.label)
        batch 32  epochs 3  seed 7
      }
      """;

  /** Two models that learn against each other: lines of different models, one shared forward. */
  static final String PAIR = """
      network Maker(z: float[8]) -> image: float[16] {
        z -> Dense(12) -> BatchNorm -> relu -> Dense(16)
      }

      network Judge(image: float[16]) -> verdict: float {
        let hidden = image -> Dense(12) -> BatchNorm -> relu
        sum(hidden -> Dense(1))
      }

      train Pair {
        data  digits = digits(train: 64, test: 16)
        model G = Maker
        model D = Judge
        let real = (digits.image -> Flatten)[0..15]
        let fake = G(normal([8]))
        minimize bce(D(real), 1) + bce(D(fake), 0) of D with sgd(RATE_D)
        minimize bce(D(fake), 1) of G with sgd(RATE_G)
        batch 16  epochs 1
      }
      """;

  private Texts() {}
}
