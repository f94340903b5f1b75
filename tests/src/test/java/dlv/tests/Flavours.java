package dlv.tests;

import dlv.compiler.layout.Flavour;
import dlv.runtime.Device;
import java.util.Arrays;
import java.util.List;

/** The flavours that tests on a device go through: all, or the one that {@link Device#FLAVOUR} names. */
public final class Flavours {
  private Flavours() {}

  public static List<Flavour> asked() {
    String only = System.getenv().getOrDefault(Device.FLAVOUR, "");
    return Arrays.stream(Flavour.values()).filter(f -> only.isBlank() || f.text().equals(only.strip())).toList();
  }
}
