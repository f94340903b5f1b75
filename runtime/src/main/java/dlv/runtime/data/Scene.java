package dlv.runtime.data;

import java.util.List;

/** One or two coloured shapes on a dark ground, and where the larger, which is named first, stands to the other. */
record Scene(Thing first, String relation, Thing second) {
  static final int SIDE = 32;
  /** Every word of the captions. */
  static final String WORDS = "a red green blue yellow white circle square triangle cross above below left right of";

  private static final List<String> COLOURS = List.of("red", "green", "blue", "yellow", "white");
  private static final int[] RGB = {0xE03A30, 0x30B048, 0x3A62E0, 0xE8D030, 0xF0F0F0};
  private static final List<String> SHAPES = List.of("circle", "square", "triangle", "cross");
  private static final List<String> RELATIONS = List.of("above", "below", "left of", "right of");
  private static final int SAMPLES = 3;

  /** A shape with its colour, by number. */
  record Thing(int colour, int shape) {
    String text() {
      return "a " + COLOURS.get(colour) + " " + SHAPES.get(shape);
    }
  }

  /** A scene by chance; one in five has one shape alone. */
  static Scene of(SplitMix random) {
    Thing first = new Thing(random.below(COLOURS.size()), random.below(SHAPES.size()));
    if (random.below(5) == 0) {
      return new Scene(first, "", null);
    }
    Thing second = first;
    while (second.equals(first)) {
      second = new Thing(random.below(COLOURS.size()), random.below(SHAPES.size()));
    }
    return new Scene(first, RELATIONS.get(random.below(RELATIONS.size())), second);
  }

  /** {@code a red circle above a blue square}. */
  String caption() {
    return second == null ? first.text() : first.text() + " " + relation + " " + second.text();
  }

  /** The picture, {@code [3, 32, 32]}; place and size of the shapes and the ground are chance. */
  byte[] draw(SplitMix random) {
    byte[] planes = new byte[3 * SIDE * SIDE];
    float ground = random.between(0, 50);
    for (int i = 0; i < planes.length; i++) {
      planes[i] = (byte) Math.max(0, ground + 8 * random.bell());
    }
    float away = second == null ? 0 : random.between(7.2f, 8.2f);
    float x = 15.5f + random.between(-1.5f, 1.5f);
    float y = 15.5f + random.between(-1.5f, 1.5f);
    float right = relation.equals("right of") ? away : relation.equals("left of") ? -away : random.between(-2, 2);
    float down = relation.equals("below") ? away : relation.equals("above") ? -away : random.between(-2, 2);
    paint(planes, first, x + right, y + down, random.between(5.6f, 6.4f));
    if (second != null) {
      paint(planes, second, x - right, y - down, random.between(3.8f, 4.6f));
    }
    return planes;
  }

  /** Paints a thing with smooth edges: each pixel by how many of its samples lie within. */
  private static void paint(byte[] planes, Thing thing, float x, float y, float radius) {
    int reach = (int) radius + 2;
    for (int py = Math.max(0, (int) y - reach); py <= Math.min(SIDE - 1, (int) y + reach); py++) {
      for (int px = Math.max(0, (int) x - reach); px <= Math.min(SIDE - 1, (int) x + reach); px++) {
        int inside = 0;
        for (int s = 0; s < SAMPLES * SAMPLES; s++) {
          float dx = px + (s % SAMPLES + 0.5f) / SAMPLES - 0.5f - x;
          float dy = py + (s / SAMPLES + 0.5f) / SAMPLES - 0.5f - y;
          inside += covers(thing.shape(), dx / radius, dy / radius) ? 1 : 0;
        }
        blend(planes, py * SIDE + px, RGB[thing.colour()], inside / (float) (SAMPLES * SAMPLES));
      }
    }
  }

  /** Whether a shape of radius 1 around the origin covers a place; y goes down. */
  private static boolean covers(int shape, float x, float y) {
    float ax = Math.abs(x);
    float ay = Math.abs(y);
    return switch (SHAPES.get(shape)) {
      case "circle" -> x * x + y * y <= 1;
      case "square" -> ax <= 0.86f && ay <= 0.86f;
      case "triangle" -> y <= 0.85f && ax <= (y + 1) * 0.56f;
      default -> Math.min(ax, ay) <= 0.3f && Math.max(ax, ay) <= 1;
    };
  }

  private static void blend(byte[] planes, int at, int rgb, float share) {
    for (int c = 0; c < 3; c++) {
      int i = c * SIDE * SIDE + at;
      planes[i] = (byte) Math.round((planes[i] & 0xFF) * (1 - share) + (rgb >> 16 - 8 * c & 0xFF) * share);
    }
  }
}
