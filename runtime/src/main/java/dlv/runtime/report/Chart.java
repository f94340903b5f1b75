package dlv.runtime.report;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** What all charts share: their two files, their colours, and the frame around curves. */
final class Chart {
  static final int TEXT = 0x37404A;
  static final int FAINT = 0x8A939C;
  private static final int GRID = 0xE8EBEE;

  private Chart() {}

  /** Draws {@code NAME.svg} and {@code NAME.png} into a folder. */
  static void write(Path folder, String name, int width, int height, Consumer<Canvas> drawing) {
    List.of(".svg", ".png").forEach(kind -> Canvas.write(folder.resolve(name + kind), width, height, drawing));
  }

  /** Draws the grid of two axes, their numbers, and what the axis across counts. */
  static void frame(Canvas canvas, Axis across, Axis down, String counted) {
    for (double tick : down.ticks()) {
      double y = down.place(tick);
      canvas.line(List.of(new Canvas.Point(across.from(), y), new Canvas.Point(across.to(), y)), 1, GRID, 1);
      canvas.text(down.label(tick), across.from() - 8, y + 3, 7, Canvas.Anchor.END, FAINT);
    }
    for (double tick : across.ticks()) {
      canvas.text(across.label(tick), across.place(tick), down.from() + 15, 7, Canvas.Anchor.MIDDLE, FAINT);
    }
    canvas.text(counted, across.to(), down.from() + 29, 7, Canvas.Anchor.END, FAINT);
  }
}
