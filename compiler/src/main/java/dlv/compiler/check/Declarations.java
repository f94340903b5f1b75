package dlv.compiler.check;

import dlv.compiler.diagnostic.Diagnostic;
import dlv.compiler.diagnostic.Suggest;
import dlv.compiler.source.Span;
import dlv.compiler.syntax.Expression;
import dlv.compiler.syntax.Item;
import dlv.compiler.syntax.Line;
import dlv.compiler.syntax.Name;
import dlv.compiler.syntax.Statement;
import dlv.compiler.syntax.TypeSyntax;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** What can be said about declarations before anything is evaluated: names, types of parameters, what is unused. */
final class Declarations {
  private final Blame blame;
  private final Module module;

  Declarations(Blame blame, Module module) {
    this.blame = blame;
    this.module = module;
  }

  void check() {
    names();
    for (Declaration declaration : module.declarations()) {
      parameters(declaration);
      unused(declaration);
    }
    module.processes().forEach(this::process);
    for (Item item : module.unit().items()) {
      if (item instanceof Item.TrainSyntax train) {
        unused(train);
      } else if (item instanceof Item.GenerateSyntax generate) {
        Declaration declaration = Declaration.of(generate, module);
        parameters(declaration);
        unused(declaration);
      }
    }
  }

  /** Two names may not be equal, nor become equal as names of files and classes. */
  private void names() {
    Map<String, Map.Entry<String, Span>> seen = new LinkedHashMap<>();
    for (Item item : module.unit().items()) {
      Optional<Map.Entry<String, Span>> name = Module.nameOf(item);
      if (name.isEmpty()) {
        continue;
      }
      var before = seen.putIfAbsent(name.get().getKey().toLowerCase(Locale.ROOT), name.get());
      if (before != null) {
        boolean equal = before.getKey().equals(name.get().getKey());
        blame.report(null, Diagnostic.error("duplicate", name.get().getValue(), equal
            ? "`" + before.getKey() + "` is declared twice"
            : "`" + name.get().getKey() + "` and `" + before.getKey()
                + "` differ in case alone, and would share a file")
            .note("declared here", before.getValue()));
      }
    }
  }

  private void parameters(Declaration declaration) {
    Map<String, Span> seen = new LinkedHashMap<>();
    Declaration.Parameter firstStatic = null;
    boolean misplaced = false;
    for (Declaration.Parameter parameter : inOrder(declaration)) {
      Name name = parameter.syntax().name();
      Span before = seen.putIfAbsent(name.text(), name.span());
      if (before != null) {
        blame.report(null, Diagnostic.error("duplicate", name.span(), "`" + name.text() + "` is a parameter already")
            .note("introduced here", before));
      }
      boolean tensor = parameter.takes() == Declaration.Takes.TENSOR;
      if (tensor && firstStatic != null && !misplaced) {
        misplaced = true;
        blame.report(null, Diagnostic.error("parameter", name.span(), "inputs come before parameters: `" + name.text()
            + "` is a tensor").note("a parameter stands here", firstStatic.syntax().span()));
      }
      firstStatic = tensor || firstStatic != null ? firstStatic : parameter;
      type(parameter);
    }
    if (declaration.kind() == Declaration.Kind.CELL && !declaration.inputs().isEmpty()) {
      ofStep(declaration);
    }
    boolean typed = declaration.statics().stream()
        .noneMatch(parameter -> parameter.choices().size() == 1 && parameter.takes() == Declaration.Takes.CHOICE);
    if (declaration.inputs().isEmpty() && typed && declaration.kind() != Declaration.Kind.GENERATE) {
      blame.report(null, Diagnostic.error("parameter", declaration.nameSpan(), "`" + declaration.name()
          + "` has no input").help("a network takes at least one tensor: `" + declaration.name() + "(x: float[n])`"));
    }
    declaration.result().ifPresent(result -> result.outputs().forEach(output -> tensor(output.type())));
  }

  /** How many axes a step has must be plain in one input, else the axis of time could not be told from them. */
  private void ofStep(Declaration cell) {
    if (cell.inputs().stream().allMatch(Declaration.Parameter::hasDots)) {
      Span span = cell.inputs().get(0).syntax().type().span();
      blame.report(null, Diagnostic.error("type", span, "a cell says what it sees at one step, axis by axis: `"
          + span.text() + "` is the same at every step").help("write the axes of one step, such as `float[m]`"));
    }
  }

  private static List<Declaration.Parameter> inOrder(Declaration declaration) {
    var all = new java.util.ArrayList<>(declaration.parameters());
    all.sort(java.util.Comparator.comparingInt(parameter -> parameter.syntax().span().start()));
    return all;
  }

  private void type(Declaration.Parameter parameter) {
    TypeSyntax type = parameter.syntax().type();
    boolean single = type.forms().size() == 1;
    if (parameter.takes() == Declaration.Takes.TENSOR) {
      tensor(type);
    } else if (single && parameter.takes() == Declaration.Takes.CHOICE) {
      unknown(type.forms().get(0).name());
    } else if (single && !type.forms().get(0).axes().isEmpty()) {
      blame.error(null, "type", type.span(), "`" + type.forms().get(0).name() + "` has no axes");
    }
  }

