package dlv.compiler.simplify;

import dlv.compiler.ir.Build;
import dlv.compiler.ir.Node;
import dlv.compiler.ir.Op;
import dlv.compiler.type.Dim;
import dlv.compiler.type.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Views of views become one view, or none; margins move inside windows, next to the value that they surround. */
final class Views {
  static final List<Rule> RULES = List.of(
      Rule.of("reshape-reshape", Op.Reshape.class, Views::reshape),
      Rule.of("permute-permute", Op.Permute.class, Views::permute),
      Rule.of("slice-all", Op.Slice.class, Views::sliceAll),
      Rule.of("slice-slice", Op.Slice.class, Views::sliceSlice),
      Rule.of("slice-concat", Op.Slice.class, Views::sliceConcat),
      Rule.of("slice-pad", Op.Slice.class, Views::slicePad),
      Rule.of("pad-nothing", Op.Pad.class, Views::padNothing),
      Rule.of("pad-pad", Op.Pad.class, Views::padPad),
      Rule.of("pad-window", Op.Pad.class, Views::padWindow),
      Rule.of("order-slices", Op.Slice.class, Views::orderSlices),
      Rule.of("order-pads", Op.Pad.class, Views::orderPads),
      Rule.of("order-windows", Op.Window.class, Views::orderWindows),
      Rule.of("window-one", Op.Window.class, Views::windowOne),
      Rule.of("fold-one", Op.Fold.class, Views::foldOne),
      Rule.of("concat-concat", Op.Concat.class, Views::concat));

  private Views() {}

  private static Build at(Node node) {
    return new Build(node.origin());
  }

  private static Node reshape(Node node) {
    if (!(node.op() instanceof Op.Reshape reshape)) {
      return null;
    }
    Node x = node.operand(0);
    if (x.shape().equals(reshape.shape())) {
      return x;
    }
    return x.is(Op.Reshape.class) ? at(node).reshape(x.operand(0), reshape.shape()) : null;
  }

  private static Node permute(Node node) {
    if (!(node.op() instanceof Op.Permute outer)) {
      return null;
    }
    if (outer.axes().equals(IntStream.range(0, node.rank()).boxed().toList())) {
      return node.operand(0);
    }
    return node.operand(0).op() instanceof Op.Permute inner
        ? at(node).permute(node.operand(0).operand(0), outer.axes().stream().map(inner.axes()::get).toList()) : null;
  }

  private static Node sliceAll(Node node) {
    return node.op() instanceof Op.Slice s && s.start().is(0) && s.step() == 1
        && s.size().equals(node.operand(0).dim(s.axis())) ? node.operand(0) : null;
  }

  private static Node sliceSlice(Node node) {
    if (node.op() instanceof Op.Slice outer && node.operand(0).op() instanceof Op.Slice inner
        && outer.axis() == inner.axis()) {
      Dim start = inner.start().plus(outer.start().times(inner.step()));
      return at(node).slice(node.operand(0).operand(0), outer.axis(), start, outer.size(),
          outer.step() * inner.step());
    }
    return null;
  }

  /** A slice within one part of a concatenation is a slice of that part. */
  private static Node sliceConcat(Node node) {
    if (!(node.op() instanceof Op.Slice slice) || !(node.operand(0).op() instanceof Op.Concat concat)
        || slice.axis() != concat.axis() || slice.size().is(0)) {
      return null;
    }
    Dim last = slice.start().plus(slice.size().minus(1).times(slice.step()));
    Dim before = Dim.ZERO;
    for (Node part : node.operand(0).operands()) {
      Dim after = before.plus(part.dim(concat.axis()));
      if (within(slice.start(), before, after) && within(last, before, after)) {
        return at(node).slice(part, slice.axis(), slice.start().minus(before), slice.size(), slice.step());
      }
      before = after;
    }
    return null;
  }

  /** Whether {@code low <= place < high}, for sure. */
  private static boolean within(Dim place, Dim low, Dim high) {
    Dim above = place.minus(low);
    Dim below = high.minus(place);
    return above.isConstant() && above.value() >= 0 && below.isConstant() && below.value() >= 1;
  }

