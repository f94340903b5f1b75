package dlv.runtime;

import dlv.runtime.plan.Entry;
import dlv.runtime.plan.Launch;
import dlv.runtime.plan.Repeat;
import dlv.runtime.plan.Work;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How far the kernels of an entry are: half of the way is done when a kernel's program is built, the rest when it was
 * launched, since some drivers (PoCL) make machine code at the first launch.
 */
final class Building {
  private final Device device;
  private final BuildListener listener;
  private final int all;
  private final Set<String> built = new HashSet<>();
  private final Set<String> launched = new HashSet<>();

  private Building(Device device, BuildListener listener, int all) {
    this.device = device;
    this.listener = listener;
    this.all = all;
    tell();
  }

  /** The kernels of an entry, where the device has somebody to tell. */
  static Optional<Building> of(Device device, Entry entry) {
    var names = new HashSet<String>();
    collect(entry.launches(), names);
    return device.listener().filter(listener -> !names.isEmpty())
        .map(listener -> new Building(device, listener, names.size()));
  }

  private static void collect(List<Work> work, Set<String> names) {
    for (Work some : work) {
      if (some instanceof Launch launch) {
        names.add(launch.kernel());
      } else {
        collect(((Repeat) some).body(), names);
      }
    }
  }

  void built(Launch launch) {
    if (built.add(launch.kernel())) {
      tell();
    }
  }

  /** Waits for a kernel's first launch, so that it is known to be ready. */
  void launched(Launch launch) {
    if (launched.add(launch.kernel())) {
      device.context().finish();
      tell();
    }
  }

  boolean done() {
    return launched.size() == all;
  }

  private void tell() {
    listener.ready((built.size() + launched.size() + 1) / 2, all);
  }
}
