package dlv.compiler.check;

import dlv.compiler.diagnostic.Diagnostic;
import dlv.compiler.diagnostic.Suggest;
import dlv.compiler.ir.Graph;
import dlv.compiler.ir.Node;
import dlv.compiler.ir.Role;
import dlv.compiler.source.Span;
import dlv.compiler.syntax.Expression;
import dlv.compiler.syntax.Item;
import dlv.compiler.syntax.Line;
import dlv.compiler.syntax.Name;
import dlv.compiler.syntax.Stage;
import dlv.compiler.syntax.Statement;
import dlv.compiler.type.Element;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A train block, or one stage of it: its lines in order, each evaluated as in training and, where a report needs it,
 * as in use.
 *
 * <p>What a {@code let} binds is evaluated once for all lines of training, so that they share its nodes.
 */
final class TrainBlock implements Line.Cases<Void> {
  private final Item.TrainSyntax syntax;
  private final Session session;
  private final Overrides overrides;
  private final DataLines dataLines;
  private final Evaluator training;
  private final Evaluator use;
  private final List<DataBinding> data = new ArrayList<>();
  private final TrainModels models;
  private final boolean whole;
  private final List<Minimize> minimize = new ArrayList<>();
  private final List<OptimiserLine> optimisers = new ArrayList<>();
  private final Map<Line.Minimize, Integer> times = new IdentityHashMap<>();
  private final List<Report> reports = new ArrayList<>();
  private final List<Plot> plots = new ArrayList<>();
  private final Set<String> figures = new TreeSet<>();
  private Map<String, Integer> turns = Map.of();
  private List<Session.Moved> moved = List.of();
  private Settings settings;
  private boolean failed;

  /** @param models shared with the other stages of the block, where they are not made for this one */
  TrainBlock(Item.TrainSyntax syntax, Module module, Session session, Overrides overrides, DataTypes types,
      Map<String, String> paths, TrainModels models, boolean whole) {
    this.syntax = syntax;
    this.models = models;
    this.whole = whole;
    this.session = session;
    this.overrides = overrides;
    Frame frame = new Frame(null, null, syntax.name().text(), false);
    Instance owner = new Instance(null, Map.of(), Map.of(), syntax.name().span(), null);
    this.training = new Evaluator(new Activation(session, frame, owner, true, List.of()), new Scope(null), module,
        List.of());
    this.use = new Evaluator(new Activation(session, frame, owner, false, List.of()), new Scope(null), module,
        List.of());
    this.dataLines = new DataLines(use, types, paths);
  }

  /** The block; empty after errors. */
  Optional<TrainProgram> check() {
    attempt(() -> settings = new SettingsReader(use, syntax.name().span(), trains()).read(syntax.lines(), overrides));
    syntax.lines().stream().filter(Line.Data.class::isInstance).forEach(line -> attempt(() -> line.accept(this)));
    lines().forEach(line -> attempt(() -> times.put(line, times(line))));
    attempt(this::startClock);
    if (settings != null && settings.carry()) {
      session.carry(new Carried());
    }
    if (session.clock() == null) {
      session.clock(new Schedules.Clock(1, 1));
    }
    attempt(this::holdModels);
    for (Line line : syntax.lines()) {
      if (!(line instanceof Line.Data)) {
        attempt(() -> line.accept(this));
      }
    }
    if (!failed) {
      attempt(this::finish);
    }
    return failed ? Optional.empty() : Optional.of(program());
  }

  private void attempt(Runnable part) {
    try {
      part.run();
    } catch (Failed e) {
      failed = true;
    }
  }