  /** A slice of what a margin surrounds is a slice of the thing itself; one within a margin is zeros. */
  private static Node slicePad(Node node) {
    if (!(node.op() instanceof Op.Slice slice) || !(node.operand(0).op() instanceof Op.Pad pad)
        || slice.axis() != pad.axis() || slice.size().is(0)) {
      return null;
    }
    Node x = node.operand(0).operand(0);
    Dim n = node.operand(0).dim(pad.axis());
    long period = pad.interior() + 1;
    Dim first = slice.start().minus(pad.low());
    Dim last = first.plus(slice.size().minus(1).times(slice.step()));
    Dim end = n.minus(pad.low()).minus(pad.high());
    boolean aligned = slice.step() % period == 0 && first.exactDiv(Dim.of(period)).isPresent();
    if (aligned && within(first, Dim.ZERO, end) && within(last, Dim.ZERO, end)) {
      return at(node).slice(x, slice.axis(), first.floorDiv(period), slice.size(), slice.step() / period);
    }
    Dim start = slice.start();
    Dim other = start.plus(slice.size().minus(1).times(slice.step()));
    boolean before = within(start, Dim.ZERO, pad.low()) && within(other, Dim.ZERO, pad.low());
    boolean after = within(start, n.minus(pad.high()), n) && within(other, n.minus(pad.high()), n);
    return before || after ? at(node).constant(0, node.element(), node.shape()) : null;
  }

  private static Node padNothing(Node node) {
    return node.op() instanceof Op.Pad pad && pad.low().is(0) && pad.high().is(0)
        && (pad.interior() == 0 || node.operand(0).dim(pad.axis()).is(1)) ? node.operand(0) : null;
  }

  private static Node padPad(Node node) {
    if (node.op() instanceof Op.Pad outer && node.operand(0).op() instanceof Op.Pad inner
        && outer.axis() == inner.axis() && outer.interior() == 0) {
      return at(node).pad(node.operand(0).operand(0), outer.axis(), outer.low().plus(inner.low()),
          outer.high().plus(inner.high()), inner.interior());
    }
    return null;
  }

  /** A margin around windows of other axes is a margin around the value under the windows. */
  private static Node padWindow(Node node) {
    if (node.op() instanceof Op.Pad pad && node.operand(0).op() instanceof Op.Window window
        && pad.axis() != window.axis() && pad.axis() != window.axis() + 1) {
      int axis = pad.axis() > window.axis() ? pad.axis() - 1 : pad.axis();
      Node padded = at(node).pad(node.operand(0).operand(0), axis, pad.low(), pad.high(), pad.interior());
      return at(node.operand(0)).window(padded, window.axis(), window.size(), window.stride(), window.dilation());
    }
    return null;
  }

  /** Slices of two axes stand in the order of the axes, the first one inside; so do margins and windows. */
  private static Node orderSlices(Node node) {
    Node inner = node.operands().isEmpty() ? null : node.operand(0);
    return node.op() instanceof Op.Slice first && inner.op() instanceof Op.Slice second
        && first.axis() < second.axis() ? at(inner).node(second, at(node).node(first, inner.operand(0))) : null;
  }

  private static Node orderPads(Node node) {
    Node inner = node.operands().isEmpty() ? null : node.operand(0);
    return node.op() instanceof Op.Pad first && inner.op() instanceof Op.Pad second
        && first.axis() < second.axis() ? at(inner).node(second, at(node).node(first, inner.operand(0))) : null;
  }

  private static Node orderWindows(Node node) {
    if (node.op() instanceof Op.Window first && node.operand(0).op() instanceof Op.Window second
        && first.axis() < second.axis()) {
      Node inner = node.operand(0);
      var behind = new Op.Window(second.axis() + 1, second.size(), second.stride(), second.dilation());
      return at(inner).node(behind, at(node).node(first, inner.operand(0)));
    }
    return null;
  }

  private static Node windowOne(Node node) {
    if (node.op() instanceof Op.Window window && window.size().is(1)) {
      Node taken = at(node).slice(node.operand(0), window.axis(), Dim.ZERO, node.dim(window.axis()), window.stride());
      return at(node).reshape(taken, node.shape());
    }
    return null;
  }

  private static Node foldOne(Node node) {
    if (node.op() instanceof Op.Fold fold && node.operand(0).dim(fold.axis() + 1).is(1)) {
      Node x = node.operand(0);
      Shape flat = x.shape().without(List.of(fold.axis() + 1));
      Dim reach = x.dim(fold.axis()).minus(1).times(fold.stride()).plus(1);
      return at(node).pad(at(node).reshape(x, flat), fold.axis(), Dim.ZERO, fold.n().minus(reach),
          fold.stride() - 1);
    }
    return null;
  }

  /** Parts that are concatenations along the same axis are opened. */
  private static Node concat(Node node) {
    if (!(node.op() instanceof Op.Concat outer)) {
      return null;
    }
    var parts = new ArrayList<Node>();
    for (Node part : node.operands()) {
      boolean nested = part.op() instanceof Op.Concat inner && inner.axis() == outer.axis();
      parts.addAll(nested ? part.operands() : List.of(part));
    }
    parts.removeIf(part -> part.dim(outer.axis()).is(0));
    return parts.isEmpty() || parts.equals(node.operands()) ? null : at(node).concat(outer.axis(), parts);
  }
}
