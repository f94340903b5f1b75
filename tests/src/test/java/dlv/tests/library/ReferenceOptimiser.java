package dlv.tests.library;

/** Optimisers of one weight, as their papers write them. */
final class ReferenceOptimiser {
  private final String rule;
  private final double rate;
  private double m;
  private double v;

  ReferenceOptimiser(String rule, double rate) {
    this.rule = rule;
    this.rate = rate;
  }

  /** The next weight. */
  double step(double w, double g, int t) {
    return switch (rule) {
      case "plain" -> w - rate * g;
      case "decay" -> w - rate * (g + 0.2 * w);
      case "momentum" -> {
        m = 0.9 * m + g;
        yield w - rate * m;
      }
      case "nesterov" -> {
        m = 0.9 * m + g;
        yield w - rate * (g + 0.9 * m);
      }
      case "adam" -> w - rate * adam(g, t);
      case "adamw" -> w - rate * (adam(g, t) + 0.3 * w);
      case "rmsprop" -> {
        v = 0.8 * v + 0.2 * g * g;
        yield w - rate * g / (Math.sqrt(v) + 1e-8);
      }
      case "adagrad" -> {
        v += g * g;
        yield w - rate * g / (Math.sqrt(v) + 1e-10);
      }
      default -> throw new IllegalArgumentException(rule);
    };
  }

  private double adam(double g, int t) {
    m = 0.9 * m + 0.1 * g;
    v = 0.999 * v + 0.001 * g * g;
    return m / (1 - Math.pow(0.9, t)) / (Math.sqrt(v / (1 - Math.pow(0.999, t))) + 1e-8);
  }
}
