package dlv.runtime.data;

import dlv.runtime.text.Unit;
import dlv.runtime.text.Vocabulary;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Dates as people write them, and as ISO 8601 does: {@code 3 march 2021} and {@code 2021-03-03}, letter by letter. A day
 * that is held back is never trained on.
 */
final class DateSource {
  static final SourceKind KIND = new SourceKind("dates", "dates in words and in numbers, made by the program itself",
      DrawnSource.parameters(10_000, 1_000, "pairs"), Optional.of(type()), DateSource::open,
      Optional.of((path, a) -> {
        throw DataException.of(path, "a file cannot stand in for dates", "write parallel(\"source.txt\","
            + " \"target.txt\", unit: character) in the train block");
      }));

  /** Changes when the dates do. */
  private static final int VERSION = 1;
  private static final int FIRST_YEAR = 1900;
  private static final int DAYS = 73_049;
  /** One day of so many is held back. */
  private static final int HELD_BACK = 10;

  private DateSource() {}

  /** Both sides, with the letters that they can have. */
  private static final class Sides {
    static final Sentences SOURCE = sentences("source", "abcdefghijklmnopqrstuvwxyz 0123456789,/.", 28, false);
    static final Sentences TARGET = sentences("target", "0123456789-", 10, true);

    private static Sentences sentences(String name, String letters, int longest, boolean written) {
      return new Sentences(name, Vocabulary.learn(new Unit(Unit.Kind.CHARACTER, 0), List.of(letters),
          Integer.MAX_VALUE, false, Sentences.MARKS), longest, written);
    }
  }

  private static DataType type() {
    return new DataType(Sentences.fields(Sides.SOURCE, Sides.TARGET));
  }

  private static DataSource open(Arguments arguments) {
    return new DrawnSource(arguments, type(), "in the manners of version " + VERSION,
        Map.of("vocabulary.source", Sides.SOURCE.vocabulary().toJson(),
            "vocabulary.target", Sides.TARGET.vocabulary().toJson()), () -> DateSource::put);
  }

  private static void put(Split split, SplitMix random, Map<String, ByteBuffer> to) {
    LocalDate date = date(random, split);
    Sides.SOURCE.put(Sides.SOURCE.vocabulary().encode(written(date, random.below(6))), to);
    Sides.TARGET.put(Sides.TARGET.vocabulary().encode(date.toString()), to);
  }

  private static LocalDate date(SplitMix random, Split split) {
    while (true) {
      int day = random.below(DAYS);
      boolean held = SplitMix.of(day).below(HELD_BACK) == 0;
      if (held == (split != Split.TRAIN)) {
        return LocalDate.of(FIRST_YEAR, 1, 1).plusDays(day);
      }
    }
  }

  /** A date in one of six manners; where it is numbers alone, the day stands first. */
  private static String written(LocalDate date, int manner) {
    String month = date.getMonth().name().toLowerCase(Locale.ROOT);
    String day = date.getDayOfWeek().name().toLowerCase(Locale.ROOT);
    int d = date.getDayOfMonth();
    int y = date.getYear();
    return switch (manner) {
      case 0 -> d + " " + month + " " + y;
      case 1 -> month + " " + d + ", " + y;
      case 2 -> day + " " + d + " " + month + " " + y;
      case 3 -> d + " " + month.substring(0, 3) + " " + y;
      case 4 -> d + "/" + date.getMonthValue() + "/" + y;
      default -> d + "." + date.getMonthValue() + "." + y;
    };
  }
}
