package dlv.compiler.check;

import dlv.compiler.diagnostic.Diagnostic;
import dlv.compiler.diagnostic.Suggest;
import dlv.compiler.source.Span;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Sorts the arguments of a call by what they fill: inputs, parameters, dimensions, and the states of a cell. */
final class Binder {
  /** Where a label can point, beside the inputs and parameters in their order. */
  private static final int DIMENSION = -1;
  private static final int STATE = -2;
  private static final int NOTHING = -3;

  private final Evaluator evaluator;
  private final Declaration declaration;

  Binder(Evaluator evaluator, Declaration declaration) {
    this.evaluator = evaluator;
    this.declaration = declaration;
  }

  /** Sorts the arguments of a call that may make an instance; every wrong one is reported. */
  Bound bind(List<Given> given, boolean application, Span span) {
    Bound bound = new Bound();
    Given[] inputs = new Given[declaration.inputs().size()];
    int position = application ? 0 : inputs.length;
    boolean failed = false;
    for (Given argument : given) {
      int slot = argument.name().isPresent() ? slot(argument) : position++;
      try {
        fill(bound, inputs, slot, argument);
      } catch (Failed e) {
        failed = true;
      }
    }
    if (failed || !complete(bound, inputs, application, span)) {
      throw Failed.REPORTED;
    }
    bound.inputs.addAll(Arrays.asList(inputs));
    return bound;
  }

  /** Sorts the arguments of an application of an instance, which has its parameters already. */
  Bound bind(Instance instance, List<Given> given, Span span) {
    List<Given> spread = spread(given);
    for (Given argument : spread) {
      boolean option = argument.name().isPresent() && slot(argument) >= declaration.inputs().size();
      if (option) {
        throw evaluator.here().report(Diagnostic.error("argument", argument.span(), "this instance of `"
            + declaration.name() + "` has its parameters already").note("made here", instance.call()));
      }
    }
    long inputs = spread.stream().filter(argument -> argument.name().isEmpty() || slot(argument) >= 0).count();
    if (inputs > declaration.inputs().size()) {
      throw evaluator.error("argument", span, "`" + declaration.name() + "` takes "
          + declaration.inputs().size() + (declaration.inputs().size() == 1 ? " input" : " inputs") + ", and gets "
          + inputs);
    }
    Bound bound = new Bound();
    Given[] filled = new Given[declaration.inputs().size()];
    int position = 0;
    for (Given argument : spread) {
      fill(bound, filled, argument.name().isPresent() ? slot(argument) : position++, argument);
    }
    bound.options.putAll(instance.options());
    if (!complete(bound, filled, true, span)) {
      throw Failed.REPORTED;
    }
    bound.inputs.addAll(Arrays.asList(filled));
    return bound;
  }

  /** Whether arguments apply a declaration: a tensor fills an input. That of a cell's state does not. */
  boolean applies(List<Given> given) {
    return given.stream().anyMatch(argument -> argument.isTensor()
        && (argument.name().isEmpty() || slot(argument) != STATE));
  }

  /** Where an error hides what the positions mean, labels can still be checked. */
  void checkLabels(List<Given> given) {
    for (Given argument : given) {
      if (argument.name().isPresent() && slot(argument) == NOTHING) {
        unknownOption(argument);
      }
    }
  }

  /** Tuples fill several inputs. */
  static List<Given> spread(List<Given> given) {
    List<Given> all = new ArrayList<>();
    for (Given argument : given) {
      if (argument.value() instanceof Value.Tuple tuple && argument.isTensor() && argument.name().isEmpty()) {
        tuple.elements().forEach(value -> all.add(new Given(Optional.empty(), value, argument.span())));
      } else {
        all.add(argument);
      }
    }
    return all;
  }

