package dlv.compiler.memory;

import dlv.compiler.fuse.Kernel;
import dlv.compiler.ir.Printer;
import dlv.compiler.lower.Arena;
import dlv.runtime.plan.Manifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A plan for people: every buffer, its bytes, and who lives in it from when to when. */
public final class PlanText {
  private final Plan plan;
  private final Map<String, Long> sizes;
  private final List<String> lines = new ArrayList<>();

  private PlanText(Plan plan, Map<String, Long> sizes) {
    this.plan = plan;
    this.sizes = sizes;
  }

  /** The plan with values for all its dimensions. */
  public static String of(Plan plan, Map<String, Long> sizes) {
    var text = new PlanText(plan, sizes);
    plan.arenas().forEach(text::arena);
    plan.slots().forEach(text::slot);
    text.line("total", plan.bytes(sizes), "");
    return String.join("\n", text.lines) + "\n";
  }

  private void line(String name, long bytes, String rest) {
    lines.add(String.format(Locale.ROOT, "%-28s %,15d bytes  %s", name, bytes, rest).stripTrailing());
  }

  private void arena(Arena arena) {
    long bytes = arena.bytes();
    line(arena.name(), bytes, "arena of " + arena.role().name().toLowerCase(Locale.ROOT) + "s, " + arena.places().size()
        + (arena.places().size() == 1 ? " tensor" : " tensors"));
  }

  private void slot(Slot slot) {
    line(slot.name(), Manifest.bytes(slot.buffer(), sizes),
        slot.kind().name().toLowerCase(Locale.ROOT) + "  " + slot.bytes().text());
    for (Tenant tenant : slot.tenants()) {
      Entry entry = plan.entries().stream().filter(e -> e.name().equals(tenant.entry())).findFirst().orElseThrow();
      String origin = tenant.node().origin().text();
      lines.add("    " + tenant.entry() + " " + life(entry, tenant) + "  " + Printer.type(tenant.node())
          + (origin.isEmpty() ? "" : "  " + origin));
    }
  }

  private static String life(Entry entry, Tenant tenant) {
    return name(entry, tenant.from()) + " .. " + name(entry, tenant.to());
  }

  private static String name(Entry entry, int kernel) {
    List<Kernel> kernels = entry.schedule().kernels();
    return kernel < 0 ? "start" : kernel == Tenant.END ? "end" : kernel + " " + kernels.get(kernel).name();
  }
}
