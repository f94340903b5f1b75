package dlv.runtime.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Reads examples for one input of a network: pictures, NPY arrays, arrays of many examples, folders of all these. */
public final class InputFile {
  /** A dimension that is as the file has it. */
  public static final int FREE = 0;

  /**
   * What was read.
   *
   * @param shape its dimensions
   * @param values its elements, row-major
   * @param conversions what was done to make it fit, in words; often empty
   */
  public record Input(List<Integer> shape, float[] values, List<String> conversions) {}

  /**
   * One of many.
   *
   * @param name the file's name, with the place where the file holds several: {@code two.png}, {@code digits.npy[3]}
   */
  public record Example(String name, Input input) {}

  private InputFile() {}

  /**
   * Reads all examples of a file or of the files of a folder, these in the order of their names.
   *
   * <p>An array with one more axis in front than is wanted holds one example after another.
   *
   * @throws DataException where a file cannot be read or made to fit, or a folder holds none that could be
   */
  public static List<Example> readAll(Path path, List<Integer> shape) {
    if (!Files.isDirectory(path)) {
      return many(path, shape);
    }
    List<Path> files;
    try (Stream<Path> all = Files.list(path)) {
      files = all.filter(Files::isRegularFile).filter(file -> !file.getFileName().toString().startsWith("."))
          .filter(file -> Magic.of(file).isNumpy() || Magic.of(file).isPicture()).sorted().toList();
    } catch (IOException e) {
      throw DataException.of(path, "the folder cannot be read", "check its permissions");
    }
    if (files.isEmpty()) {
      throw DataException.of(path, "this folder holds no pictures or arrays", "give a folder of PNG, JPEG or NPY files");
    }
    return files.stream().flatMap(file -> many(file, shape).stream()).toList();
  }

  private static List<Example> many(Path file, List<Integer> shape) {
    String name = file.getFileName().toString();
    boolean leading = Magic.of(file).isNumpy() && rank(file) == shape.size() + 1;
    if (!leading) {
      return List.of(new Example(name, read(file, shape)));
    }
    List<Integer> longer = new ArrayList<>(shape);
    longer.add(0, FREE);
    Input all = read(file, longer);
    int rows = all.shape().get(0);
    int size = rows == 0 ? 0 : all.values().length / rows;
    List<Example> examples = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      float[] own = Arrays.copyOfRange(all.values(), row * size, (row + 1) * size);
      examples.add(new Example(name + "[" + row + "]",
          new Input(all.shape().subList(1, all.shape().size()), own, row == 0 ? all.conversions() : List.of())));
    }
    return examples;
  }

  private static int rank(Path file) {
    NumpyArray array = NumpyArray.readAll(file).get("x");
    try {
      return array.npy().shape().size();
    } finally {
      array.store().close();
    }
  }

  /**
   * Reads a file as floats of a wanted shape.
   *
   * <p>A picture fits {@code [channels, height, width]} and {@code [height, width]}; its bytes become 0..1, colours
   * become grey or the other way round, and it is scaled. An array fits where it has the dimensions, up to those that
   * are 1.
   *
   * @param shape the dimensions wanted, {@link #FREE} for one that is as the file has it
   * @throws DataException where the file cannot be read or made to fit
   */
  public static Input read(Path file, List<Integer> shape) {
    Magic magic = Magic.of(file);
    if (magic.isNumpy()) {
      return array(file, shape);
    }
    if (!magic.isPicture()) {
      throw DataException.of(file, magic.isEmpty() ? "the file is empty" : "this is neither a picture nor an array",
          "give a PNG, JPEG, GIF, BMP, PGM, PPM or NPY file");
    }
    return picture(file, shape);
  }

  private static Input picture(Path file, List<Integer> shape) {
    boolean planes = shape.size() == 3 && List.of(FREE, 1, 3).contains(shape.get(0));
    if (!planes && shape.size() != 2) {
      throw DataException.of(file, "a picture does not fit the input, which is float" + text(shape),
          "give an NPY file, or a network whose input is float[1, h, w] or float[3, h, w]");
    }
    Picture picture = PictureFile.read(file);
    int channels = !planes ? 1 : shape.get(0) == FREE ? picture.channels() : shape.get(0);
    int height = shape.get(shape.size() - 2);
    int width = shape.get(shape.size() - 1);
    picture = picture.withChannels(channels).scaledTo(height == FREE ? picture.height() : height,
        width == FREE ? picture.width() : width);
    float[] values = new float[picture.planes().length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (picture.planes()[i] & 0xFF) / 255f;
    }
    List<Integer> found = new ArrayList<>(List.of(picture.height(), picture.width()));
    if (planes) {
      found.add(0, channels);
    }
    return new Input(found, values, picture.conversions());
  }

  private static Input array(Path file, List<Integer> shape) {
    NumpyArray array = NumpyArray.readAll(file).get("x");
    try {
      List<Integer> found = array.npy().shape().stream().map(Math::toIntExact).toList();
      List<Integer> fitted = fit(found, shape);
      if (fitted == null) {
        throw DataException.of(file, "an array of shape " + text(found) + " does not fit the input, which is float"
            + text(shape), "reshape it and store it again");
      }
      float[] values = new float[Math.toIntExact(array.npy().elements())];
      boolean bytes = array.isPicture();
      array.each(0, values.length, (at, value) -> values[(int) at] = (float) (bytes ? value / 255 : value));
      List<String> conversions = new ArrayList<>();
      if (bytes) {
        conversions.add("bytes to 0..1");
      }
      if (!fitted.equals(found)) {
        conversions.add("shape " + text(found) + " taken as " + text(fitted));
      }
      return new Input(fitted, values, conversions);
    } finally {
      array.store().close();
    }
  }

  /** The dimensions with those that are free filled in; null where they do not fit up to ones. */
  private static List<Integer> fit(List<Integer> found, List<Integer> wanted) {
    if (found.size() == wanted.size()) {
      for (int i = 0; i < found.size(); i++) {
        if (wanted.get(i) != FREE && !wanted.get(i).equals(found.get(i))) {
          return null;
        }
      }
      return found;
    }
    List<Integer> rest = found.stream().filter(d -> d != 1).toList();
    List<Integer> fitted = new ArrayList<>();
    int at = 0;
    for (int d : wanted) {
      if (d == 1) {
        fitted.add(1);
      } else if (at < rest.size() && (d == FREE || d == rest.get(at))) {
        fitted.add(rest.get(at++));
      } else {
        return null;
      }
    }
    return at == rest.size() ? fitted : null;
  }

  private static String text(List<Integer> shape) {
    return shape.stream().map(d -> d == FREE ? "?" : Integer.toString(d)).toList().toString();
  }
}
