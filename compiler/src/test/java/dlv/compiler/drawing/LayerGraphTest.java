package dlv.compiler.drawing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dlv.compiler.Compiler;
import dlv.compiler.check.NetworkProgram;
import dlv.compiler.source.SourceFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which boxes and arrows stand for a network. */
class LayerGraphTest {

  private static final String RESIDUAL = """
      network Net(x: float[8]) -> scores: float[3] {
        x -> Around -> Dropout(0.5) -> Dense(3)
      }
      network Around(x: float[n]) {
        let y = x -> Dense(n) -> relu
        y + x * 2
      }
      """;

  @Test
  void ownNetworksAreOpened() {
    assertEquals("""
        x -> Dense(n), *
        Dense(n) -> relu in around1: Around
        relu -> + in around1: Around
        * -> + in around1: Around
        + -> Dropout(0.5) in around1: Around
        Dropout(0.5) -> Dense(3)
        Dense(3) -> scores
        """, arrows(network(RESIDUAL, "Net"), 1));
  }

  @Test
  void ownNetworksStayClosedAtDepthZero() {
    assertEquals("""
        x -> Around
        Around -> Dropout(0.5)
        Dropout(0.5) -> Dense(3)
        Dense(3) -> scores
        """, arrows(network(RESIDUAL, "Net"), 0));
  }

  @Test
  void aLayerThatIsAppliedTwiceIsTwoBoxes() {
    String text = """
        network Twice(a: float[4]) -> b: float[4] {
          let f = Dense(4)
          a -> f -> f
        }
        """;
    LayerGraph graph = LayerGraph.of(network(text, "Twice"), 1);
    assertEquals(4, graph.boxes().size());
    assertEquals(3, graph.arrows().size());
  }

  @Test
  void everyLoopIsOneBox() {
    String text = """
        network Reader(text: index(20)[T]) -> class: float[2] {
          text -> Embed(4) -> LSTM(8) -> last -> Dense(2)
        }
        """;
    assertEquals("""
        text -> Embed(4)
        Embed(4) -> LSTM(8)
        LSTM(8) -> last
        last -> Dense(2)
        Dense(2) -> class
        """, arrows(network(text, "Reader"), 1));
  }

  @Test
  void picturesAreTheSameEachTime(@TempDir Path folder) throws Exception {
    NetworkProgram network = network(RESIDUAL, "Net");
    NetworkDrawing.write(network, 1, folder.resolve("a.svg"));
    NetworkDrawing.write(network, 1, folder.resolve("b.svg"));
    NetworkDrawing.write(network, 1, folder.resolve("c.png"));
    assertArrayEquals(Files.readAllBytes(folder.resolve("a.svg")), Files.readAllBytes(folder.resolve("b.svg")));
    String svg = Files.readString(folder.resolve("a.svg"));
    assertTrue(svg.contains(">Dense(n)<") && svg.contains(">72 weights<") && svg.contains(">around1: Around<"), svg);
    assertTrue(ImageIO.read(folder.resolve("c.png").toFile()).getHeight() > 400);
  }

  private static NetworkProgram network(String text, String name) {
    return Compiler.check(new SourceFile("net.dlv", text), Compiler.Given.NOTHING).network(name).orElseThrow();
  }

  /** A line for each box that gives something: its title, and to whom. */
  private static String arrows(NetworkProgram network, int depth) {
    LayerGraph graph = LayerGraph.of(network, depth);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < graph.boxes().size(); i++) {
      int from = i;
      String to = graph.arrows().stream().filter(arrow -> arrow.from() == from)
          .map(arrow -> graph.boxes().get(arrow.to()).title()).collect(Collectors.joining(", "));
      LayerGraph.Frame frame = graph.boxes().get(i).frame();
      text.append(to.isEmpty() ? "" : graph.boxes().get(i).title() + " -> " + to
          + (frame == null ? "" : " in " + frame.title()) + "\n");
    }
    return text.toString();
  }
}
