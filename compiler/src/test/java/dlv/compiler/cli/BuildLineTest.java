package dlv.compiler.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class BuildLineTest {
  private final StringBuilder written = new StringBuilder();
  private long seconds;

  private BuildLine line(boolean live) {
    return new BuildLine(written::append, live, () -> seconds * 1_000_000_000L);
  }

  @Test
  void aTerminalSeesEachAndNothingInTheEnd() {
    BuildLine line = line(true);
    line.ready(0, 2);
    line.ready(1, 2);
    line.ready(2, 2);
    assertEquals("\rbuilding kernels 0/2\u001b[K\rbuilding kernels 1/2\u001b[K\r\u001b[K", written.toString());
  }

  @Test
  void elsewhereOneLineComesWhereItTakesLong() {
    BuildLine line = line(false);
    line.ready(0, 470);
    seconds = 4;
    line.ready(20, 470);
    assertEquals("", written.toString());
    seconds = 5;
    line.ready(30, 470);
    seconds = 90;
    line.ready(400, 470);
    line.ready(470, 470);
    assertEquals("building kernels 30/470\n", written.toString());
    line.ready(0, 8);
    seconds = 97;
    line.ready(7, 8);
    assertEquals("building kernels 30/470\nbuilding kernels 7/8\n", written.toString());
  }
}
