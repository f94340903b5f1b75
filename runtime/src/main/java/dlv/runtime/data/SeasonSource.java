package dlv.runtime.data;

import java.util.List;
import java.util.Optional;

/**
 * Monthly figures that the program makes by itself, as a {@link SeriesSource} has them: a level that grows unevenly,
 * times a season of twelve months, times noise.
 */
final class SeasonSource {
  static final SourceKind KIND = new SourceKind("seasons", "monthly figures, made by the program itself", List.of(
      new Parameter("months", Parameter.Kind.INT, Optional.of(480L), "values in all"),
      SeriesSource.WINDOW, SeriesSource.AHEAD, SeriesSource.VALIDATION, SeriesSource.TEST,
      new Parameter("seed", Parameter.Kind.INT, Optional.of(1L), "the seed that they are drawn by")),
      Optional.empty(), SeasonSource::open, Optional.of((path, a) ->
          SeriesSource.open(path, a.forKind(SeriesSource.KIND, "window", "ahead", "validation", "test"))));

  /** Changes when the figures do. */
  private static final int VERSION = 1;
  private static final int YEAR = 12;
  private static final int MOST = 1_000_000;

  private SeasonSource() {}

  private static DataSource open(Arguments arguments) {
    float[] values = draw(arguments.integer("months", 1, MOST), SplitMix.of(arguments.whole("seed")));
    return SeriesSource.cut(values, "seasons", arguments).dependsOn(arguments + " of version " + VERSION);
  }

  /** The figures; growth lasts for some months before it changes, and the level is always drawn back a little. */
  private static float[] draw(int months, SplitMix random) {
    double first = random.between(0, 1);
    double second = random.between(0, 1);
    float[] values = new float[months];
    double growth = 0;
    double level = 0;
    for (int t = 0; t < months; t++) {
      growth = 0.9 * growth + 0.003 * random.bell();
      level = 0.995 * level + growth;
      double season = 0.22 * wave(first + t / (double) YEAR) + 0.1 * wave(second + 2 * t / (double) YEAR);
      values[t] = (float) (100 * StrictMath.exp(level + season + 0.02 * random.bell()));
    }
    return values;
  }

  private static double wave(double turns) {
    return StrictMath.sin(2 * Math.PI * turns);
  }
}