  /** The place of a labelled argument among inputs and parameters, or what else it fills. */
  private int slot(Given argument) {
    String name = argument.name().orElseThrow().text();
    var all = declaration.parameters();
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).name().equals(name)) {
        return i;
      }
    }
    return declaration.states().contains(name) ? STATE
        : dimensions(declaration).contains(name) ? DIMENSION : NOTHING;
  }

  /** The names in the types of a declaration that nothing else declares. */
  static TreeSet<String> dimensions(Declaration declaration) {
    TreeSet<String> names = new TreeSet<>();
    declaration.inputs().forEach(input -> Names.valuesIn(input.syntax().type(), names));
    declaration.result().ifPresent(result -> result.outputs().forEach(output -> Names.valuesIn(output.type(), names)));
    declaration.statics().forEach(parameter -> names.remove(parameter.name()));
    names.removeIf(name -> declaration.module().constant(name).isPresent());
    return names;
  }

  private void fill(Bound bound, Given[] inputs, int slot, Given argument) {
    if (slot == NOTHING) {
      throw unknownOption(argument);
    }
    if (slot == DIMENSION) {
      String name = argument.name().orElseThrow().text();
      once(bound.dims.containsKey(name), name, argument);
      bound.dims.put(name, Statics.whole(evaluator, known(argument), argument.span(), "`" + name + "`"));
      return;
    }
    if (slot == STATE) {
      String name = argument.name().orElseThrow().text();
      known(argument);
      once(bound.states.put(name, argument) != null, name, argument);
      return;
    }
    if (slot >= declaration.parameters().size()) {
      throw evaluator.here().report(Diagnostic.error("argument", argument.span(), "`" + declaration.name()
          + "` takes no more arguments: " + signature()));
    }
    var parameter = declaration.parameters().get(slot);
    if (slot < inputs.length) {
      once(inputs[slot] != null, parameter.name(), argument);
      inputs[slot] = argument;
    } else {
      once(bound.options.containsKey(parameter.name()), parameter.name(), argument);
      bound.options.put(parameter.name(), new Value.Unknown());
      boolean choice = argument.value() instanceof Value.Word && parameter.takes() != Declaration.Takes.CHOICE;
      Value value = choice ? known(argument) : argument.isUnknown() ? known(argument) : argument.value();
      bound.options.put(parameter.name(), Statics.fit(evaluator, parameter, instantiated(parameter, value, argument),
          argument.span()));
    }
  }

  /** A bare network name is a call without arguments, also where a parameter takes a network. */
  private Value instantiated(Declaration.Parameter parameter, Value value, Given argument) {
    boolean network = (parameter.takes() == Declaration.Takes.NETWORK || parameter.takes() == Declaration.Takes.CELL)
        && value instanceof Value.Template;
    return network ? new Calls(evaluator).invoke(value, List.of(), argument.span()) : value;
  }

  private Value known(Given argument) {
    if (argument.value() instanceof Value.Word word) {
      throw evaluator.lookup().unknown(word.name(), word.span());
    }
    if (argument.isUnknown()) {
      throw Failed.REPORTED;
    }
    return argument.value();
  }

  private void once(boolean before, String name, Given argument) {
    if (before) {
      throw evaluator.error("argument", argument.span(), "`" + name + "` is given twice");
    }
  }

  private Failed unknownOption(Given argument) {
    var name = argument.name().orElseThrow();
    TreeSet<String> known = dimensions(declaration);
    known.addAll(declaration.states());
    declaration.parameters().forEach(parameter -> known.add(parameter.name()));
    Diagnostic diagnostic = Suggest.help(Diagnostic.error("unknown-option", name.span(), "`" + declaration.name()
        + "` has no parameter `" + name.text() + "`"), name.text(), known);
    return evaluator.here().report(diagnostic.helps().isEmpty()
        ? diagnostic.help("write " + signature()) : diagnostic);
  }

  /** {@code Dense(x, units, bias)}. */
  private String signature() {
    return "`" + declaration.name() + "("
        + String.join(", ", declaration.parameters().stream().map(Declaration.Parameter::name).toList()) + ")`";
  }

  private boolean complete(Bound bound, Given[] inputs, boolean application, Span span) {
    List<String> missing = new ArrayList<>();
    for (int i = 0; application && i < inputs.length; i++) {
      if (inputs[i] == null) {
        missing.add(declaration.inputs().get(i).name());
      }
    }
    TreeSet<String> solvable = new TreeSet<>();
    declaration.inputs().forEach(input -> Names.valuesIn(input.syntax().type(), solvable));
    for (var parameter : declaration.statics()) {
      boolean open = parameter.required() && !bound.options.containsKey(parameter.name());
      if (open && !solvable.contains(parameter.name())) {
        missing.add(parameter.name());
      }
    }
    if (!missing.isEmpty()) {
      evaluator.here().report(Diagnostic.error("argument", span, "`" + declaration.name() + "` needs "
          + String.join(", ", missing.stream().map(name -> "`" + name + "`").toList()))
          .help("write " + signature()));
    }
    return missing.isEmpty();
  }
}
