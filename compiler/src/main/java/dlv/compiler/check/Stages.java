package dlv.compiler.check;

import dlv.compiler.diagnostic.Diagnostic;
import dlv.compiler.syntax.Item;
import dlv.compiler.syntax.Line;
import dlv.compiler.syntax.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A whole train block. Each of its stages is a block of the lines that stand outside stages and of its own lines, with
 * models that all of them share; a block without stages is one.
 */
final class Stages {
  private static final List<String> OF_STAGES = List.of("epochs", "steps", "patience");

  private final Item.TrainSyntax syntax;
  private final Module module;
  private final Session session;
  private final Overrides overrides;
  private final DataTypes types;
  private final Map<String, String> paths;

  Stages(Item.TrainSyntax syntax, Module module, Session session, Overrides overrides, DataTypes types,
      Map<String, String> paths) {
    this.syntax = syntax;
    this.module = module;
    this.session = session;
    this.overrides = overrides;
    this.types = types;
    this.paths = paths;
  }

  /** One of its models, whose states are named after {@code as}. */
  TrainModels.Model model(String name, String as) {
    TrainModels models = new TrainModels(Map.of(name, as));
    if (check(models).isEmpty()) {
      throw Failed.REPORTED;
    }
    return models.get(name);
  }

  /** The block; empty after errors. */
  Optional<TrainProgram> check() {
    return check(new TrainModels(Map.of()));
  }

  private Optional<TrainProgram> check(TrainModels models) {
    List<Line.Stage> stages = syntax.lines().stream().filter(Line.Stage.class::isInstance).map(Line.Stage.class::cast)
        .toList();
    if (stages.isEmpty()) {
      return block(syntax, session, models, true);
    }
    boolean sound = areSound(stages);
    List<TrainProgram> programs = new ArrayList<>();
    for (Line.Stage stage : stages) {
      block(of(stage), session.another(), models, false).ifPresent(programs::add);
    }
    for (TrainProgram program : programs) {
      if (!program.carried().isEmpty()) {
        session.blame().report(null, Diagnostic.error("unsupported", program.span(),
            "states of cells that go on from batch to batch cannot be kept in a block with stages yet"));
        sound = false;
      }
    }
    return sound && programs.size() == stages.size() && areUsed(models, programs)
        ? Optional.of(TrainProgram.of(syntax.name(), syntax.doc(), bindings(models, programs), programs))
        : Optional.empty();
  }

  private Optional<TrainProgram> block(Item.TrainSyntax lines, Session own, TrainModels models, boolean whole) {
    return new TrainBlock(lines, module, own, overrides, types, paths, models, whole).check();
  }

  /** A stage as a block of its own. */
  private Item.TrainSyntax of(Line.Stage stage) {
    List<Line> lines = new ArrayList<>(syntax.lines().stream().filter(line -> !(line instanceof Line.Stage)).toList());
    lines.addAll(stage.lines());
    return new Item.TrainSyntax(stage.name(), lines, syntax.doc(), stage.span());
  }

  /** What stands in a stage, and what outside. */
  private boolean areSound(List<Line.Stage> stages) {
    int before = session.blame().diagnostics().list().size();
    Map<String, Line.Stage> names = new LinkedHashMap<>();
    for (Line.Stage stage : stages) {
      Line.Stage other = names.putIfAbsent(stage.name().text(), stage);
      if (other != null) {
        session.blame().report(null, Diagnostic.error("duplicate", stage.name().span(),
            "two stages are named `" + stage.name().text() + "`").note("the first", other.name().span()));
      }
      stage.lines().forEach(line -> checkInside(stage, line));
    }
    syntax.lines().stream().filter(Line.Minimize.class::isInstance).forEach(line -> session.blame().report(null,
        Diagnostic.error("stage", line.span(), "in a block with stages each `minimize` stands in a stage")
            .note("a stage", stages.get(0).name().span())));
    return session.blame().diagnostics().list().size() == before;
  }

  private void checkInside(Line.Stage stage, Line line) {
    String outside = line instanceof Line.Data ? "data" : line instanceof Statement.Model ? "model"
        : line instanceof Line.Stage ? "stage" : line instanceof Line.Setting setting
            && !OF_STAGES.contains(setting.name().text()) && SettingsReader.NAMES.contains(setting.name().text())
                ? setting.name().text() : "";
    if (!outside.isEmpty()) {
      session.blame().report(null, Diagnostic.error("stage", line.span(), "`" + outside
          + "` is one for the whole block, and stands in the stage `" + stage.name().text() + "`")
          .help("move the line in front of the stages"));
    }
  }

  /** Every model is applied in some stage, and trained in one or elsewhere. */
  private boolean areUsed(TrainModels models, List<TrainProgram> programs) {
    Set<String> applied = new LinkedHashSet<>();
    Set<String> trained = new LinkedHashSet<>();
    for (TrainProgram program : programs) {
      program.models().forEach(model -> applied.add(model.name()));
      program.models().stream().filter(ModelBinding::trained).forEach(model -> trained.add(model.name()));
    }
    boolean all = true;
    for (TrainModels.Model model : models.all()) {
      String problem = !applied.contains(model.name()) ? "the model `" + model.name() + "` is never applied"
          : trained.contains(model.name()) || model.loan().isPresent() ? ""
              : "no stage trains the model `" + model.name() + "`";
      if (!problem.isEmpty()) {
        session.blame().error(null, "unused", model.line().name().span(), problem);
        all = false;
      }
    }
    return all;
  }

  /** Each model as the first stage that applies it sees it. */
  private static List<ModelBinding> bindings(TrainModels models, List<TrainProgram> programs) {
    List<ModelBinding> all = new ArrayList<>();
    for (TrainModels.Model model : models.all()) {
      List<ModelBinding> found = programs.stream().flatMap(program -> program.models().stream())
          .filter(binding -> binding.name().equals(model.name())).toList();
      boolean trained = found.stream().anyMatch(ModelBinding::trained);
      all.add(new ModelBinding(model.name(), model.network(), model.loan(), trained, found.get(0).application(),
          model.line().span()));
    }
    return all;
  }
}
