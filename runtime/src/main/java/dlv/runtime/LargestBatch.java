package dlv.runtime;

import dlv.runtime.opencl.DeviceInfo;
import dlv.runtime.opencl.DeviceOutOfMemory;
import dlv.runtime.plan.Buffer;
import dlv.runtime.plan.Manifest;
import java.util.LinkedHashMap;
import java.util.Map;

/** Finds the largest batch with which a plan fits a device, for the message where it does not. */
final class LargestBatch {
  private static final String BATCH = "batch";
  private final Manifest manifest;
  private final Map<String, Long> dimensions;
  private final DeviceInfo info;

  LargestBatch(Manifest manifest, Map<String, Long> dimensions, DeviceInfo info) {
    this.manifest = manifest;
    this.dimensions = dimensions;
    this.info = info;
  }

  /** The same fault with the batch that fits as its way out; unchanged where the plan alone is not the reason. */
  DeviceOutOfMemory explain(DeviceOutOfMemory fault) {
    if (!dimensions.containsKey(BATCH) || fits(dimensions.get(BATCH))) {
      return fault;
    }
    long low = 0;
    long high = dimensions.get(BATCH);
    while (high - low > 1) {
      long middle = low + (high - low) / 2;
      if (fits(middle)) {
        low = middle;
      } else {
        high = middle;
      }
    }
    String help = low == 0 ? "not even a batch of 1 fits this device: choose another one with DLV_DEVICE"
        : "the largest batch that fits " + info.name() + " when it is otherwise free is " + low;
    DeviceOutOfMemory explained = new DeviceOutOfMemory(fault.code(), manifest.name() + " with " + dimensions
        + " does not fit the device: " + fault.getMessage(), help);
    explained.initCause(fault);
    return explained;
  }

  private boolean fits(long batch) {
    Map<String, Long> values = new LinkedHashMap<>(dimensions);
    values.put(BATCH, batch);
    try {
      for (Buffer buffer : manifest.allBuffers()) {
        if (Manifest.bytes(buffer, values) > info.maxAllocation()) {
          return false;
        }
      }
      return manifest.plannedBytes(values) <= info.globalMemory();
    } catch (ArithmeticException e) {
      return false;
    }
  }
}
