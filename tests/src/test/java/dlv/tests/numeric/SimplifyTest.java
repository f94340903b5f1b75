package dlv.tests.numeric;

import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dlv.compiler.ir.Graph;
import dlv.compiler.ir.Interpreter;
import dlv.compiler.ir.Node;
import dlv.compiler.ir.Op;
import dlv.compiler.pass.Passes;
import dlv.compiler.simplify.Simplify;
import dlv.tests.Near;
import dlv.tests.samples.OpSamples;
import dlv.tests.samples.Sample;
import dlv.tests.samples.ScanSamples;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Simplification changes no value, and a simplified graph is as simple as it gets. */
class SimplifyTest {
  static Stream<Sample> samples() {
    return Stream.concat(OpSamples.all().stream(), ScanSamples.all().stream());
  }

  @ParameterizedTest
  @MethodSource("samples")
  void keepsValues(Sample sample) {
    Graph simple = Passes.run(sample.graph());
    var expected = Interpreter.evaluate(sample.graph(), sample.bindings()).outputs();
    Near.check(expected, Interpreter.evaluate(simple, sample.bindings()).outputs(), 1e-13);
    Graph again = Simplify.in(simple);
    for (int i = 0; i < simple.roots().size(); i++) {
      assertSame(simple.roots().get(i), again.roots().get(i));
    }
  }

  /** A product is never spread over overlapping windows and added up again. */
  @ParameterizedTest
  @MethodSource("samples")
  void foldsNoOverlappingProduct(Sample sample) {
    for (Node node : Passes.run(sample.graph()).nodes()) {
      boolean overlap = node.op() instanceof Op.Fold fold
          && fold.stride() < fold.dilation() * (node.operand(0).dim(fold.axis() + 1).value() - 1) + 1;
      assertTrue(!overlap || !node.operand(0).is(Op.Contract.class), node.toString());
    }
  }
}
