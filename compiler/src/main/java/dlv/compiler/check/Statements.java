package dlv.compiler.check;

import dlv.compiler.diagnostic.Diagnostic;
import dlv.compiler.ir.Node;
import dlv.compiler.ir.Op;
import dlv.compiler.ir.Role;
import dlv.compiler.source.Span;
import dlv.compiler.syntax.Expression;
import dlv.compiler.syntax.Message;
import dlv.compiler.syntax.Name;
import dlv.compiler.syntax.Statement;
import dlv.compiler.type.Dim;
import dlv.compiler.type.Element;
import dlv.compiler.type.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The statements of a body. After an error in one the names it binds are unknown, and the next is run. */
final class Statements implements Statement.Cases<Void> {
  private final Evaluator body;
  private final Activation here;
  private boolean failed;
  private boolean refused;

  Statements(Evaluator body) {
    this.body = body;
    this.here = body.here();
  }

  /** Runs a statement, unless a {@code require} before it did not hold: it guards what follows. */
  void run(Statement statement) {
    if (refused) {
      return;
    }
    try {
      statement.accept(this);
    } catch (Failed e) {
      failed = true;
    }
  }

  /** Whether a {@code require} did not hold. */
  boolean refused() {
    return refused;
  }

  /** Whether a statement had an error. */
  boolean failed() {
    return failed;
  }

  /** A call as it is written, in one short line. */
  static String written(Span span) {
    String text = span.text().replaceAll("\\s+", " ");
    return text.length() <= 60 ? text : text.substring(0, 57) + "...";
  }

  private void introduce(Name name, Value value) {
    Optional<Scope.Binding> before = body.scope().find(name.text());
    body.scope().bind(name.text(), value, name.span());
    before.ifPresent(binding -> {
      throw here.report(Diagnostic.error("duplicate", name.span(), "`" + name.text() + "` has a meaning already")
          .note("introduced here", binding.span()));
    });
  }

  @Override
  public Void let(Statement.Let statement) {
    Value value = made(body.attempt(statement.value()), statement.value());
    List<Name> names = statement.names();
    if (names.size() == 1) {
      nameInstance(value, names.get(0), statement.value());
      introduce(names.get(0), value);
    } else {
      takeApart(statement, value);
    }
    if (value instanceof Value.Unknown) {
      throw Failed.REPORTED;
    }
    return null;
  }

  /** A bare network name is a call without arguments. */
  private Value made(Value value, Expression written) {
    boolean bare = value instanceof Value.Template template
        && template.declaration().kind() != Declaration.Kind.OPTIMIZER;
    try {
      return bare ? new Calls(body).invoke(value, List.of(), written.span()) : value;
    } catch (Failed e) {
      return new Value.Unknown();
    }
  }

  /** {@code let d = Dense(120)} names the weights {@code d.W}; so does a call inside the value that is the instance. */
  private void nameInstance(Value value, Name name, Expression written) {
    boolean made = value instanceof Value.Network network && network.instance().parent() == here.instance()
        && network.instance().call().isWithin(written.span());
    if (made) {
      ((Value.Network) value).instance().name(name.text());
    }
  }

  private void takeApart(Statement.Let statement, Value value) {
    List<Name> names = statement.names();
    boolean fits = value instanceof Value.Tuple tuple && tuple.elements().size() == names.size();
    for (int i = 0; i < names.size(); i++) {
      introduce(names.get(i), fits ? ((Value.Tuple) value).elements().get(i) : new Value.Unknown());
    }
    if (!fits && !(value instanceof Value.Unknown)) {
      throw body.error("type", statement.value().span(), names.size() + " names for " + value.text());
    }
  }

