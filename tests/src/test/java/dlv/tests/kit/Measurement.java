package dlv.tests.kit;

import dlv.runtime.json.Json;
import dlv.runtime.json.JsonView;
import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * How long something took, or why it could not be measured.
 *
 * @param name what was done, the same for every contender
 * @param contender who did it: {@code dlv}, {@code eager}
 * @param tf32 whether products might round their operands to TF32
 * @param median seconds for one time; the median of some turns
 * @param best seconds in the best turn
 * @param operations floating-point operations, 0 where they are not counted
 * @param deviceBytes memory of the device that it took, 0 where that is not known
 * @param failure why there are no times; empty where there are
 */
record Measurement(String name, String contender, boolean tf32, double median, double best, double operations,
                   long deviceBytes, String failure) {
  private static final double TURN = 0.15;
  private static final int ROUNDS = 9;
  private static final int FEW_ROUNDS = 3;
  private static final double SLOW = 1.0;

  /** @param work does it so many times, and waits until all are done */
  static Measurement of(String name, double operations, long deviceBytes, IntConsumer work) {
    int count = 1;
    double seconds = time(work, 1);
    seconds = Math.min(seconds, time(work, 1));
    while (seconds < TURN) {
      count = (int) Math.max(count + 1, Math.min(count * 10.0, count * TURN / seconds * 1.2));
      seconds = time(work, count);
    }
    double[] turns = new double[seconds > SLOW ? FEW_ROUNDS : ROUNDS];
    for (int i = 0; i < turns.length; i++) {
      turns[i] = time(work, count) / count;
    }
    Arrays.sort(turns);
    return new Measurement(name, "dlv", false, turns[turns.length / 2], turns[0], operations, deviceBytes, "");
  }

  static Measurement failed(String name, String reason) {
    return new Measurement(name, "dlv", false, 0, 0, 0, 0, reason);
  }

  private static double time(IntConsumer work, int count) {
    long start = System.nanoTime();
    work.accept(count);
    return (System.nanoTime() - start) / 1e9;
  }

  boolean succeeded() {
    return failure.isEmpty();
  }

  Json toJson() {
    return Json.object().put("name", name).put("contender", contender).put("tf32", tf32).put("median", median)
        .put("best", best).put("operations", operations).put("deviceBytes", deviceBytes).put("failure", failure)
        .build();
  }

  static Measurement read(JsonView v) {
    return new Measurement(v.at("name").text(), v.at("contender").text(), v.at("tf32").truth(), v.at("median").real(),
        v.at("best").real(), v.at("operations").real(), v.at("deviceBytes").integer(), v.at("failure").text());
  }
}
