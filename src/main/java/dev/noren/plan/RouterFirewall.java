package dev.noren.plan;

import dev.noren.config.RouterConfig;

/** In the place of the firewall's text, which another change brings. */
final class RouterFirewall {
  private RouterFirewall() {}

  static String text(RouterConfig config, Layout layout) {
    return "# the firewall of %s, %s\n".formatted(config.name(), layout.role());
  }

  static String closed() {
    return "# closed\n";
  }
}
