package dlv.compiler.check;

import dlv.compiler.check.DataBinding.FieldBinding;
import dlv.compiler.diagnostic.Diagnostic;
import dlv.compiler.diagnostic.Suggest;
import dlv.compiler.ir.Build;
import dlv.compiler.ir.Node;
import dlv.compiler.ir.Op;
import dlv.compiler.ir.Scalar;
import dlv.compiler.source.Span;
import dlv.compiler.syntax.Expression;
import dlv.compiler.syntax.Line;
import dlv.compiler.type.Dim;
import dlv.compiler.type.Element;
import dlv.compiler.type.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The data of a train block: sources, their arguments, and a tensor for each field. */
final class DataLines {
  private final Evaluator evaluator;
  private final DataTypes types;
  private final Map<String, String> overrides;

  DataLines(Evaluator evaluator, DataTypes types, Map<String, String> overrides) {
    this.evaluator = evaluator;
    this.types = types;
    this.overrides = overrides;
  }

  /** @param carry whether rows must go on where the ones before ended */
  DataBinding bind(Line.Data line, boolean carry) {
    Expression function = line.source() instanceof Expression.Call call ? call.function() : line.source();
    if (!(function instanceof Expression.Reference source)) {
      throw evaluator.error("argument", line.source().span(), "data come from a source such as `digits()`");
    }
    Optional<List<DataTypes.Parameter>> parameters = types.parameters(source.name());
    if (parameters.isEmpty()) {
      Diagnostic diagnostic = Suggest.help(Diagnostic.error("unknown-name", source.span(),
          "there is no data source `" + source.name() + "`"), source.name(), types.sources());
      throw evaluator.here().report(diagnostic.helps().isEmpty()
          ? diagnostic.help("there is: " + String.join(", ", types.sources())) : diagnostic);
    }
    Map<String, Object> arguments = line.source() instanceof Expression.Call call
        ? arguments(source.name(), call, parameters.get()) : Map.of();
    String name = line.name().text();
    try {
      DataTypes.Table table = types.saved(name).orElseGet(() -> types.read(source.name(), arguments,
          Optional.ofNullable(overrides.get(name)), line.source().span()));
      if (carry && !table.continues()) {
        throw evaluator.here().report(Diagnostic.error("argument", line.source().span(), "`carry` needs rows that go on where"
            + " the ones before ended, and those of `" + source.name() + "` have nothing to do with each other")
            .help("`text(…)` cuts a text into windows that go on"));
      }
      List<FieldBinding> fields = table.fields().stream().map(field -> field(name, field)).toList();
      return new DataBinding(name, source.name(), arguments, fields, table.trainRows(), table.validationRows(),
          table.testRows(), line.span());
    } catch (DataTypes.Unreadable e) {
      Diagnostic diagnostic = Diagnostic.error("data", line.source().span(), e.getMessage());
      throw evaluator.here().report(e.help().isEmpty() ? diagnostic : diagnostic.help(e.help()));
    }
  }

  private Map<String, Object> arguments(String source, Expression.Call call, List<DataTypes.Parameter> parameters) {
    Map<String, Object> arguments = new LinkedHashMap<>();
    List<String> names = parameters.stream().map(DataTypes.Parameter::name).toList();
    int position = 0;
    boolean failed = false;
    for (Expression.Call.Argument argument : call.arguments()) {
      try {
        String name = argument.name().map(n -> n.text()).orElse(position < names.size() ? names.get(position) : "");
        position += argument.name().isPresent() ? 0 : 1;
        if (!names.contains(name)) {
          throw unknown(source, argument, name, names);
        }
        Object value = value(parameters.get(names.indexOf(name)), argument.value(), source);
        if (arguments.put(name, value) != null) {
          throw evaluator.error("argument", argument.span(), "`" + name + "` is given twice");
        }
      } catch (Failed e) {
        failed = true;
      }
    }
    if (failed) {
      throw Failed.REPORTED;
    }
    return arguments;
  }

  private Object value(DataTypes.Parameter parameter, Expression written, String source) {
    if (parameter.type().contains(" | ")) {
      return choice(parameter, written, source);
    }
    return fit(plain(evaluator.evaluate(written), written.span(), source), parameter, written.span(), source);
  }

