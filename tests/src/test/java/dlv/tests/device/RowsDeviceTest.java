package dlv.tests.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dlv.compiler.emit.opencl.Generator;
import dlv.compiler.fuse.Form;
import dlv.compiler.fuse.Fuse;
import dlv.compiler.fuse.Kernel;
import dlv.compiler.layout.Flavour;
import dlv.compiler.layout.Layouts;
import dlv.compiler.pass.Passes;
import dlv.needs.NeedsOpenCl;
import dlv.runtime.opencl.Context;
import dlv.runtime.opencl.OpenClDevice;
import dlv.tests.samples.RowSamples;
import dlv.tests.samples.Sample;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Long rows that the host writes and reads: which are copied into lanes and back, and that all kernels are right. */
@NeedsOpenCl
class RowsDeviceTest {
  private static final Map<String, List<String>> KERNELS = Map.ofEntries(
      Map.entry("rows/gates", List.of("pack_256", "product_64x4", "product_64x4_n2", "unpack_64x4")),
      Map.entry("rows/summed over time",
          List.of("pack_11x37", "pack_11x4x120", "product_sum_37x4x120", "map_37x4x120")),
      Map.entry("rows/product", List.of("pack_80", "product_70", "unpack_70")),
      Map.entry("rows/large product", List.of("pack_1024", "product_64", "unpack_64")),
      Map.entry("rows/wide product", List.of("pack_240", "product_283", "unpack_283")),
      Map.entry("rows/convolution", List.of("pack_2x6x20", "conv_4x6x20", "unpack_4x6x20")),
      Map.entry("rows/short lines", List.of("pack_8x5x4", "conv_3x5x4")),
      Map.entry("rows/bytes", List.of("pack_96", "product_5")),
      Map.entry("rows/overlapping maximum", List.of("pack_3x33", "rows_3x16x3")),
      Map.entry("rows/distance from the maximum", List.of("pack_640", "rows_640", "unpack_640")),
      Map.entry("rows/far from zero", List.of("pack_3x4x8", "sum_3x4x8", "map_3")),
      Map.entry("rows/elementwise", List.of("map_3x40")));

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void kernelsComputeWhatTheirNodesMean(Flavour flavour) {
    try (Context context = Context.open(OpenClDevice.all().get(0))) {
      RowSamples.all(144).forEach(sample -> RandomNetworksDeviceTest.check(sample, flavour, context));
    }
  }

  /** More than caches hold, which is stored past them. */
  @Test
  void longRows() {
    try (Context context = Context.open(OpenClDevice.all().get(0))) {
      RandomNetworksDeviceTest.check(RowSamples.elementwise(144, 30_000), Flavour.CPU_BATCH, context);
    }
  }

  /** The sum of a long vector is shared out among items, each with its stretch of every part. */
  @ParameterizedTest
  @EnumSource(Flavour.class)
  void longSums(Flavour flavour) {
    Sample sample = RowSamples.gradients(144);
    var layouts = Layouts.of(Fuse.in(Passes.run(sample.graph())), flavour);
    assertTrue(layouts.storages().values().stream().anyMatch(s -> s.shape().rank() == 0 && s.slabs().is(32)));
    try (Context context = Context.open(OpenClDevice.all().get(0))) {
      RandomNetworksDeviceTest.check(sample, flavour, context);
    }
  }

  /** An item has a channel, and computes the sums of its group once, not for each of its 35 places. */
  @ParameterizedTest
  @EnumSource(Flavour.class)
  void groupsSeenInAnotherShape(Flavour flavour) {
    Sample sample = RowSamples.groups(144);
    var layouts = Layouts.of(Fuse.in(Passes.run(sample.graph())), flavour);
    Kernel rows = layouts.schedule().kernels().stream().filter(kernel -> kernel.form() == Form.ROW_REDUCE).findFirst()
        .orElseThrow();
    long items = Generator.generate(rows, layouts).global().get(0).value();
    assertTrue(items == 6 || flavour == Flavour.GPU && items == 8, items + " items, where 8 fill a group of them");
    try (Context context = Context.open(OpenClDevice.all().get(0))) {
      RandomNetworksDeviceTest.check(sample, flavour, context);
    }
  }

  @Test
  void copiesStandWhereLanesAreRead() {
    for (Sample sample : RowSamples.all(16)) {
      var schedule = Fuse.in(Passes.run(sample.graph()));
      var layouts = Layouts.of(schedule, Flavour.CPU_BATCH);
      assertEquals(KERNELS.get(sample.name()), layouts.schedule().kernels().stream().map(Kernel::name).toList());
      assertEquals(schedule, Layouts.of(schedule, Flavour.GPU).schedule());
    }
  }
}
