package dlv.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dlv.needs.NeedsOpenCl;
import dlv.runtime.opencl.DeviceException;
import dlv.runtime.opencl.DeviceInfo;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

@NeedsOpenCl
class DeviceTest {
  @Test
  void devicesAreSelectedByNumberKindAndName() {
    DeviceInfo first = Device.list().get(0);
    String middle = first.name().substring(1, first.name().length() - 1);
    for (String selector : List.of("0", first.name(), middle.toUpperCase(Locale.ROOT), first.platform())) {
      try (Device device = Device.open(selector)) {
        assertEquals(first.name(), device.info().name());
        assertTrue(device.info().computeUnits() > 0 && device.info().maxAllocation() > 0);
      }
    }
  }

  @Test
  void noMatchListsTheDevices() {
    for (String selector : List.of("no such device", "99", "0x0")) {
      DeviceException e = assertThrows(DeviceException.class, () -> Device.open(selector));
      assertTrue(e.getMessage().contains("\"" + selector + "\""), e.getMessage());
      assertTrue(e.help().contains(Device.list().get(0).name()), e.help());
    }
  }

  @Test
  void aClosedDeviceIsRefused() {
    Device device = Device.open();
    device.close();
    device.close();
    assertThrows(IllegalStateException.class, () -> device.context().finish());
  }

  /** The build starts the tests' JVM with libjsig; see the pitfalls of PoCL. */
  @Test
  void divisionByZeroStillThrowsUnderTheBuildsSettings() {
    try (Device device = Device.open()) {
      assertEquals(List.of(), device.warnings());
    }
  }

  @Test
  void theDoctorFindsTheDeviceWell() {
    List<Doctor.Finding> findings = Doctor.examine();
    assertTrue(findings.stream().anyMatch(f -> f.what().equals("device 0") && f.level() == Doctor.Level.OK),
        Doctor.text(findings));
    assertFalse(Doctor.text(findings).contains("FAULT"), Doctor.text(findings));
  }
}