  @Override
  public Void weight(Statement.Weight statement) {
    List<Size> sizes;
    try {
      sizes = new Shaping(body).sizes(statement.type(), "a dimension");
    } catch (Failed e) {
      introduce(statement.name(), new Value.Unknown());
      throw e;
    }
    if (here.instance().root().declaration() == null && here.instance().root().path().isEmpty()
        && here.session().clock() != null) {
      introduce(statement.name(), new Value.Unknown());
      String name = here.declaration().name();
      throw here.report(Diagnostic.error("model", statement.span(),
          "in a train block only `model` makes weights, and `" + name + "` has a weight")
          .help("write `model name = " + name + "(…)`"));
    }
    sizes.forEach(size -> fit(size.declared()));
    StateInfo info = owned(statement.name(), Role.WEIGHT, Shaping.shape(sizes), statement.doc(), () ->
        new Starts(body).of(statement.initial(), statement.name(), sizes));
    Op.State read = new Op.State(info.path(), Role.WEIGHT, Element.FLOAT, info.shape(), 0);
    introduce(statement.name(), Value.Tensor.of(here.build(statement.span()).node(read), sizes));
    return null;
  }

  /** Dimensions in a weight's shape are fixed from now on. */
  private void fit(Dim declared) {
    here.dims().forEach((name, size) -> {
      if (declared.names().contains(size.declared().text())) {
        here.instance().fit(name, new Instance.Fitted(size, here.frame().call(), name));
      }
    });
  }

  private interface Start {
    Initialiser begin();
  }

  /** A state of this instance; after an error its name is unknown. */
  private StateInfo owned(Name name, Role role, Shape shape, String doc, Start start) {
    try {
      return own(name, role, shape, doc, start);
    } catch (Failed e) {
      introduce(name, new Value.Unknown());
      throw e;
    }
  }

  private StateInfo own(Name name, Role role, Shape shape, String doc, Start start) {
    Instance instance = here.instance();
    StateInfo known = instance.state(name.text());
    if (known == null) {
      StateInfo made = new StateInfo(instance.path(name.text()), instance.root().path(), role, shape, start.begin(),
          name.span(), doc);
      instance.state(name.text(), made);
      if (role == Role.WEIGHT) {
        here.weights().add(made);
      }
      return made;
    }
    if (!known.shape().equals(shape)) {
      throw here.report(Diagnostic.error("shape", name.span(), "`" + name.text() + "` is float" + known.shape().text()
          + " since its first application, and would be float" + shape.text() + " here"));
    }
    return known;
  }

  @Override
  public Void state(Statement.State statement) {
    List<Size> sizes;
    try {
      sizes = new Shaping(body).sizes(statement.type(), "a dimension");
    } catch (Failed e) {
      introduce(statement.name(), new Value.Unknown());
      throw e;
    }
    if (here.steps() != null) {
      return carried(statement, sizes);
    }
    sizes.forEach(size -> fit(size.declared()));
    StateInfo info = owned(statement.name(), role(), Shaping.shape(sizes), statement.doc(), () ->
        statement.initial().map(initial -> new Starts(body).of(initial, statement.name(), sizes))
            .orElse(Initialiser.constant(0)));
    Op.State read = new Op.State(info.path(), role(), Element.FLOAT, info.shape(), here.session().turn(info.path()));
    Value.Tensor now = Value.Tensor.of(here.build(statement.span()).node(read), sizes);
    here.slots().put(statement.name().text(), new Activation.Slot(read, now));
    introduce(statement.name(), now);
    return null;
  }

  /** A state inside a cell goes from step to step, and belongs to the application. */
  private Void carried(Statement.State statement, List<Size> sizes) {
    Name name = statement.name();
    try {
      if (here.cell() == null) {
        throw here.report(Diagnostic.error("unsupported", statement.span(), "`" + here.declaration().name()
            + "` keeps `" + name.text() + "` from batch to batch, which a step of a cell cannot change")
            .help("apply `" + here.declaration().name() + "` to the whole sequence, before or after the cell"));
      }
      Value.Tensor now = here.cell().begin(statement, sizes, body);
      here.slots().put(name.text(), new Activation.Slot(null, now));
      introduce(name, now);
    } catch (Failed e) {
      body.scope().bind(name.text(), new Value.Unknown(), name.span());
      throw e;
    }
    return null;
  }

