package dlv.compiler.check;

import dlv.compiler.source.Span;
import dlv.compiler.syntax.Expression;
import dlv.compiler.syntax.Item;
import dlv.compiler.syntax.ParameterSyntax;
import dlv.compiler.syntax.ResultSyntax;
import dlv.compiler.syntax.Statement;
import dlv.compiler.syntax.TypeSyntax;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A network, cell, optimiser or generate block, with its parameters sorted into tensors and static values.
 *
 * @param answer what comes out; empty for an optimiser
 */
record Declaration(
    Kind kind,
    String name,
    List<Parameter> inputs,
    List<Parameter> statics,
    Optional<ResultSyntax> result,
    List<Statement> statements,
    Optional<Expression> answer,
    String doc,
    Span nameSpan,
    Module module) {

  /** The kinds of declaration that are evaluated. */
  enum Kind {
    NETWORK,
    CELL,
    OPTIMIZER,
    PROCESS,
    GENERATE;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What a parameter takes: a tensor, or one kind of static value. */
  enum Takes {
    TENSOR("a tensor"),
    INT("a whole number"),
    REAL("a number"),
    BOOL("true or false"),
    TEXT("a text"),
    EXTENT("a size: a whole number or [height, width]"),
    LIST("a list"),
    RANGE("a range"),
    SCHEDULE("a number or a schedule"),
    NETWORK("a network"),
    CELL("a cell"),
    CHOICE("a choice");

    private final String words;

    Takes(String words) {
      this.words = words;
    }

    String words() {
      return words;
    }

    /** The kind that a type without axes names; empty where there is none. */
    static Optional<Takes> named(String type) {
      return Optional.ofNullable(switch (type) {
        case "int" -> INT;
        case "real" -> REAL;
        case "bool" -> BOOL;
        case "text" -> TEXT;
        case "size2" -> EXTENT;
        case "list" -> LIST;
        case "range" -> RANGE;
        case "schedule" -> SCHEDULE;
        case "network" -> NETWORK;
        case "cell" -> CELL;
        default -> null;
      });
    }
  }

  /** The types that a parameter can have, by name. */
  static final List<String> TYPES = List.of("float", "index", "int", "real", "bool", "text", "size2", "list", "range",
      "schedule", "network", "cell");

  /** One parameter; {@code choices} are the words of a choice. */
  record Parameter(ParameterSyntax syntax, Takes takes, List<String> choices) {
    String name() {
      return syntax.name().text();
    }

    /** Whether its type has {@code ...} among its axes. */
    boolean hasDots() {
      return syntax.type().forms().stream()
          .anyMatch(form -> form.axes().stream().anyMatch(Expression.Ellipsis.class::isInstance));
    }

    boolean required() {
      return syntax.initial().isEmpty();
    }

    /** What it takes, in words. */
    String wants() {
      return takes == Takes.CHOICE ? words(choices) : takes.words();
    }

    static String words(List<String> choices) {
      return String.join(" or ", choices.stream().map(word -> "`" + word + "`").toList());
    }
  }

  static Declaration of(Item.NetworkSyntax item, Module module) {
    Kind kind = item.kind() == Item.NetworkSyntax.Kind.CELL ? Kind.CELL : Kind.NETWORK;
    var parameters = item.parameters().stream().map(Declaration::parameter).toList();
    return new Declaration(kind, item.name().text(), tensors(parameters), statics(parameters), item.result(),
        item.body().statements(), Optional.of(item.body().answer()), item.doc(), item.name().span(), module);
  }

  static Declaration of(Item.OptimizerSyntax item, Module module) {
    var parameters = item.parameters().stream().map(Declaration::parameter).toList();
    return new Declaration(Kind.OPTIMIZER, item.name().text(), tensors(parameters), statics(parameters),
        Optional.empty(), item.statements(), Optional.empty(), item.doc(), item.name().span(), module);
  }

  /** The parameters of a process. */
  static Declaration of(Item.ProcessSyntax item, Module module) {
    var parameters = item.parameters().stream().map(Declaration::parameter).toList();
    return new Declaration(Kind.PROCESS, item.name().text(), tensors(parameters), statics(parameters), Optional.empty(),
        List.of(), Optional.empty(), item.doc(), item.name().span(), module);
  }

  static Declaration of(Item.GenerateSyntax item, Module module) {
    var parameters = item.parameters().stream().map(Declaration::parameter).toList();
    return new Declaration(Kind.GENERATE, item.name().text(), tensors(parameters), statics(parameters),
        Optional.of(item.result()), item.body().statements(), Optional.of(item.body().answer()), item.doc(),
        item.name().span(), module);
  }

  private static List<Parameter> tensors(List<Parameter> all) {
    return all.stream().filter(parameter -> parameter.takes() == Takes.TENSOR).toList();
  }

  private static List<Parameter> statics(List<Parameter> all) {
    return all.stream().filter(parameter -> parameter.takes() != Takes.TENSOR).toList();
  }

  private static Parameter parameter(ParameterSyntax syntax) {
    TypeSyntax type = syntax.type();
    if (type.forms().size() > 1) {
      return new Parameter(syntax, Takes.CHOICE, type.forms().stream().map(form -> form.name().text()).toList());
    }
    var form = type.forms().get(0);
    boolean tensor = isTensor(form);
    return new Parameter(syntax, tensor ? Takes.TENSOR : Takes.named(form.name().text()).orElse(Takes.CHOICE),
        tensor || Takes.named(form.name().text()).isPresent() ? List.of() : List.of(form.name().text()));
  }

  private static boolean isTensor(TypeSyntax.Form form) {
    String name = form.name().text();
    return name.equals("float") || name.equals("index")
        || !form.axes().isEmpty() && (name.equals("int") || name.equals("bool"));
  }

  /** The static parameter of this name. */
  Optional<Parameter> parameter(String wanted) {
    return statics.stream().filter(parameter -> parameter.name().equals(wanted)).findFirst();
  }

  /** All parameters, tensors first. */
  List<Parameter> parameters() {
    var all = new ArrayList<>(inputs);
    all.addAll(statics);
    return all;
  }

  /** The states of a cell by name, which an application may begin with values of its own. */
  List<String> states() {
    return kind != Kind.CELL ? List.of() : statements.stream().filter(Statement.State.class::isInstance)
        .map(statement -> ((Statement.State) statement).name().text()).toList();
  }

  /** Whether it ships with the compiler. */
  boolean isLibrary() {
    return module.isLibrary();
  }
}
