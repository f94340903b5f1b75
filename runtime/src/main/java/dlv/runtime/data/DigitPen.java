package dlv.runtime.data;

import java.util.Arrays;
import java.util.List;

/**
 * Draws one handwritten digit of 28x28 grey bytes, ink bright on dark paper.
 *
 * <p>A skeleton is chosen, its points trembled, and a smooth curve laid through them (Catmull and Rom, 1974). The curve
 * is bent by a smooth random field (after Simard, Steinkraus, Platt: Best practices for convolutional neural networks,
 * 2003), slanted, turned, scaled and shifted, and inked with a round nib whose width changes along the way: a pixel's
 * ink is its coverage by the nearest piece of the curve. Noise comes last. Only sums, products and square roots are
 * used, so that equal seeds give equal bytes on every machine.
 *
 * <p>A pen holds scratch memory and serves one thread.
 */
final class DigitPen {
  /** Pixels of a side. */
  static final int SIZE = 28;
  /** Changes whenever a drawn byte does. */
  static final int VERSION = 1;

  private static final int STEPS = 5;
  private static final int GRID = 4;
  private static final float MIDDLE = (SIZE - 1) / 2f;

  private final float[] ink = new float[SIZE * SIZE];
  private final float[] px = new float[32];
  private final float[] py = new float[32];
  private final float[] bendX = new float[GRID * GRID];
  private final float[] bendY = new float[GRID * GRID];
  private final float[] nib = new float[GRID];
  // the linear map from the box of the skeleton to pixels
  private float xx;
  private float xy;
  private float yx;
  private float yy;
  private float shiftX;
  private float shiftY;
  private float soft;

  /** Draws {@code digit} with choices from {@code random} into 784 bytes, row by row. */
  void draw(int digit, SplitMix random, byte[] pixels) {
    Arrays.fill(ink, 0f);
    List<DigitShapes.Shape> shapes = DigitShapes.of(digit);
    DigitShapes.Shape shape = shapes.get(random.below(shapes.size()));
    holdPaper(random);
    float width = random.between(0.62f, 1.7f);
    soft = random.between(0.7f, 1.2f);
    for (DigitShapes.Stroke stroke : shape.strokes()) {
      tremble(stroke, random);
      for (int i = 0; i < GRID; i++) {
        nib[i] = width * (1f + 0.16f * random.bell());
      }
      follow(stroke);
    }
    finish(random, pixels);
  }

  /** Chooses slant, turn, size, place and bend. */
  private void holdPaper(SplitMix random) {
    float height = random.between(14.5f, 20.5f);
    float breadth = height * random.between(0.52f, 0.92f);
    float slant = 0.12f + 0.22f * random.bell();
    float turn = 0.10f * random.bell();
    float cos = 1f / (float) Math.sqrt(1f + turn * turn);
    float sin = turn * cos;
    // slant first, then turn
    xx = breadth * cos;
    xy = -height * (slant * cos + sin);
    yx = breadth * sin;
    yy = height * (cos - slant * sin);
    shiftX = MIDDLE + 1.1f * random.bell();
    shiftY = MIDDLE + 1.1f * random.bell();
    float bend = random.between(0.01f, 0.075f);
    for (int i = 0; i < GRID * GRID; i++) {
      bendX[i] = bend * random.bell();
      bendY[i] = bend * random.bell();
    }
  }

  /** Moves the points of a stroke a little, its ends more, and bends and maps them to pixels. */
  private void tremble(DigitShapes.Stroke stroke, SplitMix random) {
    int n = stroke.points();
    for (int i = 0; i < n; i++) {
      float shake = i == 0 || i == n - 1 ? 0.042f : 0.024f;
      px[i] = stroke.x()[i] + shake * random.bell();
      py[i] = stroke.y()[i] + shake * random.bell();
    }
  }

