package dlv.compiler.layout;

import dlv.compiler.fuse.Form;
import dlv.compiler.fuse.Kernel;
import dlv.compiler.fuse.Schedule;
import dlv.compiler.ir.Node;
import dlv.compiler.ir.Printer;
import dlv.compiler.type.Dim;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Layouts for people: for each kernel how its results lie, such as {@code [batch/16][6][14][14][16]}, outermost first;
 * the lanes are last, panels first, margins stand as {@code 2+14+2}.
 */
public final class LayoutText {

  private LayoutText() {}

  /** The storage of every result of a schedule. */
  public static String of(Layouts layouts) {
    return of(layouts.schedule(), layouts);
  }

  private static String of(Schedule schedule, Layouts layouts) {
    Map<Node, Integer> numbers = Printer.numbers(schedule.nodes());
    StringBuilder text = new StringBuilder("layouts " + schedule.graph().name() + ": " + layouts.flavour().text() + "\n");
    for (Kernel kernel : schedule.kernels()) {
      text.append('\n').append(kernel.name()).append('\n');
      for (Node result : kernel.results()) {
        Node owner = layouts.owner(result);
        text.append("  %").append(numbers.get(result)).append(' ').append(Printer.type(result)).append("  ")
            .append(owner == result ? of(layouts.of(result)) : numbers.containsKey(owner) ? "in %" + numbers.get(owner)
                + (layouts.of(owner).hasPanels() ? "  " + of(layouts.of(owner)) : "")
                : of(layouts.of(result)) + " outside").append('\n');
      }
      if (kernel.form() == Form.LOOP) {
        text.append(of(schedule.loops().get(kernel.name()).schedule(), layouts).indent(4));
      }
    }
    return text.toString();
  }

  /** One storage, outermost axis first. */
  static String of(Storage storage) {
    List<String> axes = new ArrayList<>();
    if (storage.segments().isEmpty() && !storage.slabs().equals(Dim.ONE)) {
      axes.add(storage.slabs().text() + " slabs");
    }
    boolean inLanes = storage.laneAxis() >= 0;
    if (storage.hasPanels()) {
      axes.add(storage.shape().dim(storage.panelAxis()).text() + "/" + storage.panel());
    }
    for (int i = 0; i < storage.shape().rank(); i++) {
      Margin margin = storage.margins().get(i);
      String size = storage.shape().dim(i).text();
      if (i == storage.laneAxis()) {
        axes.add(size + "/" + storage.lanes());
      } else if (i == storage.panelAxis()) {
        axes.add(Integer.toString(storage.panel()));
      } else {
        axes.add(margin.size() == 0 ? size : margin.low() + "+" + size + "+" + margin.high());
      }
    }
    if (inLanes) {
      axes.add(Integer.toString(storage.lanes()));
    }
    String segments = storage.segments().isEmpty() ? "" : " in " + storage.segments().size() + " segments";
    return (axes.isEmpty() ? "scalar" : "[" + String.join("][", axes) + "]") + segments;
  }
}
