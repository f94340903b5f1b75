package dlv.compiler.check;

import dlv.compiler.diagnostic.Diagnostic;
import dlv.compiler.syntax.Item;
import dlv.compiler.syntax.Statement;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;

/**
 * Models of train blocks as other blocks see them: the very instances, with all dimensions as their own block solves
 * them, under the names that they are given elsewhere.
 */
final class Lending {
  /** A model on loan: the network, and the owner of its states. */
  record Lent(Loan loan, Value.Network network, Instance owner) {}

  private final Overrides overrides;
  private final DataTypes types;
  private final Map<String, String> paths;
  private final Deque<Item.TrainSyntax> asked = new ArrayDeque<>();

  Lending(Overrides overrides, DataTypes types, Map<String, String> paths) {
    this.overrides = overrides;
    this.types = types;
    this.paths = paths;
  }

  /** Checks the block that trains a model, and takes the model out of it. */
  Lent lend(Value.Foreign model, String as, Statement.Model line, Session to) {
    Item.TrainSyntax syntax = model.block().syntax();
    String block = syntax.name().text();
    if (asked.contains(syntax)) {
      throw to.blame().report(null, Diagnostic.error("cycle", line.value().span(),
          "the models of `" + block + "` would begin as they end"));
    }
    asked.push(syntax);
    try {
      var of = new Stages(syntax, model.block().module(), to.inner(to.blame()), overrides, types, paths);
      TrainModels.Model found = of.model(model.model(), as);
      var loan = new Loan(as, block, model.model(), line.from(), line.span());
      return new Lent(loan, found.made(), found.owner());
    } finally {
      asked.pop();
    }
  }
}
