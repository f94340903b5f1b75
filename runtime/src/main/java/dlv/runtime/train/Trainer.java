package dlv.runtime.train;

import dlv.runtime.BoundEntry;
import dlv.runtime.Executable;
import dlv.runtime.data.DataSource;
import dlv.runtime.data.Order;
import dlv.runtime.data.Split;
import dlv.runtime.plan.Arena;
import dlv.runtime.plan.Output;
import dlv.runtime.weights.Loan;
import dlv.runtime.weights.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Steps of one train block: which rows they see, what they measured, and how the model does on rows held back.
 *
 * <p>It opens nothing and writes no file; {@link TrainingLoop} does that.
 */
public final class Trainer {
  private static final String COUNTERS = "counters";
  private static final String SUMS = "sums";

  /** Ends the name of an output that says over how many elements a figure is the sum. */
  private static final String COUNT = ".count";

  /** End the names of the two outputs of a plot, which have a row for each example. */
  private static final String VALUES = ".values";
  private static final String LABELS = ".labels";

  private final Executable executable;
  private final Training training;
  private final List<Loan> loans;
  private final long epochsBefore;
  private final Rooms rooms;
  private final BoundEntry evaluate;
  private final boolean carries;
  private final List<Resident> rows = new ArrayList<>();
  private final List<Resident> heldBack = new ArrayList<>();
  private final Split held;
  private final Map<String, FloatBuffer> drawn = new LinkedHashMap<>();
  private final Map<String, String> learned;
  private final long stepsPerEpoch;
  private long step;
  private long orderedEpoch = -1;
  private long unread;

  /**
   * Binds data to an open plan.
   *
   * @param data the source of each data line
   * @param loans the models that begin with weights of another training
   * @param epochsBefore the epochs of the stages before this one, whose examples it does not see again
   * @throws IllegalArgumentException where a data line has fewer rows than a batch
   */
  public Trainer(Executable executable, Training training, Map<String, DataSource> data, List<Loan> loans,
                 long epochsBefore) {
    this.executable = executable;
    this.training = training;
    this.loans = List.copyOf(loans);
    this.epochsBefore = epochsBefore;
    this.rooms = new Rooms(executable, training);
    this.evaluate = executable.entry(training.entry("evaluate"));
    this.carries = executable.manifest().arenas().stream().anyMatch(arena -> arena.role() == Arena.Role.CARRY);
    this.held = heldBackSplit(data.values());
    this.learned = Learned.of(data);
    for (String name : training.data()) {
      rows.add(new Resident(rooms.whole(), name, data.get(name), Split.TRAIN));
      heldBack.add(new Resident(evaluate, "held." + name, data.get(name), held));
    }
    this.stepsPerEpoch = Math.max(1, rows.get(0).rows() / training.rowsPerStep());
    if (lastStep() > 0 && rows.get(0).rows() < training.rowsPerStep()) {
      throw new IllegalArgumentException("a step of " + training.rowsPerStep() + " rows needs more than the "
          + rows.get(0).rows() + " rows there are");
    }
  }

  /** The split that reports use: validation where every source has it, else test. */
  public static Split heldBackSplit(Iterable<DataSource> sources) {
    for (DataSource source : sources) {
      if (source.rows(Split.VALIDATION) == 0) {
        return Split.TEST;
      }
    }
    return Split.VALIDATION;
  }

  /** The values that the plan's dimensions take for these data. */
  public static Map<String, Long> dimensions(Training training, Map<String, DataSource> data) {
    var values = new LinkedHashMap<String, Long>();
    values.put("batch", (training.batch() + 15L) / 16 * 16);
    Split held = heldBackSplit(data.values());
    for (String name : training.data()) {
      values.put(name + ".rows", (long) data.get(name).rows(Split.TRAIN));
      values.put("held." + name + ".rows", (long) Math.max(1, data.get(name).rows(held)));
    }
    return values;
  }

  public Split held() {
    return held;
  }

  public long stepsPerEpoch() {
    return stepsPerEpoch;
  }

  /** Steps made so far, those before a resume included. */
  public long step() {
    return step;
  }

  /** The steps that the whole training takes. */
  public long lastStep() {
    return training.steps().orElseGet(() -> Math.multiplyExact(training.epochs().getAsLong(), stepsPerEpoch));
  }

  /** The epochs that it takes, a last one that is cut short included. */
  public long epochs() {
    return (lastStep() + stepsPerEpoch - 1) / stepsPerEpoch;
  }

  /** Sets every state to what it is before the first step. */
  public void initialise() {
    executable.initialise(training.seed());
    List<Tensor> lent = Loan.read(loans, executable.manifest());
    States.restore(executable, lent);
    States.restoreAverages(executable, lent);
    startAt(0);
  }

  /** The models that begin with weights of another training. */
  List<Loan> loans() {
    return loans;
  }

