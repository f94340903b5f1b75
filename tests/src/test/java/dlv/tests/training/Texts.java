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

  /**
   * Models whose weights are the sums of what they saw, turn by turn: draws in the first four places, pixels in the
   * others. In an epoch of one step d sees every row.
   */
  static final String TURNS = """
      network Sum(x: float[8]) -> float {
        weight w: float[8] = zeros
        (-sum(w * x))
      }

      train Turns {
        data  digits = digits(train: ROWS, test: 16)
        model a = Sum
        model b = Sum
        model c = Sum
        model d = Sum
        let seen = concat(normal([4]), (digits.image -> Flatten)[400..403])
        minimize a(seen) of a with sgd(1.0)
        minimize b(seen) of b with sgd(1.0) times 2
        minimize c(seen) of c with sgd(1.0)
        minimize d(seen) of d with sgd(1.0) times 4
        batch 16  epochs 3  seed 7
      }
      """;

  private Texts() {}
}