  private Role role() {
    return here.declaration().kind() == Declaration.Kind.OPTIMIZER ? Role.OPTIMISER : Role.STATISTIC;
  }

  @Override
  public Void require(Statement.Require statement) {
    Value condition = body.evaluate(statement.condition());
    if (condition instanceof Value.Undecided || condition instanceof Value.Truth truth && truth.value()) {
      return null;
    }
    if (!(condition instanceof Value.Truth)) {
      throw body.error("static", statement.condition().span(),
          "`require` takes a static condition, not " + condition.text());
    }
    refused = true;
    String message = statement.message().map(this::text)
        .orElse("this does not hold: " + statement.condition().span().text());
    throw body.error("require", statement.span(), message);
  }

  private String text(Message message) {
    StringBuilder text = new StringBuilder(message.texts().get(0));
    for (int i = 0; i < message.holes().size(); i++) {
      Value value = body.attempt(message.holes().get(i));
      text.append(value instanceof Value.Text plain ? plain.value() : value.text()).append(message.texts().get(i + 1));
    }
    return text.toString();
  }

  @Override
  public Void model(Statement.Model statement) {
    if (here.declaration().kind() != Declaration.Kind.GENERATE) {
      throw body.error("model", statement.span(), "`model` stands in train and generate blocks");
    }
    Value value = new Value.Unknown();
    try {
      if (!(body.evaluate(statement.value()) instanceof Value.Foreign model)) {
        throw here.report(Diagnostic.error("model", statement.value().span(),
            "a generate block uses models that a train block has trained").help("write `model "
                + statement.name().text() + " = Block.model`"));
      }
      value = here.session().borrow(model, statement.name().text(), statement).network();
    } finally {
      introduce(statement.name(), value);
    }
    return null;
  }

  /** Outside training statistics stay as they are, and their next values are not looked at. */
  @Override
  public Void next(Statement.Next statement) {
    String name = statement.name().text();
    if (here.cell() == null) {
      here.session().noteTraining();
    }
    boolean weight = here.declaration().kind() == Declaration.Kind.OPTIMIZER && name.equals("w");
    Activation.Slot slot = here.slots().get(name);
    if (slot == null && body.isUnknown(name)) {
      introduce(new Name(name + "'", statement.name().span()), new Value.Unknown());
      throw Failed.REPORTED;
    }
    if (slot == null && !weight) {
      throw body.lookup().unknown(name, statement.name().span());
    }
    if (role() == Role.STATISTIC && here.cell() == null && !here.training()) {
      return null;
    }
    Value value = body.attempt(statement.value());
    introduce(new Name(name + "'", statement.name().span()), value);
    if (value instanceof Value.Unknown) {
      throw Failed.REPORTED;
    }
    if (slot != null) {
      slot.next(next(slot, value, statement));
      body.scope().bind(name + "'", slot.next(), statement.name().span());
    }
    return null;
  }

  private Value.Tensor next(Activation.Slot slot, Value value, Statement.Next statement) {
    Value.Tensor next = value instanceof Value.Tensor tensor ? tensor : null;
    if (next == null || !next.shape().equals(slot.now().shape())) {
      throw body.error("shape", statement.value().span(), "the next value of `" + statement.name().text() + "` is "
          + slot.now().text() + ", not " + value.text());
    }
    return next;
  }

  /** Records what this application makes of statistics; {@code results} came out of it. */
  void move(List<Node> results) {
    for (Activation.Slot slot : new ArrayList<>(here.slots().values())) {
      if (slot.read() != null && slot.next() != null && here.training()) {
        var update = new StatisticUpdate(slot.read(), slot.next().node(), here.instance().root().path());
        here.session().move(new Session.Moved(update, results));
      }
    }
  }
}