  /** Inks the curve through the points of a stroke. */
  private void follow(DigitShapes.Stroke stroke) {
    int n = stroke.points();
    boolean[] corner = stroke.corner();
    float fromX = mapX(px[0], py[0]);
    float fromY = mapY(px[0], py[0]);
    float fromR = nib[0];
    for (int i = 0; i + 1 < n; i++) {
      int before = i == 0 || corner[i] ? i : i - 1;
      int after = i + 2 == n || corner[i + 1] ? i + 1 : i + 2;
      for (int s = 1; s <= STEPS; s++) {
        float t = s / (float) STEPS;
        float x = spline(px[before], px[i], px[i + 1], px[after], t);
        float y = spline(py[before], py[i], py[i + 1], py[after], t);
        float bentX = x + bent(bendX, x, y);
        float bentY = y + bent(bendY, x, y);
        float toX = mapX(bentX, bentY);
        float toY = mapY(bentX, bentY);
        float toR = width((i + t) / (n - 1));
        segment(fromX, fromY, fromR, toX, toY, toR);
        fromX = toX;
        fromY = toY;
        fromR = toR;
      }
    }
  }

  private static float spline(float a, float b, float c, float d, float t) {
    return b + 0.5f * t * (c - a + t * (2f * a - 5f * b + 4f * c - d + t * (3f * (b - c) + d - a)));
  }

  private float mapX(float x, float y) {
    return shiftX + xx * (x - 0.5f) + xy * (y - 0.5f);
  }

  private float mapY(float x, float y) {
    return shiftY + yx * (x - 0.5f) + yy * (y - 0.5f);
  }

  /** The bend at a point: the values at the grid's nodes, blended smoothly. */
  private static float bent(float[] field, float x, float y) {
    float gx = Math.min(Math.max(x, 0f), 0.9999f) * (GRID - 1);
    float gy = Math.min(Math.max(y, 0f), 0.9999f) * (GRID - 1);
    int ix = (int) gx;
    int iy = (int) gy;
    float fx = gx - ix;
    float fy = gy - iy;
    fx = fx * fx * (3f - 2f * fx);
    fy = fy * fy * (3f - 2f * fy);
    int at = iy * GRID + ix;
    float top = field[at] + fx * (field[at + 1] - field[at]);
    float bottom = field[at + GRID] + fx * (field[at + GRID + 1] - field[at + GRID]);
    return top + fy * (bottom - top);
  }

  /** The radius of the nib at a share of the stroke. */
  private float width(float share) {
    float g = Math.min(share, 0.9999f) * (GRID - 1);
    int i = (int) g;
    return nib[i] + (g - i) * (nib[i + 1] - nib[i]);
  }

  /** Inks the pixels near a straight piece: each keeps the largest coverage that any piece gives it. */
  private void segment(float ax, float ay, float ar, float bx, float by, float br) {
    float reach = Math.max(ar, br) + soft;
    int left = Math.max(0, (int) (Math.min(ax, bx) - reach + 1f));
    int right = Math.min(SIZE - 1, (int) (Math.max(ax, bx) + reach));
    int top = Math.max(0, (int) (Math.min(ay, by) - reach + 1f));
    int bottom = Math.min(SIZE - 1, (int) (Math.max(ay, by) + reach));
    float dx = bx - ax;
    float dy = by - ay;
    float perLength = 1f / (dx * dx + dy * dy + 1e-6f);
    float sharp = 0.5f / soft;
    for (int y = top; y <= bottom; y++) {
      for (int x = left; x <= right; x++) {
        float t = ((x - ax) * dx + (y - ay) * dy) * perLength;
        t = Math.min(Math.max(t, 0f), 1f);
        float ex = x - ax - t * dx;
        float ey = y - ay - t * dy;
        float r = ar + t * (br - ar);
        float square = ex * ex + ey * ey;
        float outer = r + soft;
        if (square < outer * outer) {
          float cover = Math.min(1f, (outer - (float) Math.sqrt(square)) * sharp);
          int at = y * SIZE + x;
          if (cover > ink[at]) {
            ink[at] = cover;
          }
        }
      }
    }
  }

  /** Turns ink to bytes, with noise on paper and ink. */
  private void finish(SplitMix random, byte[] pixels) {
    float strength = random.between(0.78f, 1f) * 255f;
    float noise = random.uniform();
    noise = noise * noise * 26f / 128f;
    for (int i = 0; i < pixels.length; i += 8) {
      long bits = random.bits();
      for (int k = 0; k < 8; k++, bits >>= 8) {
        float v = ink[i + k] * strength + (byte) bits * noise;
        pixels[i + k] = (byte) Math.min(Math.max((int) (v + 0.5f), 0), 255);
      }
    }
  }
}
