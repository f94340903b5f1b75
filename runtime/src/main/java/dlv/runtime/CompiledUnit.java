package dlv.runtime;

import dlv.runtime.plan.Manifest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A compiled unit ready to be opened: its plan for one flavour of device, the text of its kernels, its constants.
 *
 * @param programs the text of each source file that the plan names
 * @param constants the little-endian contents of each constant buffer
 */
public record CompiledUnit(Manifest manifest, Map<String, String> programs, Map<String, ByteBuffer> constants) {
  public CompiledUnit {
    programs = Map.copyOf(programs);
    constants = Map.copyOf(constants);
  }

  /**
   * The unit that lies beside a generated class: {@code NAME.FLAVOUR.json}, and what it names.
   *
   * @throws IllegalStateException where a resource is missing: the class was packaged without its resources
   */
  public static CompiledUnit of(Class<?> owner, String name, Device device) {
    String prefix = name + "." + device.flavour() + ".";
    Manifest manifest = Manifest.parse(text(owner, prefix + "json"));
    Map<String, String> programs = new LinkedHashMap<>();
    manifest.programs().forEach(program -> programs.put(program, text(owner, program)));
    Map<String, ByteBuffer> constants = new LinkedHashMap<>();
    manifest.buffers().stream().filter(b -> b.kind() == dlv.runtime.plan.Buffer.Kind.CONSTANT)
        .forEach(b -> constants.put(b.name(), ByteBuffer.wrap(bytes(owner, prefix + b.name() + ".bin"))));
    return new CompiledUnit(manifest, programs, constants);
  }

  private static String text(Class<?> owner, String resource) {
    return new String(bytes(owner, resource), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(Class<?> owner, String resource) {
    try (InputStream in = owner.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(owner.getName() + " needs the resource " + resource
            + " beside it: package what dlvc compile wrote together");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new IllegalStateException(resource + " of " + owner.getName() + " cannot be read", e);
    }
  }

  /** Opens the plan with these sizes. */
  public Executable open(Device device, Map<String, Long> sizes) {
    return Executable.open(device, manifest, programs, constants, sizes);
  }
}
