package lenet;

import dlv.runtime.Device;
import dlv.runtime.Values;
import dlv.runtime.data.DataException;
import dlv.runtime.data.InputFile;
import dlv.runtime.opencl.DeviceException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Says which digit each picture shows: {@code java lenet.Recognise WEIGHTS PICTURE…}. */
public final class Recognise {
  private static final List<Integer> SHAPE = List.of(LeNet5.IMAGE_0, LeNet5.IMAGE_1, LeNet5.IMAGE_2);

  private Recognise() {}

  public static void main(String[] args) {
    if (args.length < 2) {
      System.err.println("usage: java lenet.Recognise weights.safetensors picture.png ...");
      System.exit(2);
    }
    try (Device device = Device.open(); LeNet5 net = LeNet5.load(device, Path.of(args[0]), 1)) {
      for (int i = 1; i < args.length; i++) {
        float[] pixels = InputFile.read(Path.of(args[i]), SHAPE).values();
        Values digit = net.run(LeNet5.input().image(pixels)).digit();
        System.out.printf(Locale.ROOT, "%s: %d (%.1f %%)%n", args[i], digit.argMax(), 100 * certainty(digit));
      }
    } catch (DataException | DeviceException e) {
      System.err.println(e.getMessage());
      System.exit(e instanceof DataException ? 4 : 5);
    }
  }

  /** The probability that the network gives to its answer: the largest of the softmax. */
  private static double certainty(Values digit) {
    double sum = 0;
    for (int k = 0; k < digit.size(); k++) {
      sum += Math.exp(digit.get(0, k) - digit.get(0, digit.argMax()));
    }
    return 1 / sum;
  }
}
