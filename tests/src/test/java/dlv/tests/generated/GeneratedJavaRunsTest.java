package dlv.tests.generated;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dlv.needs.NeedsOpenCl;
import dlv.runtime.Device;
import dlv.runtime.Values;
import dlv.runtime.weights.Tensor;
import dlv.runtime.weights.WeightsFile;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Generated classes used as an application would: by their methods alone. */
@NeedsOpenCl
class GeneratedJavaRunsTest {
  @TempDir
  Path folder;

  private static Object call(Object object, String method) throws Exception {
    return object.getClass().getMethod(method).invoke(object);
  }

  @Test
  void aNetworkAnswersForRows() throws Exception {
    Class<?> type = CompiledClasses.of(GeneratedJavaTest.affine().files()).loadClass("com.acme.vision.Affine");
    Path weights = folder.resolve("affine.safetensors");
    WeightsFile.write(weights, Map.of(), List.of(Tensor.floats("net.dense1.W", List.of(3L, 2L), 1, 2, 3, 4, 5, 6)));
    try (Device device = Device.open(); AutoCloseable net = (AutoCloseable) type
        .getMethod("load", Device.class, Path.class, int.class).invoke(null, device, weights, 2)) {
      assertEquals(3, type.getField("X_0").getInt(null));
      assertArrayEquals(new float[] {122, 228, 101, 202}, ask(type, net, 1, 2, 3, 1, 0, 0).toArray());
      assertThrows(InvocationTargetException.class, () -> ask(type, net, 1, 2));
      assertThrows(InvocationTargetException.class, () -> ask(type, net, 1, 2, 3, 1, 2, 3, 1, 2, 3));
    }
  }

  private static Values ask(Class<?> type, Object net, float... values) throws Exception {
    Object input = type.getMethod("input").invoke(null);
    input.getClass().getMethod("x", float[].class).invoke(input, (Object) values);
    Object output = type.getMethod("run", input.getClass()).invoke(net, input);
    return (Values) call(output, "y");
  }

  @Test
  void aTrainBlockStepsEvaluatesAndSaves() throws Exception {
    Class<?> type = CompiledClasses.of(GeneratedJavaTest.counting().files()).loadClass("com.acme.vision.Counting");
    Path weights = folder.resolve("counting.safetensors");
    try (Device device = Device.open(); AutoCloseable block = (AutoCloseable) type
        .getMethod("open", Device.class, Map.class).invoke(null, device, Map.of())) {
      call(block, "step");
      call(block, "step");
      call(block, "step");
      assertEquals(Map.of("loss", 2.0), call(block, "figures"));
      assertEquals(Map.of("loss", 3.0), call(block, "evaluate"));
      type.getMethod("save", Path.class).invoke(block, weights);
    }
    try (WeightsFile file = WeightsFile.open(weights)) {
      assertArrayEquals(new float[] {3}, file.read("net.w").toFloats());
    }
  }
}
