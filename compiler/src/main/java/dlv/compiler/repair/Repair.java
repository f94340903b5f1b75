package dlv.compiler.repair;

import dlv.compiler.check.Checker;
import dlv.compiler.check.DataTypes;
import dlv.compiler.diagnostic.Diagnostic;
import dlv.compiler.diagnostic.Severity;
import dlv.compiler.syntax.SourceUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Adds to errors about shapes and requirements the computed ways out of them. */
public final class Repair {
  private static final Set<String> CODES = Set.of("shape", "require", "unify", "dimension");

  private Repair() {}

  /** The same diagnostics; those that a change of their network cures say so. */
  public static List<Diagnostic> in(SourceUnit unit, Checker.Options options, DataTypes types, List<Diagnostic> said) {
    Trial trial = new Trial(options, types);
    List<Diagnostic> helped = new ArrayList<>();
    for (Diagnostic diagnostic : said) {
      boolean open = diagnostic.severity() == Severity.ERROR && CODES.contains(diagnostic.code());
      Optional<Misfit> misfit = open ? Misfit.at(unit, diagnostic.span()) : Optional.empty();
      Diagnostic longer = diagnostic;
      for (Trial.Mended mended : misfit.map(found -> new WaysOut(found, diagnostic, trial).all()).orElse(List.of())) {
        var edit = mended.way().edit();
        longer = longer.help(mended.text(), edit.span(), edit.replacement());
      }
      helped.add(longer);
    }
    return helped;
  }
}
