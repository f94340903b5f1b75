package dlv.runtime.train;

import dlv.runtime.data.DataException;
import dlv.runtime.report.RocCurve;
import dlv.runtime.report.Scatter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a block draws of its rows held back: points in a plane by category, or scores and what they should say.
 *
 * @param values two numbers for each label, or one
 * @param labels categories, from 0
 */
public record Plot(String name, float[] values, int[] labels) {

  /** Draws {@code NAME.svg} and {@code NAME.png} into a folder, which is made where it is missing; the latter. */
  public Path write(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw DataException.io(folder, e);
    }
    if (values.length == labels.length) {
      RocCurve.write(folder, name, values, labels);
    } else {
      Scatter.write(folder, name, values, labels);
    }
    return folder.resolve(name + ".png");
  }
}
