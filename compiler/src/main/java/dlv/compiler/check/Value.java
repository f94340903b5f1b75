package dlv.compiler.check;

import dlv.compiler.ir.Node;
import dlv.compiler.type.Dim;
import dlv.compiler.type.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What an expression is worth while a file is checked. */
sealed interface Value {

  /** What it is, for messages: {@code the number 3}, {@code float[1, 28, 28]}. */
  String text();

  /** A static whole number. */
  record Whole(Size size) implements Value {
    static Whole of(long value) {
      return new Whole(Size.of(value));
    }

    @Override
    public String text() {
      return size.value().text();
    }
  }

  /** A quotient of whole numbers that is not known to be whole. */
  record Ratio(Size over, Size under) implements Value {
    @Override
    public String text() {
      return over.value().text() + " / " + under.value().text();
    }
  }

  /** A static number. */
  record Real(double value) implements Value {
    @Override
    public String text() {
      return value == Math.rint(value) && Math.abs(value) < 1e15 ? Long.toString((long) value) : Double.toString(value);
    }
  }

  /** A scalar that waits: a schedule over training, or a number computed from dimensions without a value. */
  record Formula(Node node, boolean schedule) implements Value {
    @Override
    public String text() {
      return schedule ? "a schedule" : "a number that depends on open dimensions";
    }
  }

  record Truth(boolean value) implements Value {
    @Override
    public String text() {
      return Boolean.toString(value);
    }
  }

  /** A truth that depends on dimensions without a value, or on a schedule. */
  record Undecided(boolean schedule) implements Value {
    @Override
    public String text() {
      return schedule ? "a condition on a schedule" : "a condition on open dimensions";
    }
  }

  record Text(String value) implements Value {
    @Override
    public String text() {
      return "\"" + value + "\"";
    }
  }

  /** A word of a choice such as {@code same | valid}. */
  record Choice(String word) implements Value {
    @Override
    public String text() {
      return word;
    }
  }

  /** A name that nothing declares: a choice where one is wanted, else an error that was not yet reported. */
  record Word(String name, dlv.compiler.source.Span span) implements Value {
    @Override
    public String text() {
      return name;
    }
  }

  record Items(List<Value> elements) implements Value {
    public Items {
      elements = List.copyOf(elements);
    }

    @Override
    public String text() {
      return elements.stream().map(Value::text).collect(Collectors.joining(", ", "[", "]"));
    }
  }

  /** {@code from .. to}, both included. */
  record Range(Value from, Value to) implements Value {
    @Override
    public String text() {
      return from.text() + " .. " + to.text();
    }
  }

  /** A height and a width. */
  record Extent(Size h, Size w) implements Value {
    @Override
    public String text() {
      return h + "x" + w;
    }
  }

  /** {@code ...}: the axes that it stands for in this application. */
  record Ellipsis(List<Size> axes) implements Value {
    @Override
    public String text() {
      return "...";
    }
  }

  /** {@code _}. */
  record Open() implements Value {
    @Override
    public String text() {
      return "_";
    }
  }

  /**
   * A tensor of one example: its node, and the sizes of its axes as they are declared.
   *
   * @param finals the states after the last step of the cell that answered it, by name; empty for any other tensor
   */
  record Tensor(Node node, List<Dim> declared, Optional<Dim> categories, Map<String, Tensor> finals)
      implements Value {
    public Tensor {
      declared = List.copyOf(declared);
      finals = Collections.unmodifiableMap(new LinkedHashMap<>(finals));
      if (declared.size() != node.rank()) {
        throw new IllegalArgumentException(declared + " for " + node);
      }
    }

    Tensor(Node node, List<Dim> declared, Optional<Dim> categories) {
      this(node, declared, categories, Map.of());
    }

    /** A tensor whose sizes are declared as they are. */
    static Tensor of(Node node) {
      return new Tensor(node, node.shape().dims(), Optional.empty());
    }

    static Tensor of(Node node, List<Size> sizes) {
      return new Tensor(node, sizes.stream().map(Size::declared).toList(), Optional.empty());
    }

    Shape shape() {
      return node.shape();
    }

    int rank() {
      return node.rank();
    }

    Size size(int axis) {
      return new Size(node.dim(axis), declared.get(axis));
    }

    List<Size> sizes() {
      var sizes = new ArrayList<Size>();
      for (int i = 0; i < rank(); i++) {
        sizes.add(size(i));
      }
      return sizes;
    }

    TensorType type() {
      return new TensorType(node.element(), node.shape(), categories);
    }

    @Override
    public String text() {
      return type().text();
    }
  }

