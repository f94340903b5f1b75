package dlv.tests.device;

import dlv.compiler.layout.Flavour;
import dlv.tests.samples.ScanSamples;
import java.util.List;

/**
 * Whole loops with their gradients at a tiny size, on the first device of the process, which is Oclgrind where
 * {@link OclgrindTest} starts it: an LSTM, a GRU, and a decoder with attention.
 */
final class CheckedLoops {
  private static final List<String> LOOPS = List.of("scan/rows-lstm-gradients", "scan/rows-gru-gradients",
      "scan/rows-attending-gradients");

  private CheckedLoops() {}

  public static void main(String[] arguments) {
    Flavour flavour = Flavour.valueOf(arguments[0]);
    ScanSamples.withGradients(16, 1).stream().filter(sample -> LOOPS.contains(sample.name())).forEach(sample -> {
      System.out.println("checked: " + UnitDeviceTest.loopOverTime(flavour, sample) + " " + sample.name());
    });
  }
}
