package dlv.compiler.memory;

import dlv.compiler.ir.Printer;
import dlv.compiler.lower.Arena;
import dlv.runtime.json.Json;
import dlv.runtime.plan.Manifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A plan for machines: {@code {bytes, dimensions, buffers[].{name, kind, bytes, formula, tenants[].{entry, type, origin,
 * from, to}}}}; {@code from} and {@code to} are numbers of kernels, left out at the start and the end of an entry.
 */
public final class PlanJson {

  private PlanJson() {}

  /** The plan with values for all its dimensions. */
  public static Json of(Plan plan, Map<String, Long> sizes) {
    var dimensions = Json.object();
    sizes.forEach(dimensions::put);
    List<Json> buffers = new ArrayList<>();
    plan.arenas().forEach(arena -> buffers.add(arena(arena)));
    plan.slots().forEach(slot -> buffers.add(slot(slot, sizes)));
    return Json.object()
        .put("bytes", plan.bytes(sizes))
        .put("dimensions", dimensions.build())
        .put("buffers", Json.of(buffers))
        .build();
  }

  private static Json arena(Arena arena) {
    long bytes = arena.bytes();
    return Json.object().put("name", arena.name()).put("kind", "arena").put("bytes", bytes)
        .put("formula", Long.toString(bytes)).put("tenants", List.<Tenant>of(), PlanJson::tenant).build();
  }

  private static Json slot(Slot slot, Map<String, Long> sizes) {
    return Json.object()
        .put("name", slot.name())
        .put("kind", slot.kind().name().toLowerCase(Locale.ROOT))
        .put("bytes", Manifest.bytes(slot.buffer(), sizes))
        .put("formula", slot.bytes().text())
        .put("tenants", slot.tenants(), PlanJson::tenant)
        .build();
  }

  private static Json tenant(Tenant tenant) {
    var json = Json.object()
        .put("entry", tenant.entry())
        .put("type", Printer.type(tenant.node()))
        .put("origin", tenant.node().origin().text());
    if (tenant.from() >= 0) {
      json.put("from", tenant.from());
    }
    if (tenant.to() != Tenant.END) {
      json.put("to", tenant.to());
    }
    return json.build();
  }
}
