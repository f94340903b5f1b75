package dlv.compiler.emit.opencl;

import dlv.compiler.ir.Node;
import dlv.compiler.ir.Op;
import dlv.compiler.type.Dim;
import dlv.compiler.type.Element;
import java.util.ArrayList;
import java.util.List;

/**
 * The places of a row's k largest elements, found in one walk along it: the largest so far are kept in order, and an
 * element that beats the last of them moves those that it beats one place down.
 *
 * <p>Of equal elements the one that was there first stays in front; NaN beats all others.
 */
record Selection(Elements elements, Code code, Signature signature, Lanes lanes) {
  /** The place in its row of the element of rank {@code at[last]}. */
  Value place(Node node, List<Index> at) {
    Index rank = at.get(at.size() - 1);
    if (rank.lanes()) {
      lanes.gathers("ranks of one row");
      throw new IllegalStateException("ranks in the lanes of " + node);
    }
    List<Index> row = at.subList(0, at.size() - 1);
    String key = "places of " + elements.key(node, row);
    Value known = code.known(key);
    String places = known != null ? known.text() : code.in(code.home(row), () -> {
      String found = walk(node, row);
      code.remember(key, new Value(found, Element.INT, width(row)));
      return found;
    });
    return new Value(places + "[" + rank + "]", Element.INT, width(row));
  }

  /** The array of the places that were found. */
  private String walk(Node node, List<Index> row) {
    Node x = node.operand(0);
    int k = ((Op.Top) node.op()).k();
    int width = width(row);
    var kept = new Kept(array(Element.FLOAT, width, k), array(Element.INT, width, k), width);
    sweep(Dim.of(k)).each(rank -> {
      code.line(kept.values + "[" + rank.get(0) + "] = -INFINITY;");
      code.line(kept.places + "[" + rank.get(0) + "] = -1;");
    });
    sweep(x.dim(row.size())).each(inner -> {
      List<Index> at = new ArrayList<>(row);
      at.addAll(inner);
      Value value = elements.element(x, at);
      Value place = new Value(inner.get(0).atom(), Element.INT, 1);
      Value beats = elements.named(Element.BOOL, width, kept.beaten(value, Index.of(k - 1)));
      if (k == 1) {
        kept.put(beats, value, place, Index.ZERO);
      } else {
        code.within(width == 1 ? "if (" + beats.text() + ")" : "if (any(" + beats.text() + "))", true,
            () -> insert(kept, beats, value, place, k));
      }
    });
    return kept.places;
  }

  private int width(List<Index> row) {
    return row.stream().anyMatch(Index::lanes) ? lanes.width() : 1;
  }

  private Sweep sweep(Dim size) {
    return new Sweep(code, signature, lanes, List.of(size), false, null);
  }

  private String array(Element element, int width, int k) {
    String name = code.fresh("a");
    code.line(Value.type(element, width) + " " + name + "[" + k + "];");
    return name;
  }

  /** From the last rank on: what the value beats moves down, until the value has found its rank. */
  private void insert(Kept kept, Value last, Value value, Value place, int k) {
    String name = code.fresh("b");
    code.line(Value.type(Element.BOOL, kept.width) + " " + name + " = " + last.text() + ";");
    var beats = new Value(name, Element.BOOL, kept.width);
    sweep(Dim.of(k - 1)).each(inner -> {
      Index above = Index.of(k - 2).minus(inner.get(0));
      Value higher = elements.named(Element.BOOL, kept.width, kept.beaten(value, above));
      kept.put(beats, value, place, above.plus(1));
      kept.put(higher, kept.value(above), kept.place(above), above.plus(1));
      code.line(name + " = " + higher.text() + ";");
    });
    kept.put(beats, value, place, Index.ZERO);
  }

  /** The arrays of the largest values so far and of their places, the largest first; no place is -1. */
  private final class Kept {
    private final String values;
    private final String places;
    private final int width;

    Kept(String values, String places, int width) {
      this.values = values;
      this.places = places;
      this.width = width;
    }

    Value value(Index rank) {
      return new Value(values + "[" + rank + "]", Element.FLOAT, width);
    }

    Value place(Index rank) {
      return new Value(places + "[" + rank + "]", Element.INT, width);
    }

    /** Whether {@code value} goes before what has this rank. */
    String beaten(Value value, Index rank) {
      String own = value(rank).text();
      String not = width == 1 ? "!" : "~";
      return "(" + place(rank).text() + " < 0) | (" + not + "(" + value.widened(width) + " <= " + own + ") & (" + own
          + " == " + own + "))";
    }

    void put(Value condition, Value value, Value place, Index rank) {
      Value here = value(rank);
      code.line(here.text() + " = " + ScalarText.select(condition, value, here, width) + ";");
      here = place(rank);
      code.line(here.text() + " = " + ScalarText.select(condition, place, here, width) + ";");
    }
  }
}
