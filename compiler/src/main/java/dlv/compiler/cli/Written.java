package dlv.compiler.cli;

import dlv.compiler.Compiler;
import dlv.compiler.check.DataBinding;
import dlv.compiler.check.DataBinding.FieldBinding;
import dlv.compiler.check.GenerateProgram;
import dlv.compiler.check.NetworkProgram;
import dlv.compiler.check.Port;
import dlv.compiler.check.Program;
import dlv.compiler.check.TrainProgram;
import dlv.compiler.layout.Flavour;
import dlv.compiler.type.Dim;
import dlv.compiler.type.Element;
import dlv.runtime.BoundEntry;
import dlv.runtime.Device;
import dlv.runtime.Model;
import dlv.runtime.Values;
import dlv.runtime.data.DataSource;
import dlv.runtime.data.Split;
import dlv.runtime.text.Bleu;
import dlv.runtime.text.Mteval;
import dlv.runtime.text.Scores;
import dlv.runtime.text.Vocabulary;
import dlv.runtime.weights.Loan;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Figures of sentences that generate blocks write for rows held back: of each block whose models a train block trains,
 * whose inputs are fields of a data line, and whose result {@code target} has its truth in the field {@code
 * target.outputs}.
 */
final class Written {
  private static final int BATCH = 64;
  private static final int SEED = 1;

  private final Program program;
  private final TrainProgram train;
  private final DataBinding data;
  private final DataSource source;
  private final Split split;

  Written(Program program, TrainProgram train, DataBinding data, DataSource source, Split split) {
    this.program = program;
    this.train = train;
    this.data = data;
    this.source = source;
    this.split = split;
  }

  /** By {@code BLOCK.bleu}, {@code BLOCK.exact} and {@code BLOCK.token}; empty where no block writes. */
  Map<String, Double> figures(ProgramOptions options, Device device, Flavour flavour, Path weights) {
    Map<String, Double> figures = new LinkedHashMap<>();
    Map<String, String> rooms = new LinkedHashMap<>();
    List<String> names = program.generates().stream().filter(this::writes).map(GenerateProgram::name).toList();
    names.forEach(name -> program.generate(name).orElseThrow().network().inputs().forEach(port -> room(port, rooms)));
    Program closed = names.isEmpty() || rooms.isEmpty() ? program : options.check(rooms);
    for (String name : names) {
      GenerateProgram generate = closed.generate(name).orElseThrow();
      if (generate.network().isClosed()) {
        List<Loan> loans = generate.loans().stream()
            .map(loan -> new Loan(loan.name(), loan.model(), weights)).toList();
        var unit = Compiler.compile(generate.network(), flavour);
        try (Model model = Model.open(device, unit, Loan.read(loans, unit.manifest()), BATCH)) {
          measure(generate.network(), model, figures);
        }
      }
    }
    return figures;
  }

  private boolean writes(GenerateProgram generate) {
    NetworkProgram network = generate.network();
    return generate.loans().stream().allMatch(loan -> loan.block().equals(train.name()) && loan.from().isEmpty())
        && network.inputs().stream().allMatch(port -> field(network, port).isPresent())
        && network.results().size() == 1 && network.results().get(0).type().isText()
        && truth(network.results().get(0)).isPresent();
  }

  private Optional<FieldBinding> field(String name) {
    return data.fields().stream().filter(field -> field.name().equals(name)).findFirst();
  }

  /** The field that an input reads: its own, or the one that says how long that is. */
  private Optional<FieldBinding> field(NetworkProgram network, Port port) {
    return field(port.name()).or(() -> network.inputs().stream()
        .filter(text -> Port.lengthOf(text.name()).equals(port.name())).findFirst()
        .flatMap(text -> field(text.name())).flatMap(text -> field(text.lengths().getOrDefault(0, ""))));
  }

  private Optional<FieldBinding> truth(Port result) {
    return field(result.name() + ".outputs");
  }

  /** Gives an input's dimensions without a value those of its field. */
  private void room(Port port, Map<String, String> rooms) {
    field(port.name()).filter(field -> port.type().shape().rank() == field.input().shape().rank()).ifPresent(field -> {
      for (int i = 0; i < port.type().shape().rank(); i++) {
        Dim open = port.type().shape().dim(i);
        String size = field.input().shape().dim(i).text();
        open.names().stream().filter(name -> open.equals(Dim.name(name))).forEach(name -> rooms.put(name, size));
      }
    });
  }

  private void measure(NetworkProgram network, Model model, Map<String, Double> figures) {
    Map<String, float[]> inputs = new LinkedHashMap<>();
    network.inputs().forEach(port -> inputs.put(port.name(), values(field(network, port).orElseThrow())));
    Port result = network.results().get(0);
    Vocabulary vocabulary = Vocabulary.parse(source.learned().get("vocabulary." + result.name()));
    int rows = source.rows(split);
    Values answers = model.generate(inputs, rows, SEED, BoundEntry::enqueue).get(result.name());
    List<String> written = texts(vocabulary, answers.toArray(), rows);
    List<String> truth = truth(vocabulary, result, rows);
    var bleu = new Bleu();
    for (int row = 0; row < rows; row++) {
      bleu.add(Mteval.split(written.get(row)), Mteval.split(truth.get(row)));
    }
    figures.put(network.name() + ".bleu", bleu.score());
    figures.put(network.name() + ".exact", Scores.exactMatch(written, truth));
    figures.put(network.name() + ".token", Scores.tokenAccuracy(symbols(vocabulary, written),
        symbols(vocabulary, truth)));
  }

  /** The true sentences: whole as they stand in a file, or what their symbols say. */
  private List<String> truth(Vocabulary vocabulary, Port result, int rows) {
    List<String> whole = source.texts(split, result.name());
    return whole.isEmpty() ? texts(vocabulary, values(truth(result).orElseThrow()), rows)
        : whole.stream().map(vocabulary::normalised).toList();
  }

  private static List<String> texts(Vocabulary vocabulary, float[] symbols, int rows) {
    int size = symbols.length / rows;
    return IntStream.range(0, rows).mapToObj(row -> vocabulary.decode(IntStream.range(0, size)
        .map(i -> (int) symbols[row * size + i]).toArray())).toList();
  }

  private static List<int[]> symbols(Vocabulary vocabulary, List<String> texts) {
    return texts.stream().map(vocabulary::encode).toList();
  }

  /** A field of all rows held back, as numbers. */
  private float[] values(FieldBinding field) {
    int size = Math.toIntExact(field.input().shape().elements().value()) * source.rows(split);
    boolean bytes = field.input().element() == Element.BYTE;
    ByteBuffer buffer = ByteBuffer.allocate(size * (bytes ? 1 : 4)).order(ByteOrder.nativeOrder());
    source.fill(split, 0, 0, source.rows(split), Map.of(field.name(), buffer));
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = bytes ? (float) ((buffer.get(i) & 0xff) * field.scale() + field.offset())
          : field.input().element() == Element.FLOAT ? buffer.getFloat(4 * i) : buffer.getInt(4 * i);
    }
    return values;
  }
}
