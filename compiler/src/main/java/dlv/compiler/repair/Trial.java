package dlv.compiler.repair;

import dlv.compiler.check.Checker;
import dlv.compiler.check.DataTypes;
import dlv.compiler.check.NetworkProgram;
import dlv.compiler.diagnostic.CompileException;
import dlv.compiler.diagnostic.Diagnostic;
import dlv.compiler.source.SourceFile;
import dlv.compiler.summary.LayerSummary;
import dlv.compiler.summary.NetworkSummary;
import dlv.compiler.syntax.Parser;
import dlv.compiler.type.Dim;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Checks a network as it would be after a change. */
final class Trial {
  /** Processor time that one command spends on checking and trying: a misfit in a large file must not be told late. */
  private static final long NANOSECONDS = 5_000_000_000L;

  private final Checker.Options options;
  private final DataTypes types;
  private final ThreadMXBean clock = ManagementFactory.getThreadMXBean();
  private final long begin;

  Trial(Checker.Options options, DataTypes types) {
    this.options = options;
    this.types = types;
    this.begin = clock.getCurrentThreadCpuTime();
  }

  /** What the network of a misfit is after a change. */
  Outcome of(Misfit misfit, Way way) {
    if (clock.getCurrentThreadCpuTime() - begin > NANOSECONDS) {
      return new Outcome(Optional.empty(), Optional.empty());
    }
    SourceFile file = misfit.network().span().file();
    try {
      var unit = Parser.parse(new SourceFile(file.name(), way.applied(file.text())));
      return new Outcome(Checker.network(unit, options, types, misfit.network().name().text())
          .map(network -> new Mended(way, network, way.moved(misfit.start()))), Optional.empty());
    } catch (CompileException e) {
      return new Outcome(Optional.empty(), e.diagnostics().stream().findFirst());
    }
  }

  /**
   * What a change does.
   *
   * @param mended the network, where it has no error left
   * @param error what is wrong first, where something is
   */
  record Outcome(Optional<Mended> mended, Optional<Diagnostic> error) {
    boolean says(String message) {
      return error.filter(diagnostic -> diagnostic.message().equals(message)).isPresent();
    }

    boolean failsBefore(int offset) {
      return error.filter(diagnostic -> diagnostic.span().start() < offset).isPresent();
    }
  }

  /**
   * A network without errors.
   *
   * @param start where the call begins that did not fit before
   */
  record Mended(Way way, NetworkProgram network, int start) {
    Dim parameters() {
      return network.parameters();
    }

    /** The layer that stands last before an offset. */
    Optional<LayerSummary> before(int offset) {
      return NetworkSummary.of(network).layers().stream()
          .filter(layer -> layer.depth() == 0 && layer.span().start() < offset).reduce((first, second) -> second);
    }

    /** The layer that stands last before an offset and answers with more than one axis: what still has places. */
    private Optional<LayerSummary> lastWithPlaces() {
      return NetworkSummary.of(network).layers().stream()
          .filter(layer -> layer.depth() == 0 && layer.span().start() < start)
          .filter(layer -> layer.outputs().stream().anyMatch(type -> type.shape().rank() > 1))
          .reduce((first, second) -> second);
    }

    /** {@code : 61,706 parameters, a field of view of 32x32}. */
    String text() {
      Dim weights = parameters();
      String count = weights.isConstant() ? String.format(Locale.ROOT, "%,d", weights.value()) : weights.text();
      String view = lastWithPlaces().flatMap(LayerSummary::receptiveField).filter(sides -> !sides.isEmpty())
          .map(sides -> ", a field of view of " + sides(sides)).orElse("");
      return way.text() + ": " + count + " parameters" + view;
    }

    private static String sides(List<Dim> sides) {
      return sides.stream().map(Dim::text).collect(Collectors.joining("x"));
    }
  }
}
