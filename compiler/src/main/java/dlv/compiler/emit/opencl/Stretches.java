package dlv.compiler.emit.opencl;

import dlv.compiler.ir.Node;
import dlv.compiler.layout.Layouts;
import dlv.compiler.type.Dim;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The sum of a long vector that no example varies, such as the squares of all gradients: each item adds up one stretch,
 * and leaves it as a slab that the readers add.
 *
 * @param cuts where the vector is made of other parts: its beginning, and so on to its end
 */
record Stretches(Node sum, Layouts layouts, List<Long> cuts) implements Part {
  @Override
  public long items() {
    return layouts.of(sum).slabs().value();
  }

  @Override
  public Dim blocks() {
    return Dim.ONE;
  }

  @Override
  public void write(Code code, Signature signature) {
    var lanes = new Lanes(layouts.flavour().lanes(), false);
    Index item = Index.variable("item", 0, items() - 1);
    String vector = accumulator(code, lanes.width());
    var texts = new ArrayList<String>();
    for (int i = 0; i + 1 < cuts.size(); i++) {
      long start = cuts.get(i);
      long vectors = (cuts.get(i + 1) - start) / lanes.width();
      if (vectors > 0) {
        long each = (vectors + items() - 1) / items();
        var own = new Code();
        String name = own.fresh("i");
        own.within("", true, () -> {
          Index place = own.loop(name, item.times(each).toString(),
              name + " < min(" + item.plus(1).times(each) + ", " + vectors + ")", 0, vectors - 1);
          add(own, signature, lanes, vector, place.times(lanes.width()).plus(lanes.lane()).plus(start));
          own.close();
        });
        texts.add(own.text());
      }
    }
    Turns.write(texts, code);
    String all = accumulator(code, 1);
    code.line(all + " = " + (lanes.width() == 1 ? vector : "sum_float_" + lanes.width() + "(" + vector + ")") + ";");
    if (IntStream.range(0, cuts.size() - 1).anyMatch(i -> rest(i, lanes.width()) > 0)) {
      code.within("if (" + item + " == " + (items() - 1) + ")", true, () -> rests(code, signature, lanes.width(), all));
    }
    var memory = new Memory(code, signature, layouts, lanes);
    memory.store(sum, List.of(), new Value(all, sum.element(), 1), item);
  }

  /** What is left over where a part's length is no multiple of the vector's. */
  private void rests(Code code, Signature signature, int width, String all) {
    var texts = new ArrayList<String>();
    for (int i = 0; i + 1 < cuts.size(); i++) {
      long end = cuts.get(i + 1);
      long rest = rest(i, width);
      if (rest > 0) {
        var own = new Code();
        own.within("", true, () -> {
          Index place = own.loop("i", Long.toString(rest), rest - 1);
          add(own, signature, Lanes.NONE, all, place.plus(end - rest));
          own.close();
        });
        texts.add(own.text());
      }
    }
    Turns.write(texts, code);
  }

  private long rest(int i, int width) {
    return (cuts.get(i + 1) - cuts.get(i)) % width;
  }

  private String accumulator(Code code, int width) {
    String name = code.fresh("all");
    code.line(Value.type(sum.element(), width) + " " + name + " = 0;");
    return name;
  }

  private void add(Code code, Signature signature, Lanes lanes, String sum, Index place) {
    var elements = new Elements(code, signature, new Memory(code, signature, layouts, lanes), lanes);
    code.line(sum + " += " + elements.element(this.sum.operand(0), List.of(place)).text() + ";");
  }
}
