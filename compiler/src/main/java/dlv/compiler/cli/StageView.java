package dlv.compiler.cli;

import dlv.compiler.Compiler;
import dlv.compiler.fuse.Schedule;
import dlv.compiler.ir.Graph;
import dlv.compiler.ir.Printer;
import dlv.compiler.layout.Flavour;
import dlv.compiler.layout.LayoutText;
import dlv.compiler.layout.Layouts;
import dlv.compiler.lower.Lowered;
import dlv.compiler.memory.Plan;
import dlv.compiler.memory.PlanText;
import dlv.compiler.pass.Pass;
import dlv.compiler.pass.Passes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a lowered unit looks like after a stage. */
enum StageView {
  LOWER,
  PASS,
  FUSE,
  LAYOUT,
  ALLOCATE,
  EMIT;

  /** For showing bytes, where dimensions have no value: a usual one. */
  private static final long USUAL = 128;

  /** The names of all stages from lowering on, in order; each pass has its own. */
  static List<String> names() {
    List<String> names = new ArrayList<>(List.of("lower"));
    Passes.ALL.forEach(pass -> names.add(pass.name()));
    names.addAll(List.of("fuse", "layout", "allocate", "emit"));
    return names;
  }

  /** The unit after the stage of this name. */
  static String show(Lowered unit, String stage, Flavour flavour) {
    StageView view = switch (stage) {
      case "lower" -> LOWER;
      case "fuse" -> FUSE;
      case "layout" -> LAYOUT;
      case "allocate" -> ALLOCATE;
      case "emit" -> EMIT;
      default -> PASS;
    };
    return "// " + unit.name() + "\n" + view.text(unit, stage, flavour);
  }

  private String text(Lowered unit, String stage, Flavour flavour) {
    return switch (this) {
      case LOWER, PASS, FUSE, LAYOUT -> {
        StringBuilder text = new StringBuilder();
        unit.entries().forEach(entry -> text.append(text(entry, stage, flavour)).append('\n'));
        yield text.toString();
      }
      case ALLOCATE -> {
        Plan plan = Compiler.plan(unit, flavour);
        yield PlanText.of(plan, usual(plan)) + "\n";
      }
      case EMIT -> {
        var compiled = Compiler.compile(unit, flavour);
        StringBuilder text = new StringBuilder(compiled.manifest().toJson());
        compiled.programs().forEach((name, program) ->
            text.append("\n// ").append(name).append('\n').append(program));
        yield text.append('\n').toString();
      }
    };
  }

  private String text(Graph entry, String stage, Flavour flavour) {
    if (this == LOWER || this == PASS) {
      return Printer.print(passed(entry, stage));
    }
    Schedule schedule = Compiler.schedule(entry);
    return this == FUSE ? schedule.text() : LayoutText.of(Layouts.of(schedule, flavour));
  }

  /** An entry after the pass of this name; as it is where none has it. */
  private static Graph passed(Graph entry, String name) {
    Graph graph = entry;
    List<String> names = Passes.ALL.stream().map(Pass::name).toList();
    for (Pass pass : Passes.ALL.subList(0, names.indexOf(name) + 1)) {
      graph = pass.run(graph);
    }
    return graph;
  }

  private static Map<String, Long> usual(Plan plan) {
    Map<String, Long> sizes = new LinkedHashMap<>();
    plan.dimensions().forEach(name -> sizes.put(name, USUAL));
    return sizes;
  }
}