  /** One of the words of a choice, with its whole number where it takes one: {@code bpe(8000)}. */
  private String choice(DataTypes.Parameter parameter, Expression written, String source) {
    List<String> words = List.of(parameter.type().split(" \\| "));
    if (written instanceof Expression.Reference word && words.contains(word.name())) {
      return word.name();
    }
    if (written instanceof Expression.Call call && call.function() instanceof Expression.Reference word
        && words.contains(word.name() + "(int)") && call.arguments().size() == 1) {
      Size size = evaluator.whole(call.arguments().get(0).value(), "`" + word.name() + "`");
      return word.name() + "(" + size + ")";
    }
    Diagnostic diagnostic = Diagnostic.error("argument", written.span(), "`" + parameter.name() + "` of `" + source
        + "` is one of " + String.join(", ", words));
    if (written instanceof Expression.Reference word) {
      diagnostic = words.contains(word.name() + "(int)") ? diagnostic.help("give it a number: `" + word.name()
          + "(8_000)`") : Suggest.help(diagnostic, word.name(), words);
    }
    throw evaluator.here().report(diagnostic);
  }

  /** A value as the source wants it; a whole number stands for a real one. */
  private Object fit(Object value, DataTypes.Parameter parameter, Span span, String source) {
    boolean fits = switch (parameter.type()) {
      case "int" -> value instanceof Long;
      case "real" -> value instanceof Long || value instanceof Double;
      case "bool" -> value instanceof Boolean;
      case "text" -> value instanceof String;
      default -> true;
    };
    if (!fits) {
      throw evaluator.error("argument", span, "`" + parameter.name() + "` of `" + source + "` takes "
          + parameter.type() + ", not " + (value instanceof String ? "\"" + value + "\"" : value));
    }
    return parameter.type().equals("real") ? ((Number) value).doubleValue() : value;
  }

  private Failed unknown(String source, Expression.Call.Argument argument, String name, List<String> names) {
    Span span = argument.name().map(n -> n.span()).orElse(argument.span());
    Diagnostic diagnostic = Diagnostic.error("unknown-option", span, name.isEmpty()
        ? "`" + source + "` takes no more arguments" : "`" + source + "` has no parameter `" + name + "`");
    Diagnostic helped = name.isEmpty() ? diagnostic : Suggest.help(diagnostic, name, names);
    return evaluator.here().report(helped.helps().isEmpty() && !names.isEmpty()
        ? helped.help("it takes: " + String.join(", ", names)) : helped);
  }

  /** A static value as data sources take it. */
  private Object plain(Value value, Span span, String source) {
    if (value instanceof Value.Whole whole && whole.size().isConstant()) {
      return whole.size().value().value();
    }
    if (Arithmetic.number(value).isPresent()) {
      return Arithmetic.number(value).getAsDouble();
    }
    if (value instanceof Value.Truth truth) {
      return truth.value();
    }
    if (value instanceof Value.Text text) {
      return text.value();
    }
    if (value instanceof Value.Choice choice) {
      return choice.word();
    }
    if (value instanceof Value.Items items) {
      return items.elements().stream().map(element -> plain(element, span, source)).toList();
    }
    throw evaluator.error("argument", span, "`" + source + "` takes numbers, texts and lists, not " + value.text());
  }

  private static FieldBinding field(String data, DataTypes.Field field) {
    Shape shape = shape(field.shape());
    Op.Input input = new Op.Input(data + "." + field.name(), field.element(), shape);
    Element element = field.element() == Element.BYTE ? Element.FLOAT : field.element();
    Optional<Dim> categories = field.classes().isEmpty() ? Optional.empty()
        : Optional.of(Dim.of(field.classes().size()));
    return new FieldBinding(field.name(), input, shape(field.resident()), new TensorType(element, shape, categories), field.scale(),
        field.offset(), field.classes(), field.lengths());
  }

  private static Shape shape(List<Long> sizes) {
    return new Shape(sizes.stream().map(Dim::of).toList());
  }

  /** The fields as a block reads them: bytes become the numbers that they mean. */
  static Value.Data value(DataBinding binding, Activation here) {
    Build build = here.build(binding.span());
    Map<String, Value.Tensor> fields = new LinkedHashMap<>();
    for (FieldBinding field : binding.fields()) {
      Node node = build.node(field.input());
      if (field.input().element() == Element.BYTE) {
        node = build.scale(build.map(Scalar.TO_FLOAT, node), field.scale());
        node = field.offset() == 0 ? node : build.add(node, build.constant(field.offset(), node.shape()));
      }
      fields.put(field.name(), new Value.Tensor(node, node.shape().dims(), field.type().categories()));
    }
    Map<String, Dim> names = new LinkedHashMap<>();
    for (FieldBinding field : binding.fields()) {
      Value.Tensor tensor = fields.get(field.name());
      List<Dim> declared = new ArrayList<>(tensor.declared());
      field.lengths().forEach((axis, length) -> declared.set(axis, names.computeIfAbsent(length, name -> {
        Dim own = here.own(tensor.size(axis)).declared();
        here.session().lengths().set(own, fields.get(name).node());
        return own;
      })));
      fields.put(field.name(), new Value.Tensor(tensor.node(), declared, tensor.categories()));
    }
    return new Value.Data(binding.name(), fields);
  }
}
