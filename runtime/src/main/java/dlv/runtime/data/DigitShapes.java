package dlv.runtime.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The skeletons of digits, read from {@code digits.txt} beside this class. */
final class DigitShapes {
  /** A line of the pen: coordinates in 0..1, and at which points it turns sharply. */
  record Stroke(float[] x, float[] y, boolean[] corner) {
    int points() {
      return x.length;
    }
  }

  /** One way to write a digit. */
  record Shape(List<Stroke> strokes) {}

  private static final List<List<Shape>> ALL = read();

  private DigitShapes() {}

  /** The ways to write a digit. */
  static List<Shape> of(int digit) {
    return ALL.get(digit);
  }

  private static List<List<Shape>> read() {
    List<List<Shape>> all = new ArrayList<>();
    for (int d = 0; d < 10; d++) {
      all.add(new ArrayList<>());
    }
    try (InputStream in = DigitShapes.class.getResourceAsStream("digits.txt");
         BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.isBlank() && !line.startsWith("#")) {
          all.get(line.charAt(0) - '0').add(shape(line.substring(2)));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return all;
  }

  private static Shape shape(String text) {
    List<Stroke> strokes = new ArrayList<>();
    for (String stroke : text.split("\\|")) {
      String[] points = stroke.trim().split(" +");
      float[] x = new float[points.length];
      float[] y = new float[points.length];
      boolean[] corner = new boolean[points.length];
      for (int i = 0; i < points.length; i++) {
        corner[i] = points[i].endsWith("!");
        String[] xy = points[i].replace("!", "").split(",");
        x[i] = Integer.parseInt(xy[0]) / 100f;
        y[i] = Integer.parseInt(xy[1]) / 100f;
      }
      strokes.add(new Stroke(x, y, corner));
    }
    return new Shape(List.copyOf(strokes));
  }
}
