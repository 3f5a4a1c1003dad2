package dev.noren.plan;

import dev.noren.forms.DeviceAccess;
import dev.noren.forms.Grant;
import java.util.List;

/**
 * What several devices may have in common, so that they share their rules.
 *
 * @param grants what they are let through to
 * @param signIn whether their person signs in before that holds
 * @param silent whether they start no connection at all
 */
record DeviceProfile(List<Grant> grants, boolean signIn, boolean silent) {
  static DeviceProfile of(DeviceAccess device) {
    return new DeviceProfile(
        device.silent() ? List.of() : device.grants(),
        device.signIn() && !device.silent(),
        device.silent());
  }

  /** Whether there is nothing to say of them but that they are refused. */
  boolean isEmpty() {
    return grants.isEmpty() && !signIn && !silent;
  }
}