  /** Several values, each with its name where it has one (else the empty text). */
  record Tuple(List<Value> elements, List<String> names) implements Value {
    public Tuple {
      elements = List.copyOf(elements);
      names = List.copyOf(names);
    }

    @Override
    public String text() {
      return elements.stream().map(Value::text).collect(Collectors.joining(", ", "(", ")"));
    }
  }

  /** A declaration by its name: a call without arguments, where one is wanted. */
  record Template(Declaration declaration) implements Value {
    @Override
    public String text() {
      return declaration.kind().word() + " " + declaration.name();
    }
  }

  /** An instance of a network or cell, which may own weights; a cell may run from the end of a sequence. */
  record Network(Instance instance, boolean reversed) implements Value {
    Network(Instance instance) {
      this(instance, false);
    }

    @Override
    public String text() {
      return instance.declaration().kind().word() + " " + instance.declaration().name();
    }
  }

  /** A process, with the parameters that a call gave it. */
  record Process(dlv.compiler.check.Process process, Map<String, Value> options) implements Value {
    @Override
    public String text() {
      return "process " + process.signature().name();
    }
  }

  /** A part of a process, and the process that declares it: this one, or the library's for all of its kind. */
  record Part(Process of, dlv.compiler.check.Process declaring, dlv.compiler.syntax.Item.ProcessSyntax.Part syntax)
      implements Value {
    @Override
    public String text() {
      return "the part " + of.process().signature().name() + "." + syntax.name();
    }
  }

  /** An application that waits for the inputs left open by {@code _}, in their order. */
  record Waiting(Network network, List<Value> inputs, Map<String, Given> states) implements Value {
    long open() {
      return inputs.stream().filter(input -> input instanceof Open).count();
    }

    @Override
    public String text() {
      return network.text() + " with " + (open() == 1 ? "one input" : open() + " inputs") + " open";
    }
  }

  /** A primitive by its name. */
  record Builtin(Primitive primitive) implements Value {
    @Override
    public String text() {
      return primitive.name();
    }
  }

  /** How a weight begins. */
  record Start(Initialiser initialiser) implements Value {
    @Override
    public String text() {
      return "an initialiser";
    }
  }

  /** Data of a train block: a tensor for each field. */
  record Data(String name, Map<String, Tensor> fields) implements Value {
    /** The fields whose names begin with {@code part.}, under the rest of their names. */
    Data part(String part) {
      Map<String, Tensor> own = new LinkedHashMap<>();
      fields.forEach((field, tensor) -> {
        if (field.startsWith(part + ".")) {
          own.put(field.substring(part.length() + 1), tensor);
        }
      });
      return new Data(name + "." + part, own);
    }

    @Override
    public String text() {
      return "data " + name;
    }
  }

  /** An imported file, or the library as {@code std}. */
  record Names(Module module) implements Value {
    @Override
    public String text() {
      return module == null ? "the library" : "the names of " + module.name();
    }
  }

  /** A train block by its name. */
  record Block(Module module, dlv.compiler.syntax.Item.TrainSyntax syntax) implements Value {
    @Override
    public String text() {
      return "the train block " + syntax.name().text();
    }
  }

  /** {@code Sparse.enc}: a model of a train block, before a line {@code model} has given it a name of its own. */
  record Foreign(Block block, String model) implements Value {
    @Override
    public String text() {
      return "the model " + model + " of " + block.syntax().name().text();
    }
  }

  /** What had an error that was reported; whatever uses it stays silent. */
  record Unknown() implements Value {
    @Override
    public String text() {
      return "unknown";
    }
  }
}