  /** Goes on from {@code done} steps; weights and all other states are in place. */
  public void startAt(long done) {
    step = done;
    orderedEpoch = -1;
    unread = 0;
    ByteBuffer counters = ByteBuffer.allocateDirect((int) executable.manifest().arena(COUNTERS).bytes())
        .order(ByteOrder.nativeOrder());
    executable.manifest().arena(COUNTERS).tensors().forEach(counter ->
        counters.putInt((int) (4 * counter.offset()), (int) (counter.path().equals("step") ? done : training.seed())));
    executable.writeArena(COUNTERS, 0, counters);
    clearFigures();
  }

  /** Makes {@code count} steps, all of one epoch or of several, and waits for none of them. */
  public void iterate(long count) {
    for (long i = 0; i < count; i++) {
      iterate(BoundEntry::enqueue);
    }
  }

  /**
   * Makes one step: {@code launches} gives the launches of the entry for rows of any length to the device, in order. Where
   * a shorter room does, that entry gives its own.
   */
  public void iterate(Consumer<BoundEntry> launches) {
    long epoch = epochsBefore + step / stepsPerEpoch;
    if (epoch != orderedEpoch) {
      order(epoch);
    }
    BoundEntry entry = rooms.of(step % stepsPerEpoch);
    (entry == rooms.whole() ? launches : (Consumer<BoundEntry>) BoundEntry::enqueue).accept(entry);
    step++;
    unread++;
  }

  private void order(long epoch) {
    for (int line = 0; line < rows.size(); line++) {
      rows.get(line).show(epoch);
      rows.get(line).order(order(line, epoch));
    }
    orderedEpoch = epoch;
  }

  private int[] order(int line, long epoch) {
    if (carries) {
      return Order.lanes(training.batch(), Math.toIntExact(stepsPerEpoch), rows.get(line).rows());
    }
    int[] places = rooms.differ() ? rows.get(line).places() : new int[0];
    if (places.length == 0) {
      return Order.shuffled(training.seed(), line, epoch, rows.get(line).rows());
    }
    int[] order = Order.grouped(training.seed(), line, epoch, places, training.batch());
    rooms.order(order, places);
    return order;
  }

  /** Every figure over the steps since they were last read; waits for the device. */
  public Map<String, Double> figures() {
    return training.shown(means());
  }

  /** The means of which figures are made, over the steps since they were last read; waits for the device. */
  Map<String, Double> means() {
    Arena sums = executable.manifest().arena(SUMS);
    ByteBuffer values = ByteBuffer.allocateDirect((int) sums.bytes()).order(ByteOrder.nativeOrder());
    executable.readArena(SUMS, 0, values);
    var means = new LinkedHashMap<String, Double>();
    for (String figure : training.figures()) {
      sums.tensors().stream().filter(sum -> sum.path().equals("sum." + figure)).findFirst().ifPresent(sum ->
          means.put(figure, values.getFloat((int) (4 * sum.offset())) / (double) Math.max(1, unread)));
    }
    clearFigures();
    return means;
  }

  private void clearFigures() {
    executable.writeArena(SUMS, 0, ByteBuffer.allocateDirect((int) executable.manifest().arena(SUMS).bytes()));
    unread = 0;
  }

  /** Every figure over all rows held back. */
  public Map<String, Double> evaluate() {
    int batch = executable.dimensions().get("batch").intValue();
    int total = heldBack.stream().mapToInt(Resident::rows).min().orElse(0);
    heldBack.forEach(resident -> resident.show(0));
    var sums = new LinkedHashMap<String, Double>();
    drawn.clear();
    for (int first = 0; first < total; first += batch) {
      int live = Math.min(batch, total - first);
      tell("first", first);
      tell("live", live);
      evaluate.enqueue();
      for (Output output : evaluate.entry().outputs()) {
        float[] values = evaluate.readFloats(output.name());
        if (output.shape().isEmpty()) {
          sums.merge(output.name(), (double) values[0], Double::sum);
        } else {
          int each = values.length / batch;
          drawn.computeIfAbsent(output.name(), name -> FloatBuffer.allocate(each * total)).put(values, 0, each * live);
        }
      }
    }
    var means = new LinkedHashMap<String, Double>();
    sums.forEach((name, sum) -> {
      if (!name.endsWith(COUNT)) {
        means.put(name, sum / sums.getOrDefault(name + COUNT, (double) total));
      }
    });
    return training.shown(means);
  }

  /** What the block draws, as the rows held back were last evaluated. */
  public List<Plot> plots() {
    return drawn.keySet().stream().filter(name -> name.endsWith(VALUES)).map(values -> {
      String name = values.substring(0, values.length() - VALUES.length());
      float[] labels = drawn.get(name + LABELS).array();
      return new Plot(name, drawn.get(values).array(), IntStream.range(0, labels.length).map(i -> (int) labels[i])
          .toArray());
    }).toList();
  }

  /** What the data have learned from their training rows and the weights need, under {@code KIND.LINE.NAME}. */
  Map<String, String> learned() {
    return learned;
  }

  /** Writes a number that the entry for rows held back may read. */
  private void tell(String input, int value) {
    if (evaluate.entry().inputs().stream().anyMatch(known -> known.name().equals(input))) {
      evaluate.write(input, new int[] {value});
    }
  }

  /** What it trains. */
  public Training training() {
    return training;
  }

  /** The plan it steps. */
  public Executable executable() {
    return executable;
  }
}
