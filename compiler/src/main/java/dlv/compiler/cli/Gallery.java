package dlv.compiler.cli;

import dlv.compiler.Compiler;
import dlv.compiler.check.GenerateProgram;
import dlv.compiler.check.NetworkProgram;
import dlv.compiler.check.Port;
import dlv.compiler.check.Program;
import dlv.compiler.check.TrainProgram;
import dlv.compiler.layout.Flavour;
import dlv.compiler.type.Element;
import dlv.runtime.BoundEntry;
import dlv.runtime.Device;
import dlv.runtime.Model;
import dlv.runtime.data.DataException;
import dlv.runtime.plan.Arena;
import dlv.runtime.report.PictureSheet;
import dlv.runtime.train.TrainingRun;
import dlv.runtime.weights.Loan;
import dlv.runtime.weights.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Sheets of what the generate blocks of a file draw with the models of one train block, after each of its epochs:
 * always the same chance, so that the sheets show the training and nothing else.
 */
final class Gallery implements TrainingRun.Gallery, AutoCloseable {
  private static final int SEED = 1;

  /** A generate block, open on the device. */
  private record Painter(GenerateProgram program, List<Loan> loans, Model model) {}

  private final Path folder;
  private final int count;
  private final List<Painter> painters = new ArrayList<>();

  /**
   * Opens all blocks that need no input, answer with pictures, and whose models are of this training alone.
   *
   * @param run the folder of the run; the sheets lie in its folder {@code pictures}
   * @param count the examples on a sheet; with 0 nothing is drawn
   */
  Gallery(Program program, TrainProgram train, Device device, Flavour flavour, Path run, int count) {
    this.folder = run.resolve("pictures");
    this.count = count;
    for (GenerateProgram generate : program.generates()) {
      if (count > 0 && isDrawn(generate, train)) {
        List<Loan> loans = generate.loans().stream()
            .map(loan -> new Loan(loan.name(), loan.model(), run)).toList();
        painters.add(new Painter(generate, loans,
            Model.open(device, Compiler.compile(generate.network(), flavour), count)));
      }
    }
  }

  private static boolean isDrawn(GenerateProgram generate, TrainProgram train) {
    NetworkProgram network = generate.network();
    return network.isClosed() && network.inputs().isEmpty()
        && network.results().stream().anyMatch(Gallery::isPicture)
        && generate.loans().stream().allMatch(loan -> loan.block().equals(train.name()) && loan.from().isEmpty());
  }

  private static boolean isPicture(Port port) {
    int[] shape = port.type().shape().dims().stream().mapToInt(dim -> (int) dim.value()).toArray();
    return port.type().element() == Element.FLOAT && PictureSheet.fits(shape);
  }

  @Override
  public void draw(long epoch, List<Tensor> models) {
    for (Painter painter : painters) {
      List<Tensor> tensors = painter.loans.stream().flatMap(loan -> loan.here(models).stream()).toList();
      if (!holds(tensors, painter.model)) {
        continue;
      }
      painter.model.load(tensors);
      var answers = painter.model.generate(Map.of(), count, SEED, BoundEntry::enqueue);
      for (Port port : painter.program.network().results()) {
        if (isPicture(port)) {
          PictureSheet.write(file(painter, port, epoch), answers.get(port.name()));
        }
      }
    }
  }

  /** Whether the tensors are those that a model wants: a block of another file may have the same name. */
  private static boolean holds(List<Tensor> tensors, Model model) {
    Map<String, List<Long>> shapes = tensors.stream().collect(Collectors.toMap(Tensor::name, Tensor::shape));
    return model.manifest().arenas().stream()
        .filter(arena -> arena.role() == Arena.Role.WEIGHT || arena.role() == Arena.Role.STATISTIC)
        .flatMap(arena -> arena.tensors().stream())
        .allMatch(placed -> placed.shape().equals(shapes.get(placed.path())));
  }

  private Path file(Painter painter, Port port, long epoch) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw DataException.io(folder, e);
    }
    String result = painter.program.network().results().size() > 1 ? "-" + port.name() : "";
    return folder.resolve(String.format("%s%s-%03d.png", painter.program.name(), result, epoch));
  }

  @Override
  public void close() {
    painters.forEach(painter -> painter.model.close());
  }
}
