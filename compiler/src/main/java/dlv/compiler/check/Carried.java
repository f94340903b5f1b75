package dlv.compiler.check;

import dlv.compiler.ir.Build;
import dlv.compiler.ir.Node;
import dlv.compiler.ir.Op;
import dlv.compiler.ir.Role;
import dlv.compiler.ir.Scalar;
import dlv.compiler.source.Span;
import dlv.compiler.type.Element;
import dlv.compiler.type.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * States of cells that go on from batch to batch in training, where each row continues that row of the batch before.
 * No gradient leads back there: back-propagation through time ends where the batch begins (Williams & Peng, 1990).
 */
final class Carried {
  private final Map<List<Object>, StateInfo> states = new LinkedHashMap<>();
  private final Map<String, Integer> named = new HashMap<>();
  private final Map<StateInfo, StatisticUpdate> updates = new LinkedHashMap<>();

  /** What is kept, one for each state of each application. */
  List<StateInfo> states() {
    return List.copyOf(states.values());
  }

  /** What it becomes in a step: its value after the last element of each row. */
  List<StatisticUpdate> updates() {
    return List.copyOf(updates.values());
  }

  /** What a state begins with: in an epoch's first batch what is declared, else where the batch before ended. */
  Value.Tensor begin(Activation here, String name, Value.Tensor initial, Span span) {
    Build build = here.build(span);
    Node kept = build.node(read(info(here, name, initial.shape(), span)));
    Node step = build.node(new Op.State("step", Role.COUNTER, Element.INT, Shape.SCALAR, 0));
    Node perEpoch = build.constant(here.session().clock().perEpoch(), Element.INT, Shape.SCALAR);
    Node first = build.map(Scalar.EQ, build.map(Scalar.IMOD, step, perEpoch),
        build.constant(0, Element.INT, Shape.SCALAR));
    Node begins = build.select(build.fill(first, initial.shape()), initial.node(), kept);
    return new Value.Tensor(begins, initial.declared(), initial.categories());
  }

  void end(Activation here, String name, Value.Tensor last, Span span) {
    StateInfo info = info(here, name, last.shape(), span);
    updates.put(info, new StatisticUpdate(read(info), last.node(), info.model()));
  }

  private static Op.State read(StateInfo info) {
    return new Op.State(info.path(), Role.CARRY, Element.FLOAT, info.shape(), 0);
  }

  private StateInfo info(Activation here, String name, Shape shape, Span span) {
    List<Object> place = new ArrayList<>(here.place());
    place.add(name);
    return states.computeIfAbsent(place, key -> {
      String path = here.instance().path(name);
      int number = named.merge(path, 1, Integer::sum);
      return new StateInfo(number == 1 ? path : path + "." + number, here.instance().root().path(), Role.CARRY, shape,
          Initialiser.constant(0), span, "");
    });
  }
}
