package dlv.compiler.check;

import dlv.compiler.ir.Node;
import dlv.compiler.syntax.Statement;
import dlv.compiler.type.Dim;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What all evaluations of one network on its own, or of one train block, share. */
final class Session {
  /** A statistic's next value, and what came out of the application that made it. */
  record Moved(StatisticUpdate update, List<Node> results) {}

  private final Blame blame;
  private final Modules modules;
  private final Lending lending;
  private final List<Lending.Lent> lent = new ArrayList<>();
  private final Map<List<Object>, Integer> sites = new HashMap<>();
  private final Map<Object, Value> constants = new IdentityHashMap<>();
  private final Map<List<Object>, Value> parts = new HashMap<>();
  private final Map<Instance, Boolean> held = new IdentityHashMap<>();
  private final Lengths lengths = new Lengths();
  private final Map<String, Dim> solved = new LinkedHashMap<>();
  private Carried carried;
  private Map<String, Integer> turns = new LinkedHashMap<>();
  private List<Moved> moved = new ArrayList<>();
  private Schedules.Clock clock;
  private final int depth;
  private int symbols;
  private int applications;
  private boolean trainingMatters;

  Session(Blame blame, Modules modules, Lending lending) {
    this(blame, modules, lending, 0);
  }

  private Session(Blame blame, Modules modules, Lending lending, int depth) {
    this.blame = blame;
    this.modules = modules;
    this.lending = lending;
    this.depth = depth;
  }

  /** A session for a question that comes up in this one. */
  Session inner(Blame told) {
    return new Session(told, modules, lending, depth + 1);
  }

  /** A session of the same kind for another stage of a block. */
  Session another() {
    return new Session(blame, modules, lending, depth);
  }

  /** Dimensions that inputs of a generate block leave open, as models on loan were found to fix them. */
  Map<String, Dim> solved() {
    return solved;
  }

  /** Takes the size of a model on loan for a dimension of the same name everywhere; whether it was open. */
  boolean solve(Dim open, Dim size) {
    String name = open.text();
    boolean fits = !lent.isEmpty() && size.isConstant() && open.equals(Dim.name(name));
    return fits && solved.putIfAbsent(name, size) == null;
  }

  /** How many questions this one is inside of. */
  int depth() {
    return depth;
  }

  Blame blame() {
    return blame;
  }

  Modules modules() {
    return modules;
  }

  /** A model of another block, whose states are named after {@code as}. */
  Lending.Lent borrow(Value.Foreign model, String as, Statement.Model line) {
    Lending.Lent found = lending.lend(model, as, line, this);
    lent.add(found);
    return found;
  }

  /** The models of other blocks that were borrowed so far. */
  List<Lending.Lent> lent() {
    return lent;
  }

  /** A name for a size that no other declaration or application uses. */
  Dim symbol(String name) {
    return Dim.name(name + "#" + ++symbols);
  }

  /** Dimensions whose length differs by example. */
  Lengths lengths() {
    return lengths;
  }

  /** States that go on from batch to batch; null where they begin anew in each. */
  Carried carried() {
    return carried;
  }

  void carry(Carried states) {
    carried = states;
  }

  /** The number of a draw: one for each place in each application, the same whenever it is evaluated again. */
  int site(List<Object> place) {
    return sites.computeIfAbsent(place, key -> sites.size());
  }

  /** Values of constants of files, while or after they are evaluated. */
  Map<Object, Value> constants() {
    return constants;
  }

  /** Values of parts of processes that take no arguments: of the part, in training or not. */
  Map<List<Object>, Value> parts() {
    return parts;
  }

  /** Says that a model is not trained here. */
  void hold(Instance model) {
    held.put(model, true);
  }

  boolean holds(Instance model) {
    return held.containsKey(model.root());
  }

  /** How many updates a statistic has had so far in this line of training. */
  int turn(String path) {
    return turns.getOrDefault(path, 0);
  }

  void move(Moved update) {
    moved.add(update);
    turns.merge(update.update().state().path(), 1, Integer::sum);
  }

  /** Updates since {@link #line}, before them those of bindings. */
  List<Moved> moved() {
    return moved;
  }

  /** The updates so far, from which a line can start again. */
  Map<String, Integer> turns() {
    return Map.copyOf(turns);
  }

  /** Starts a line: bindings have made these updates. */
  void line(Map<String, Integer> turnsBefore, List<Moved> movedBefore) {
    turns = new LinkedHashMap<>(turnsBefore);
    moved = new ArrayList<>(movedBefore);
  }

  /** How steps count as epochs; null outside train blocks. */
  Schedules.Clock clock() {
    return clock;
  }

  void clock(Schedules.Clock found) {
    clock = found;
  }

  /** Counts an application; the number of all so far. */
  int count() {
    return ++applications;
  }

  /** Notes that something differs between training and use. */
  void noteTraining() {
    trainingMatters = true;
  }

  boolean trainingMatters() {
    return trainingMatters;
  }
}
