package dlv.compiler.check;

import dlv.compiler.diagnostic.CompileException;
import dlv.compiler.diagnostic.Diagnostic;
import dlv.compiler.diagnostic.Diagnostics;
import dlv.compiler.syntax.Expression;
import dlv.compiler.syntax.Item;
import dlv.compiler.syntax.Line;
import dlv.compiler.syntax.SourceUnit;
import dlv.compiler.type.Dim;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Finds out what a file means, and everything that is wrong with it. */
public final class Checker {

  /**
   * What is set from outside.
   *
   * @param set dimensions, parameters and settings by name
   * @param data paths of data by the name of their line
   */
  public record Options(Map<String, String> set, Map<String, String> data) {
    public static final Options NONE = new Options(Map.of(), Map.of());

    public Options {
      set = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(set));
      data = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(data));
    }
  }

  private final SourceUnit unit;
  private final Options options;
  private final DataTypes types;
  private final Blame blame = new Blame(new Diagnostics());
  private final Overrides overrides;
  private final Modules modules;
  private final Lending lending;

  private Checker(SourceUnit unit, Options options, DataTypes types) {
    this.unit = unit;
    this.options = options;
    this.types = types;
    this.overrides = new Overrides(options.set());
    this.modules = new Modules(unit, Library.shipped(), blame);
    this.lending = new Lending(overrides, types, options.data());
  }

  /**
   * The program that a file describes.
   *
   * @throws CompileException carrying every error of the file, in the order of their places
   */
  public static Program check(SourceUnit unit, Options options, DataTypes types) {
    return new Checker(unit, options, types).program();
  }

  /**
   * One network of a file on its own; empty where it needs what only a caller can give.
   *
   * @throws CompileException carrying every error that this network meets
   */
  public static Optional<NetworkProgram> network(SourceUnit unit, Options options, DataTypes types, String name) {
    Checker checker = new Checker(unit, options, types);
    Standalone alone = new Standalone(checker.session(), checker.overrides);
    Optional<NetworkProgram> network = checker.modules.main().declaration(name).flatMap(alone::elaborate);
    checker.blame.diagnostics().throwIfErrors();
    return network;
  }

  /** The networks of the library that can stand after an arrow without arguments, and answer with another shape. */
  public static List<String> stages() {
    Library library = Library.shipped();
    return library.names().stream().flatMap(name -> library.declaring(name).flatMap(m -> m.declaration(name)).stream())
        .filter(declaration -> declaration.kind() == Declaration.Kind.NETWORK && declaration.inputs().size() == 1
            && declaration.statics().stream().noneMatch(Declaration.Parameter::required) && !keepsShape(declaration))
        .map(Declaration::name).toList();
  }

  private static boolean keepsShape(Declaration declaration) {
    String input = declaration.inputs().get(0).syntax().type().span().text();
    return declaration.result().stream().flatMap(result -> result.outputs().stream())
        .anyMatch(output -> output.type().span().text().equals(input));
  }

  private Program program() {
    unit.warnings().forEach(blame::warn);
    modules.own().forEach(module -> new Declarations(blame, module).check());
    List<NetworkProgram> networks = new ArrayList<>();
    for (Declaration declaration : modules.main().declarations()) {
      if (declaration.kind() != Declaration.Kind.OPTIMIZER) {
        new Standalone(session(), overrides).elaborate(declaration).ifPresent(networks::add);
      }
    }
    List<TrainProgram> trains = new ArrayList<>();
    List<GenerateProgram> generates = new ArrayList<>();
    for (Item item : unit.items()) {
      if (item instanceof Item.TrainSyntax train) {
        new Stages(train, modules.main(), session(), overrides, types, options.data()).check()
            .map(program -> new Buckets(train, program, this::shorter, types, options.data(), blame).shorter())
            .ifPresent(trains::add);
      } else if (item instanceof Item.Assertion assertion) {
        check(assertion);
      } else if (item instanceof Item.ProcessSyntax process) {
        check(modules.main().process(process.name().text()).orElseThrow());
      } else if (item instanceof Item.GenerateSyntax generate) {
        generate(Declaration.of(generate, modules.main())).ifPresent(generates::add);
      } else if (item instanceof Item.Constant constant) {
        check(constant);
      }
    }
    overrides.reportUnused(blame, unit.file().span(0, 0));
    checkDataNames();
    blame.diagnostics().throwIfErrors();
    return new Program(unit, networks, trains, generates, blame.diagnostics().list());
  }

  /** Other data can stand in only for data that a block names. */
  private void checkDataNames() {
    Set<String> names = unit.items().stream().filter(Item.TrainSyntax.class::isInstance)
        .flatMap(item -> ((Item.TrainSyntax) item).lines().stream()).filter(Line.Data.class::isInstance)
        .map(line -> ((Line.Data) line).name().text()).collect(Collectors.toCollection(TreeSet::new));
    for (String name : options.data().keySet()) {
      if (!names.contains(name)) {
        Diagnostic diagnostic = Diagnostic.error("unknown-name", unit.file().span(0, 0),
            "no train block has data named `" + name + "`");
        blame.report(null, names.isEmpty() ? diagnostic : diagnostic.help("there is: " + String.join(", ", names)));
      }
    }
  }

  /** A generate block, looked at again as long as its models tell of dimensions that its inputs leave open. */
  private Optional<GenerateProgram> generate(Declaration block) {
    Map<String, Dim> solved = new LinkedHashMap<>();
    while (true) {
      Session session = session();
      session.solved().putAll(solved);
      Optional<NetworkProgram> network = new Standalone(session, overrides).elaborate(block);
      if (session.solved().equals(solved)) {
        return network.map(n -> new GenerateProgram(n, session.lent().stream().map(Lending.Lent::loan).toList()));
      }
      solved.putAll(session.solved());
    }
  }

  /** A train block for examples that take at most so many places; empty after errors, which {@code told} hears. */
  private Optional<TrainProgram> shorter(Item.TrainSyntax train, long room, Blame told) {
    Session session = new Session(told, modules, lending);
    return new Stages(train, modules.main(), session, overrides, new Shorter(types, room), options.data()).check();
  }

  private Session session() {
    return new Session(blame, modules, lending);
  }

  private Evaluator top(String name, dlv.compiler.source.Span span) {
    Instance owner = new Instance(null, Map.of(), Map.of(), span, null);
    Activation top = new Activation(session(), new Frame(null, null, name, false), owner, false, List.of());
    return new Evaluator(top, new Scope(null), modules.main(), List.of());
  }

  private void check(Item.Constant constant) {
    try {
      top(constant.name().text(), constant.span()).lookup().value(
          new Expression.Reference(constant.name().text(), constant.name().span()));
    } catch (Failed e) {
      return;
    }
  }

  /** The parts of a process that are values, where its parameters have defaults. */
  private void check(Process process) {
    if (process.signature().statics().stream().anyMatch(Declaration.Parameter::required)) {
      return;
    }
    Evaluator top = top(process.signature().name(), process.signature().nameSpan());
    for (Item.ProcessSyntax.Part part : process.parts()) {
      try {
        new Processes(top).field(new Value.Process(process, Map.of()), part.name());
      } catch (Failed e) {
        continue;
      }
    }
  }

  private void check(Item.Assertion assertion) {
    try {
      Evaluator top = top("assert", assertion.span());
      Value value = top.evaluate(assertion.condition());
      if (!(value instanceof Value.Truth truth)) {
        throw top.here().report(sides(top, assertion, Diagnostic.error("assert", assertion.condition().span(),
            value instanceof Value.Undecided ? "this depends on dimensions without a value"
                : "`assert` takes a static condition, not " + value.text())));
      }
      if (!truth.value()) {
        throw top.here().report(sides(top, assertion,
            Diagnostic.error("assert", assertion.condition().span(), "this does not hold")));
      }
    } catch (Failed e) {
      return;
    }
  }

  /** Says what both sides of a comparison are. */
  private static Diagnostic sides(Evaluator top, Item.Assertion assertion, Diagnostic diagnostic) {
    if (!(assertion.condition() instanceof Expression.Binary binary)) {
      return diagnostic;
    }
    Value left = top.attempt(binary.left());
    Value right = top.attempt(binary.right());
    return diagnostic.label(left.text() + " " + binary.operator().symbol() + " " + right.text());
  }
}
