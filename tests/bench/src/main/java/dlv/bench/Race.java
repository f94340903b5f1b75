package dlv.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Contenders that take turns at the same work.
 *
 * <p>Each turn begins with two runs that do not count, then repeats the work for about {@code turnMillis}. The peer's
 * threads spin on after its turn, so the others wait until these sleep. All are compared with that form of the peer
 * whose median is the smallest.
 *
 * @param rounds turns of each contender
 * @param turnMillis how long a turn lasts at least
 */
record Race(int rounds, double turnMillis) {
  private static final String ROUNDS = "bench.rounds";
  private static final int REST_AFTER_SPINNING = 250;
  private static final int REST = 5;

  /**
   * One that takes part.
   *
   * @param name as in the table
   * @param peer whether it is a form of the peer
   * @param prepare done before each turn
   * @param work done and finished when it returns
   * @param units of work that one run does; times are for one unit
   */
  record Contender(String name, boolean peer, Runnable prepare, Runnable work, int units) {
    /** One whose run is one unit of work. */
    Contender(String name, boolean peer, Runnable prepare, Runnable work) {
      this(name, peer, prepare, work, 1);
    }
  }

  /**
   * How one fared.
   *
   * @param name of the contender
   * @param median seconds for one unit of work: the median of its turns
   * @param best seconds in its best turn
   * @param ratio time of the fastest form of the peer over its own: the median over the rounds
   */
  record Standing(String name, double median, double best, double ratio) {}

  /** A race of turns this long, as many as {@code -Dbench.rounds} says. */
  static Race of(double turnMillis) {
    return new Race(Integer.getInteger(ROUNDS, 11), turnMillis);
  }

  /** The option with which another process has as many rounds. */
  static String option() {
    return "-D" + ROUNDS + "=" + Integer.getInteger(ROUNDS, 11);
  }

  /** Lets all take turns; at least one is a form of the peer. */
  List<Standing> run(List<Contender> contenders) {
    int n = contenders.size();
    int[] repeats = new int[n];
    for (int i = 0; i < n; i++) {
      repeats[i] = warmUp(contenders.get(i));
    }
    double[][] seconds = new double[n][rounds];
    for (int round = 0; round < rounds; round++) {
      for (int i = 0; i < n; i++) {
        seconds[i][round] = turn(contenders.get(i), repeats[i]);
      }
    }
    int reference = fastestPeer(contenders, seconds);
    List<Standing> standings = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      double[] ratios = new double[rounds];
      for (int round = 0; round < rounds; round++) {
        ratios[round] = seconds[reference][round] / seconds[i][round];
      }
      standings.add(new Standing(contenders.get(i).name(), median(seconds[i]),
          Arrays.stream(seconds[i]).min().orElseThrow(), median(ratios)));
    }
    return standings;
  }

  private static int fastestPeer(List<Contender> contenders, double[][] seconds) {
    return IntStream.range(0, contenders.size()).filter(i -> contenders.get(i).peer()).boxed()
        .min(Comparator.comparingDouble(i -> median(seconds[i]))).orElseThrow(
            () -> new IllegalArgumentException("nobody to compare with"));
  }

  /** Runs the work until a turn's time has passed, twice; the second time tells how often a turn repeats it. */
  private int warmUp(Contender contender) {
    contender.prepare().run();
    int count = 0;
    for (int pass = 0; pass < 2; pass++) {
      count = 0;
      long start = System.nanoTime();
      do {
        contender.work().run();
        count++;
      } while (System.nanoTime() - start < turnMillis * 1e6);
    }
    rest(contender);
    return count;
  }

  private static double turn(Contender contender, int repeats) {
    contender.prepare().run();
    contender.work().run();
    contender.work().run();
    long start = System.nanoTime();
    for (int i = 0; i < repeats; i++) {
      contender.work().run();
    }
    double seconds = (System.nanoTime() - start) / 1e9 / repeats / contender.units();
    rest(contender);
    return seconds;
  }

  private static void rest(Contender contender) {
    try {
      Thread.sleep(contender.peer() ? REST_AFTER_SPINNING : REST);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted between turns", e);
    }
  }

  /** The middle value, or the mean of the two in the middle. */
  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }
}