  /** Counts the steps of an epoch: each takes a full batch a turn from the first data's training rows. */
  private void startClock() {
    if (settings == null || data.isEmpty()) {
      return;
    }
    int turns = times.values().stream().mapToInt(n -> n).max().orElse(1);
    for (DataBinding binding : data) {
      if (trains() && binding.trainRows() / turns < settings.batch()) {
        throw use.here().report(Diagnostic.error("range", binding.span(), "`" + binding.name() + "` has "
            + binding.trainRows() + " rows to train on, fewer than " + (turns == 1 ? "a batch of " + settings.batch()
                : "the " + turns + " batches of " + settings.batch() + " that a step takes"))
            .help("set `batch` to at most " + binding.trainRows() / turns));
      }
    }
    long perEpoch = Math.max(1, data.get(0).trainRows() / turns / settings.batch());
    long total = settings.epochs().isPresent() ? perEpoch * settings.epochs().getAsInt()
        : settings.steps().orElse(perEpoch);
    session.clock(new Schedules.Clock(perEpoch, total));
  }

  private List<Line.Minimize> lines() {
    return syntax.lines().stream().filter(Line.Minimize.class::isInstance).map(Line.Minimize.class::cast).toList();
  }

  /** Whether it trains, as every stage does; else it only reports. */
  private boolean trains() {
    return !whole || !lines().isEmpty() || syntax.lines().stream().noneMatch(Line.Report.class::isInstance);
  }

  /** Makes the owners of all models, and holds those that no line names. */
  private void holdModels() {
    TreeSet<String> named = new TreeSet<>();
    lines().forEach(line -> line.of().forEach(name -> named.add(name.text())));
    boolean all = lines().stream().anyMatch(line -> line.of().isEmpty());
    for (Line line : syntax.lines()) {
      if (line instanceof Statement.Model model) {
        attempt(() -> models.begin(model, use));
      }
    }
    models.all().stream().filter(model -> !all && !named.contains(model.name()))
        .forEach(model -> session.hold(model.owner()));
  }

  /** What is applied in use, before what is applied in training. */
  private Stream<Application> applications() {
    return Stream.concat(use.here().children().stream(), training.here().children().stream());
  }

  private void bind(Name name, Value forTraining, Value forUse) {
    Optional<Scope.Binding> before = use.scope().find(name.text());
    training.scope().bind(name.text(), forTraining, name.span());
    use.scope().bind(name.text(), forUse, name.span());
    before.ifPresent(binding -> {
      throw use.here().report(Diagnostic.error("duplicate", name.span(), "`" + name.text() + "` has a meaning already")
          .note("introduced here", binding.span()));
    });
  }

  @Override
  public Void data(Line.Data line) {
    try {
      DataBinding binding = dataLines.bind(line, settings != null && settings.carry());
      data.add(binding);
      Value value = DataLines.value(binding, use.here());
      bind(line.name(), value, value);
    } catch (Failed e) {
      training.scope().bind(line.name().text(), new Value.Unknown(), line.name().span());
      use.scope().bind(line.name().text(), new Value.Unknown(), line.name().span());
      throw e;
    }
    return null;
  }

  @Override
  public Void model(Statement.Model line) {
    Value value = new Value.Unknown();
    try {
      value = models.make(line, use, overrides);
    } finally {
      bind(line.name(), value, value);
    }
    return null;
  }

  @Override
  public Void let(Statement.Let line) {
    session.line(turns, moved);
    var inTraining = new Statements(training);
    inTraining.run(line);
    turns = session.turns();
    moved = List.copyOf(session.moved());
    var inUse = new Statements(use);
    inUse.run(line);
    if (inTraining.failed() || inUse.failed()) {
      throw Failed.REPORTED;
    }
    return null;
  }

