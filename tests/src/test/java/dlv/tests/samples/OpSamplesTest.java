package dlv.tests.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dlv.compiler.ir.Interpreter;
import dlv.compiler.ir.Op;
import dlv.compiler.ir.Scalar;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table is complete, but for loops, which have {@link ScanSamples}, and every sample has a value of the shape that was inferred. */
class OpSamplesTest {
  static Stream<Sample> samples() {
    return OpSamples.all().stream();
  }

  @Test
  void everyPrimitiveHasSamples() {
    var missing = new HashSet<Class<?>>(Arrays.asList(Op.class.getPermittedSubclasses()));
    missing.removeAll(List.of(Op.Derivative.class, Op.Rows.class, Op.Scan.class, Op.Parameter.class));
    samples().forEach(sample -> sample.graph().nodes().forEach(node -> missing.remove(node.op().getClass())));
    assertEquals(new HashSet<>(), missing);
  }

  @Test
  void everyScalarFunctionHasSamples() {
    var missing = EnumSet.allOf(Scalar.class);
    samples().forEach(sample -> sample.graph().nodes().forEach(node -> {
      if (node.op() instanceof Op.Map map) {
        missing.remove(map.function());
      }
    }));
    assertEquals(EnumSet.noneOf(Scalar.class), missing);
  }

  @Test
  void namesAreUnique() {
    assertEquals(samples().count(), samples().map(Sample::name).distinct().count());
  }

  @ParameterizedTest
  @MethodSource("samples")
  void valueFitsInferredShape(Sample sample) {
    var results = Interpreter.evaluate(sample.graph(), sample.bindings());
    var sized = sample.graph().substitute(sample.bindings().dims());
    var value = results.outputs().get("y0");
    assertTrue(value.fits(sized.outputs().get(0).node()));
    assertTrue(Arrays.stream(value.data()).allMatch(Double::isFinite), value.toString());
  }
}