  private void unknown(Name name) {
    Diagnostic diagnostic = Suggest.help(Diagnostic.error("unknown-name", name.span(), "there is no type `"
        + name.text() + "`"), name.text(), Declaration.TYPES);
    blame.report(null, diagnostic.helps().isEmpty()
        ? diagnostic.help("a tensor is `float[h, w]` or `index(10)[t]`; the others are "
            + String.join(", ", Declaration.TYPES.subList(2, Declaration.TYPES.size()))) : diagnostic);
  }

  private void tensor(TypeSyntax type) {
    if (type.forms().size() > 1) {
      blame.error(null, "type", type.span(), "a tensor has one type");
      return;
    }
    TypeSyntax.Form form = type.forms().get(0);
    String name = form.name().text();
    boolean known = name.equals("float") || name.equals("index") || name.equals("int") || name.equals("bool");
    if (!known) {
      unknown(form.name());
    } else if (name.equals("index") != form.argument().isPresent()) {
      blame.report(null, Diagnostic.error("type", type.span(), name.equals("index")
          ? "`index` says out of how many: `index(10)`" : "`" + name + "` takes no number in parentheses"));
    }
    if (form.axes().stream().filter(Expression.Ellipsis.class::isInstance).count() > 1) {
      blame.error(null, "type", type.span(), "`...` stands once in a type");
    }
  }

  /**
   * A weight that nothing uses is an error; a binding or a parameter that nothing uses a warning. Initialisers, which
   * are told how many inputs and outputs a weight has, need not look at the weight itself.
   */
  private void unused(Declaration declaration) {
    TreeSet<String> used = new TreeSet<>();
    declaration.statements().forEach(statement -> Names.in(statement, used));
    declaration.answer().ifPresent(answer -> Names.in(answer, used));
    declaration.result().ifPresent(result -> result.outputs().forEach(output -> Names.in(output.type(), used)));
    for (Declaration.Parameter parameter : declaration.parameters()) {
      Names.in(parameter.syntax().type(), used);
      parameter.syntax().initial().ifPresent(initial -> Names.in(initial, used));
    }
    for (Statement statement : declaration.statements()) {
      if (statement instanceof Statement.Weight weight && !used.contains(weight.name().text())) {
        blame.error(null, "unused", weight.name().span(), "the weight `" + weight.name().text() + "` is never used");
      }
      if (statement instanceof Statement.Model model && !used.contains(model.name().text())) {
        warn(model.name());
      }
      if (statement instanceof Statement.Let let) {
        let.names().stream().filter(name -> !used.contains(name.text())).forEach(this::warn);
      }
    }
    boolean starts = declaration.statics().stream().anyMatch(parameter -> parameter.name().matches("fan_in|fan_out"));
    declaration.parameters().stream()
        .filter(parameter -> !starts || parameter.takes() != Declaration.Takes.TENSOR)
        .map(parameter -> parameter.syntax().name())
        .filter(name -> !used.contains(name.text())
            && declaration.kind() != Declaration.Kind.OPTIMIZER).forEach(this::warn);
  }

  /** Parts of a process have names of their own, and use names that are known. */
  private void process(Process process) {
    Map<String, Span> seen = new LinkedHashMap<>();
    for (Declaration.Parameter parameter : process.signature().parameters()) {
      if (parameter.takes() == Declaration.Takes.TENSOR) {
        blame.report(null, Diagnostic.error("parameter", parameter.syntax().span(),
            "a process has static parameters; tensors are the arguments of its parts")
            .help("`" + process.signature().name() + " { drift(x, t) = … }`"));
      } else {
        introduce(parameter.syntax().name(), seen);
        type(parameter);
      }
    }
    for (Item.ProcessSyntax.Part part : process.parts()) {
      Map<String, Span> arguments = new LinkedHashMap<>(seen);
      introduce(part.name(), seen);
      part.arguments().ifPresent(all -> all.forEach(argument -> introduce(argument, arguments)));
    }
    if (process.isEquation() && process.part("time").isEmpty()) {
      blame.report(null, Diagnostic.error("argument", process.signature().nameSpan(), "the process `"
          + process.signature().name() + "` does not say from when to when it runs").help("write `time = 0 .. 1`"));
    }
  }

  private void introduce(Name name, Map<String, Span> seen) {
    Span before = seen.putIfAbsent(name.text(), name.span());
    if (before != null) {
      blame.report(null, Diagnostic.error("duplicate", name.span(), "`" + name.text() + "` has a meaning already")
          .note("introduced here", before));
    }
  }

  /** Data and bindings of a block that no line uses. */
  private void unused(Item.TrainSyntax train) {
    TreeSet<String> used = new TreeSet<>();
    train.lines().forEach(line -> Names.in(line, used));
    for (Line line : train.lines()) {
      List<Name> names = line instanceof Line.Data data ? List.of(data.name())
          : line instanceof Statement.Let let ? let.names() : List.of();
      names.stream().filter(name -> !used.contains(name.text())).forEach(this::warn);
    }
  }

  private void warn(Name name) {
    blame.warn(Diagnostic.warning("unused", name.span(), "`" + name.text() + "` is never used"));
  }
}