  @Override
  public Void minimize(Line.Minimize line) {
    session.line(turns, moved);
    Value loss = training.attempt(line.loss());
    Value evaluated = use.attempt(line.loss());
    List<String> changed = new ArrayList<>();
    attempt(() -> changed.addAll(changed(line)));
    List<OptimiserLine> optimiser = new ArrayList<>();
    attempt(() -> optimiser.add(new OptimiserLine(training, line.optimizer())));
    optimiser.forEach(read -> attempt(() -> read.of(ranks(changed))));
    var clip = new ArrayList<Node>();
    line.clip().ifPresent(written -> attempt(() -> clip.add(clip(written))));
    if (loss instanceof Value.Unknown || optimiser.isEmpty() || changed.isEmpty() || !times.containsKey(line)) {
      throw Failed.REPORTED;
    }
    Figure trained = Figure.loss(use, loss, line.loss());
    Figure held = Figure.loss(use, evaluated, line.loss());
    Map<Node, Boolean> needed = new IdentityHashMap<>();
    Graph.topological(List.of(trained.value())).forEach(node -> needed.put(node, true));
    List<StatisticUpdate> updates = session.moved().stream()
        .filter(update -> changed.contains(update.update().model()))
        .filter(update -> update.results().stream().anyMatch(needed::containsKey))
        .map(Session.Moved::update).toList();
    minimize.add(new Minimize(trained.value(), held.value(), held.count(), changed, optimiser.get(0).of(ranks(changed)),
        clip.stream().findFirst(), times.get(line), updates, line.span()));
    optimisers.add(optimiser.get(0));
    return null;
  }

  /** The ranks of all weights of some models, as far as they are known; a scalar, or no weight, counts as a vector. */
  private Set<Integer> ranks(List<String> names) {
    Set<Integer> ranks = names.stream().flatMap(name -> models.get(name).owner().allStates().stream())
        .filter(state -> state.role() == Role.WEIGHT).map(state -> Math.max(1, state.shape().rank()))
        .collect(Collectors.toCollection(TreeSet::new));
    return ranks.isEmpty() ? Set.of(1) : ranks;
  }

  private List<String> changed(Line.Minimize line) {
    if (line.of().isEmpty() && lines().size() > 1) {
      throw use.here().report(Diagnostic.error("argument", line.span(), "with several lines each says what it changes")
          .help("write `of " + String.join(", ", models.names()) + "`"));
    }
    for (Name name : line.of()) {
      if (models.get(name.text()) == null) {
        throw use.here().report(Suggest.help(Diagnostic.error("unknown-name", name.span(), "there is no model `"
            + name.text() + "`"), name.text(), models.names()));
      }
    }
    return line.of().isEmpty() ? List.copyOf(models.names()) : line.of().stream().map(Name::text).toList();
  }

  private Node clip(Expression written) {
    Value value = training.evaluate(written);
    boolean known = Arithmetic.number(value).isPresent();
    if (!Arithmetic.isNumber(value) || known && !(Arithmetic.number(value).getAsDouble() > 0)) {
      throw use.error("range", written.span(), "`clip` takes a number above 0, not " + value.text());
    }
    return new Arithmetic(training.here().build(written.span())).node(value);
  }

  private int times(Line.Minimize line) {
    if (line.times().isEmpty()) {
      return 1;
    }
    Expression written = line.times().get();
    Size size = training.whole(written, "`times`");
    if (!size.isConstant() || size.value().value() < 1 || size.value().value() > 10_000) {
      throw use.error("range", written.span(), "`times` is a number from 1 to 10000, not " + size);
    }
    return (int) size.value().value();
  }

  @Override
  public Void report(Line.Report line) {
    for (Line.Report.Reported reported : line.reported()) {
      attempt(() -> report(reported));
    }
    return null;
  }

  private void report(Line.Report.Reported reported) {
    session.line(turns, moved);
    Overall overall = Overall.of(reported.value());
    Value evaluated = use.attempt(overall.x());
    Value running = training.attempt(overall.x());
    String name = reported.name().map(Name::text).orElseGet(() -> Figure.name(use, reported.value()));
    if (evaluated instanceof Value.Unknown || running instanceof Value.Unknown) {
      throw Failed.REPORTED;
    }
    if (!figures.add(name)) {
      throw use.here().report(Diagnostic.error("duplicate", reported.span(), "two figures are named `" + name + "`")
          .help("write `report other = …`"));
    }
    Plot.of(use, name, evaluated, reported.span()).ifPresentOrElse(plots::add, () -> {
      Figure held = Figure.reported(use, evaluated, overall.x());
      Figure trained = Figure.reported(use, running, overall.x());
      reports.add(new Report(name, held.value(), held.count(), trained.value(), overall.shown(), reported.span()));
    });
  }

