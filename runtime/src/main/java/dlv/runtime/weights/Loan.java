package dlv.runtime.weights;

import dlv.runtime.data.DataException;
import dlv.runtime.plan.Arena;
import dlv.runtime.plan.Manifest;
import dlv.runtime.plan.Placed;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A model whose weights another training has left.
 *
 * @param name what a plan calls it: its tensors are named {@code name.…}
 * @param model what the file calls it
 * @param file a safetensors file
 */
public record Loan(String name, String model, Path file) {

  /**
   * The weights and statistics of all these models, named as the plan names them.
   *
   * @throws dlv.runtime.data.DataException where a file does not hold exactly what the plan wants of it
   */
  public static List<Tensor> read(List<Loan> loans, Manifest manifest) {
    var tensors = new ArrayList<Tensor>();
    for (Loan loan : loans) {
      Map<String, List<Long>> wanted = new LinkedHashMap<>();
      manifest.arenas().stream().filter(arena -> arena.role() == Arena.Role.WEIGHT
          || arena.role() == Arena.Role.STATISTIC).flatMap(arena -> arena.tensors().stream())
          .filter(placed -> placed.path().startsWith(loan.name + "."))
          .forEach(placed -> wanted.put(loan.there(placed), placed.shape()));
      tensors.addAll(loan.read(wanted));
    }
    return tensors;
  }

  private String there(Placed placed) {
    return model + placed.path().substring(name.length());
  }

  private List<Tensor> read(Map<String, List<Long>> wanted) {
    try (WeightsFile weights = WeightsFile.open(file)) {
      weights.expect(model + ".", wanted);
      return here(wanted.keySet().stream().map(weights::read).toList());
    }
  }

  /** A digest of the file: what is trained depends on it. */
  public String fingerprint() {
    try (InputStream in = Files.newInputStream(file)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      in.transferTo(new DigestOutputStream(OutputStream.nullOutputStream(), digest));
      return HexFormat.of().formatHex(digest.digest(), 0, 16);
    } catch (IOException e) {
      throw DataException.io(file, e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Those of {@code tensors} that are this model's, named as the plan names them. */
  public List<Tensor> here(List<Tensor> tensors) {
    return tensors.stream().filter(tensor -> tensor.name().startsWith(model + "."))
        .map(tensor -> tensor.named(name + tensor.name().substring(model.length()))).toList();
  }
}
