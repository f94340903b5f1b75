package dlv.compiler.cli;

import dlv.compiler.Compiler;
import dlv.compiler.check.DataBinding;
import dlv.compiler.check.DataBinding.FieldBinding;
import dlv.compiler.check.NetworkProgram;
import dlv.compiler.check.Program;
import dlv.compiler.layout.Flavour;
import dlv.compiler.type.Element;
import dlv.compiler.type.Shape;
import dlv.runtime.Device;
import dlv.runtime.Model;
import dlv.runtime.Values;
import dlv.runtime.data.DataSource;
import dlv.runtime.data.Picture;
import dlv.runtime.data.Split;
import dlv.runtime.report.SampleSheet;
import dlv.runtime.train.Trainer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A sheet of pictures held back, with what a trained classifier says of them; for networks that classify pictures. */
final class Predictions {
  private static final int SAMPLES = 40;
  private static final int COLUMNS = 10;

  /** A network whose input is a field of pictures, and whose answer chooses among the classes of another field. */
  private record Classifier(NetworkProgram network, FieldBinding pictures, FieldBinding labels) {}

  private Predictions() {}

  /** Draws {@code samples.png} where the block trains a classifier of pictures; the file, where it does. */
  static Optional<Path> draw(Program program, DataBinding data, DataSource source, Device device, Flavour flavour,
      Path weights) {
    Optional<Classifier> found = program.networks().stream()
        .flatMap(network -> classifier(network, data).stream()).findFirst();
    Split split = Trainer.heldBackSplit(List.of(source));
    int rows = Math.min(SAMPLES, source.rows(split));
    if (found.isEmpty() || rows == 0) {
      return Optional.empty();
    }
    Classifier classifier = found.get();
    Map<String, ByteBuffer> bytes = new HashMap<>();
    for (FieldBinding field : List.of(classifier.pictures, classifier.labels)) {
      int size = (int) field.input().shape().elements().value() * field.input().element().bytes();
      bytes.put(field.name(), ByteBuffer.allocateDirect(rows * size).order(ByteOrder.nativeOrder()));
    }
    source.fill(split, 0, 0, rows, bytes);
    bytes.values().forEach(ByteBuffer::flip);
    Path file = weights.resolveSibling("samples.png");
    SampleSheet.write(file, classifier.network.name(), samples(classifier, device, flavour, weights, bytes, rows),
        COLUMNS);
    return Optional.of(file);
  }

  private static Optional<Classifier> classifier(NetworkProgram network, DataBinding data) {
    if (network.inputs().size() != 1 || network.results().size() != 1) {
      return Optional.empty();
    }
    Shape image = network.inputs().get(0).type().shape();
    Shape answer = network.results().get(0).type().shape();
    Optional<FieldBinding> pictures = data.fields().stream()
        .filter(f -> f.input().element() == Element.BYTE && f.input().shape().equals(image) && image.rank() == 3)
        .findFirst();
    Optional<FieldBinding> labels = data.fields().stream()
        .filter(f -> answer.rank() == 1 && answer.dim(0).is(f.classes().size()) && !f.classes().isEmpty()).findFirst();
    return pictures.isPresent() && labels.isPresent()
        ? Optional.of(new Classifier(network, pictures.get(), labels.get())) : Optional.empty();
  }

  private static List<SampleSheet.Sample> samples(Classifier classifier, Device device, Flavour flavour, Path weights,
      Map<String, ByteBuffer> bytes, int rows) {
    long[] shape = classifier.pictures.input().shape().values();
    int size = (int) (shape[0] * shape[1] * shape[2]);
    ByteBuffer pixels = bytes.get(classifier.pictures.name());
    float[] values = new float[rows * size];
    for (int i = 0; i < values.length; i++) {
      values[i] = (pixels.get(i) & 0xFF) / 255f;
    }
    var samples = new ArrayList<SampleSheet.Sample>();
    List<String> classes = classifier.labels.classes();
    try (Model model = Model.open(device, Compiler.compile(classifier.network, flavour), weights, rows)) {
      Values answers = model.run(Map.of(classifier.network.inputs().get(0).name(), values))
          .get(classifier.network.results().get(0).name());
      for (int row = 0; row < rows; row++) {
        byte[] planes = new byte[size];
        pixels.get(row * size, planes);
        int label = bytes.get(classifier.labels.name()).getInt(4 * row);
        samples.add(new SampleSheet.Sample(new Picture((int) shape[0], (int) shape[1], (int) shape[2], planes, List.of()),
            classes.get(answers.argMax(row)), classes.get(label)));
      }
    }
    return samples;
  }
}
