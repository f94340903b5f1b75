package dlv.compiler.memory;

import dlv.compiler.ir.Graph;
import dlv.compiler.ir.Node;
import dlv.compiler.ir.Op;
import dlv.compiler.lower.Arena;
import dlv.runtime.plan.Buffer;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Gives every value of every entry its place: states in arenas, what the host sees in buffers of its own, the pool. */
final class Allocation {
  private final List<Arena> arenas;
  private final List<Entry> entries;
  private final Map<String, Location> states = new LinkedHashMap<>();
  private final Map<String, Map<Node, Location>> places = new LinkedHashMap<>();
  /** Tenants of inputs, outputs and constants by the name of their buffer. */
  private final Map<String, List<Tenant>> own = new LinkedHashMap<>();
  private final Map<String, Buffer.Kind> kinds = new LinkedHashMap<>();
  private final Map<Op.Constant, String> constants = new LinkedHashMap<>();
  private final List<Tenant> pooled = new ArrayList<>();

  Allocation(List<Arena> arenas, List<Entry> entries) {
    this.arenas = arenas;
    this.entries = entries;
    for (Arena arena : arenas) {
      states.put(arena.name(), new Location(arena.name(), 0));
      arena.places().forEach(p -> states.putIfAbsent(p.state().path(), new Location(arena.name(), p.offset())));
    }
  }

  Plan plan() {
    var byName = new LinkedHashMap<String, Entry>();
    for (Entry entry : entries) {
      places.put(entry.name(), new IdentityHashMap<>());
      byName.put(entry.name(), entry);
      place(entry);
    }
    var slots = new ArrayList<Slot>();
    own.forEach((name, tenants) -> slots.add(new Slot(name, kinds.get(name), tenants)));
    for (Slot slot : Pool.of(pooled, byName)) {
      slots.add(slot);
      slot.tenants().forEach(tenant -> put(tenant, slot.name(), 0));
    }
    return new Plan(arenas, entries, slots, places);
  }

  private void place(Entry entry) {
    Map<Node, Location> next = new IdentityHashMap<>();
    for (Graph.Update update : entry.schedule().graph().updates()) {
      next.put(update.next(), state(update.state()));
    }
    Map<Node, String> outputs = new IdentityHashMap<>();
    entry.schedule().graph().outputs().forEach(output -> outputs.put(output.node(), output.name()));
    for (Tenant tenant : Lives.of(entry)) {
      Node node = tenant.node();
      if (next.containsKey(node)) {
        put(tenant, next.get(node).buffer(), next.get(node).offset());
      } else if (node.op() instanceof Op.State state) {
        put(tenant, state(state).buffer(), state(state).offset());
      } else if (outputs.containsKey(node)) {
        alone(tenant, entry.name() + ".out." + outputs.get(node), Buffer.Kind.OUTPUT);
      } else if (node.op() instanceof Op.Input input) {
        alone(tenant, "in." + input.name(), Buffer.Kind.INPUT);
      } else if (node.op() instanceof Op.Constant constant) {
        alone(tenant, constants.computeIfAbsent(constant, c -> "constant" + constants.size()), Buffer.Kind.CONSTANT);
      } else {
        pooled.add(tenant);
      }
    }
  }

  private Location state(Op.State state) {
    Location location = states.get(state.path());
    if (location == null) {
      throw new IllegalArgumentException("no arena holds " + state.path());
    }
    return location;
  }

  private void alone(Tenant tenant, String buffer, Buffer.Kind kind) {
    own.computeIfAbsent(buffer, name -> new ArrayList<>()).add(tenant);
    kinds.put(buffer, kind);
    put(tenant, buffer, 0);
  }

  private void put(Tenant tenant, String buffer, long offset) {
    places.get(tenant.entry()).put(tenant.node(), new Location(buffer, offset));
  }
}
