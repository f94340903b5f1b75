package dlv.runtime.data;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Some rows of another source: of its training rows {@code take} behind the first {@code skip}, the same in every epoch,
 * and of each split held back the first {@code held}. 0 takes all. All kinds of source have these parameters, also where
 * other data stand in for them.
 */
final class Taken extends SomeRows {
  static final List<Parameter> PARAMETERS = List.of(
      new Parameter("take", Parameter.Kind.INT, Optional.of(0L), "how many of the training rows are used, or 0 for all"),
      new Parameter("skip", Parameter.Kind.INT, Optional.of(0L), "how many training rows stand before those used"),
      new Parameter("held", Parameter.Kind.INT, Optional.of(0L), "how many of the rows held back are used, or 0 for all"));

  private final int take;
  private final int skip;
  private final int held;

  private Taken(DataSource all, int take, int skip, int held) {
    super(all);
    this.take = take;
    this.skip = skip;
    this.held = held;
  }

  /** The source, or as many of its rows as the arguments say. */
  static DataSource of(DataSource all, Arguments arguments) {
    try {
      int take = arguments.integer("take", 0, Integer.MAX_VALUE);
      int skip = arguments.integer("skip", 0, Integer.MAX_VALUE);
      int held = arguments.integer("held", 0, Integer.MAX_VALUE);
      return take == 0 && skip == 0 && held == 0 ? all : new Taken(all, take, skip, held);
    } catch (DataException e) {
      all.close();
      throw e;
    }
  }

  private int most(Split split) {
    return split == Split.TRAIN ? take : held;
  }

  /** The first row that is used. */
  private int start(Split split) {
    return split == Split.TRAIN ? skip : 0;
  }

  @Override
  public int rows(Split split) {
    int most = most(split);
    int left = Math.max(0, all.rows(split) - start(split));
    return most == 0 ? left : Math.min(most, left);
  }

  @Override
  public boolean changesByEpoch(Split split) {
    return most(split) == 0 && all.changesByEpoch(split);
  }

  @Override
  public void fill(Split split, long epoch, int first, int count, Map<String, ByteBuffer> to) {
    if (first + count > rows(split)) {
      throw new IndexOutOfBoundsException("rows " + first + " to " + (first + count - 1) + " of " + rows(split));
    }
    all.fill(split, most(split) == 0 ? epoch : 0, start(split) + first, count, to);
  }

  @Override
  public String fingerprint() {
    return all.fingerprint() + ", take: " + take + (skip == 0 ? "" : ", skip: " + skip) + ", held: " + held;
  }

  @Override
  public List<String> texts(Split split, String name) {
    List<String> texts = all.texts(split, name);
    return texts.isEmpty() ? texts : texts.subList(start(split), start(split) + rows(split));
  }
}
