package dev.noren.plan;

import dev.noren.forms.DeviceAccess;
import dev.noren.net.IpAddress;
import java.util.ArrayList;
import java.util.List;

/** Which device it is: one look-up of an address, however many there are. */
final class DeviceLookUp {
  private DeviceLookUp() {}

  /** What is to become of a device's packet, in nft's words; null for what follows the look-up. */
  interface Verdict {
    String of(DeviceAccess device);
  }

  /**
   * Adds the look-up, one for each family that there are devices of.
   *
   * @param address how a packet names the device, with {@code %s} for ip or ip6
   */
  static void add(NftChain chain, String address, List<DeviceAccess> devices, Verdict verdict) {
    for (boolean v6 : new boolean[] {false, true}) {
      List<String> elements = new ArrayList<>();
      for (DeviceAccess device : devices) {
        String its = verdict.of(device);
        for (IpAddress each : device.addresses()) {
          if (its != null && each.v6() == v6) {
            elements.add(each + " : " + its);
          }
        }
      }
      if (!elements.isEmpty()) {
        chain.rule(
            address.formatted(v6 ? "ip6" : "ip") + "vmap { " + String.join(", ", elements) + " }");
      }
    }
  }
}