  @Override
  public Void stage(Line.Stage line) {
    throw Failed.REPORTED;
  }

  @Override
  public Void setting(Line.Setting line) {
    return null;
  }

  private void finish() {
    if (lines().isEmpty()) {
      checkMeasures();
    }
    if (data.isEmpty()) {
      throw use.here().report(Diagnostic.error("argument", syntax.name().span(), "`" + syntax.name().text()
          + "` has no data")
          .help("write `data digits = digits()`"));
    }
    if (whole) {
      checkApplied();
    }
    if (settings.patience().isPresent() && data.stream().allMatch(d -> d.validationRows() == 0)) {
      throw use.error("argument", syntax.name().span(),
          "stopping early needs data held back for validation, and there are none");
    }
    if (session.carried() != null && times.values().stream().anyMatch(n -> n > 1)) {
      throw use.error("unsupported", syntax.name().span(),
          "states that go on from batch to batch, and lines with several turns, cannot be in one block yet");
    }
    if (session.carried() != null && session.carried().states().isEmpty()) {
      throw use.error("unused", syntax.name().span(), "`carry` is set, and there is no state of a cell that could go on");
    }
    checkGradients();
    for (int i = 0; i < minimize.size(); i++) {
      minimize.set(i, minimize.get(i).with(optimisers.get(i).of(ranks(minimize.get(i).models()))));
    }
  }

  /** A block that trains nothing reports on models that others have trained. */
  private void checkMeasures() {
    if (reports.isEmpty() && plots.isEmpty() || !whole) {
      throw use.here().report(Diagnostic.error("argument", syntax.name().span(), "`" + syntax.name().text()
          + "` minimizes nothing" + (whole ? ", and reports nothing" : "")).help("write `minimize loss with adam`"));
    }
    for (TrainModels.Model model : models.all()) {
      if (model.loan().isEmpty()) {
        throw use.here().report(Diagnostic.error("model", model.line().span(), "nothing trains `" + model.name()
            + "`: this block only reports").help("borrow the model from a block that trains it, or write `minimize loss"
            + " of " + model.name() + " with adam`"));
      }
    }
  }

  private void checkApplied() {
    for (TrainModels.Model model : models.all()) {
      if (model.applications(applications()).isEmpty()) {
        use.error("unused", model.line().name().span(), "the model `" + model.name() + "` is never applied");
        failed = true;
      }
    }
  }

  /** Every line changes something that its loss depends on. */
  private void checkGradients() {
    for (Minimize line : minimize) {
      TreeSet<String> reached = new TreeSet<>();
      for (Node node : Graph.topological(List.of(line.loss()))) {
        if (node.op() instanceof dlv.compiler.ir.Op.State state) {
          reached.add(state.path());
        }
      }
      for (String name : line.models()) {
        boolean any = models.get(name).owner().allStates().stream().anyMatch(state -> reached.contains(state.path()));
        if (!any) {
          throw use.error("unused", line.span(), "this loss does not depend on the model `" + name + "`");
        }
      }
    }
  }

  private TrainProgram program() {
    List<ModelBinding> bindings = new ArrayList<>();
    List<StateInfo> states = new ArrayList<>();
    for (TrainModels.Model model : models.all()) {
      boolean trained = minimize.stream().anyMatch(line -> line.models().contains(model.name()));
      model.applications(applications()).stream().findFirst().ifPresent(application -> bindings.add(new ModelBinding(
          model.name(), model.network(), model.loan(), trained, application, model.line().span())));
      states.addAll(model.owner().allStates());
    }
    List<StatisticUpdate> carried = List.of();
    if (session.carried() != null) {
      states.addAll(session.carried().states());
      carried = session.carried().updates();
    }
    return new TrainProgram(syntax.name().text(), syntax.doc(), syntax.name().span(), data, bindings, states, carried,
        minimize, reports, plots, settings);
  }
}
