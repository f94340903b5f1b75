package dlv.compiler.check;

import dlv.compiler.diagnostic.Diagnostic;
import dlv.compiler.syntax.Expression;
import dlv.compiler.syntax.Statement;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The models of a train block by their names. */
final class TrainModels {
  /**
   * A model of the block: its owner holds its states, its line is where it was written.
   *
   * @param made null before it is evaluated, and after an error
   * @param loan whose it is, where another block trains it
   */
  record Model(Statement.Model line, Instance owner, Value.Network made, Optional<Loan> loan) {
    String name() {
      return line.name().text();
    }

    String network() {
      return made.instance().declaration().name();
    }

    /** Its applications, anywhere below {@code roots}. */
    List<Application> applications(Stream<Application> roots) {
      String path = owner.path();
      return roots.flatMap(Model::tree).filter(application -> application.path().equals(path)).toList();
    }

    private static Stream<Application> tree(Application application) {
      return Stream.concat(Stream.of(application), application.children().stream().flatMap(Model::tree));
    }
  }

  private final Map<String, String> renamed;
  private final Map<String, Model> models = new LinkedHashMap<>();

  /** @param renamed what the states of some models are named after, where it is not the model's name */
  TrainModels(Map<String, String> renamed) {
    this.renamed = renamed;
  }

  /** Makes the owner of a model's states, or finds it in the block that lends the model; done once a model. */
  void begin(Statement.Model line, Evaluator use) {
    String name = line.name().text();
    String as = renamed.getOrDefault(name, name);
    if (models.containsKey(name)) {
      return;
    }
    if (line.value() instanceof Expression.Field field && use.evaluate(field) instanceof Value.Foreign foreign) {
      Lending.Lent lent = use.here().session().borrow(foreign, as, line);
      models.put(name, new Model(line, lent.owner(), lent.network(), Optional.of(lent.loan())));
    } else if (line.from().isPresent()) {
      throw use.here().report(Diagnostic.error("model", line.span(),
          "`from` names a run of the block that trains the model, and this model is this block's own")
          .help("write `model " + name + " = Block.model from …`"));
    } else {
      Instance owner = new Instance(null, Map.of(), Map.of(), line.span(), null);
      owner.name(as);
      models.put(name, new Model(line, owner, null, Optional.empty()));
    }
  }

  /** The network of a model, evaluated when it is first asked for; unknown where it has not begun. */
  Value make(Statement.Model line, Evaluator use, Overrides overrides) {
    Model model = models.get(line.name().text());
    if (model == null || model.made() != null) {
      return model == null ? new Value.Unknown() : model.made();
    }
    Activation own = new Activation(use.here().session(), use.here().frame(), model.owner(), false, List.of());
    Evaluator at = new Evaluator(own, use.scope(), use.module(), List.of());
    Value made = at.evaluate(line.value());
    Value value = made instanceof Value.Template ? new Calls(at).invoke(made, List.of(), line.value().span()) : made;
    if (!(value instanceof Value.Network network)) {
      throw use.error("type", line.value().span(), "a model is a network, not " + value.text());
    }
    network.instance().name("");
    overrides.give(network.instance(), use, line.value().span());
    models.put(model.name(), new Model(line, model.owner(), network, Optional.empty()));
    return network;
  }

  Model get(String name) {
    return models.get(name);
  }

  Set<String> names() {
    return models.keySet();
  }

  Collection<Model> all() {
    return models.values();
  }
}
