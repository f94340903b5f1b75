package dlv.runtime.report;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * All that the numbers of a run depend on: two runs of equal configuration give equal bits on the same device.
 *
 * @param parts what each thing is, by name: {@code program}, {@code data digits}, {@code seed}, {@code set n} and so
 *     on; large ones as a {@link #digest}
 */
public record Configuration(SortedMap<String, String> parts) {
  /** Copies the parts. */
  public Configuration {
    parts = Collections.unmodifiableSortedMap(new TreeMap<>(parts));
  }

  /** A configuration of these parts. */
  public static Configuration of(Map<String, String> parts) {
    return new Configuration(new TreeMap<>(parts));
  }

  /** The first 32 hexadecimal digits of the SHA-256 of a text. */
  public static String digest(String text) {
    try {
      byte[] sum = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(sum, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The hash of all parts. */
  public String hash() {
    StringBuilder all = new StringBuilder();
    parts.forEach((name, value) -> all.append(name.length()).append(':').append(name).append('=')
        .append(value.length()).append(':').append(value).append('\n'));
    return digest(all.toString());
  }

  /** The names of the parts that differ. */
  public List<String> differences(Configuration other) {
    TreeSet<String> names = new TreeSet<>(parts.keySet());
    names.addAll(other.parts.keySet());
    List<String> differ = new ArrayList<>(names);
    differ.removeIf(n -> parts.containsKey(n) && parts.get(n).equals(other.parts.get(n)));
    return differ;
  }
}
