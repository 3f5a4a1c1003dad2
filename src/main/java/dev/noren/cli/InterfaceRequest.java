package dev.noren.cli;

import dev.noren.config.TunnelName;
import dev.noren.text.Refused;
import java.util.Map;

/**
 * The drop-in for {@code wireguard-go IFNAME}: a bare interface, configured over its socket.
 *
 * @param name the interface
 * @param foreground whether it stays in front; the launcher has already gone to the background
 *     otherwise
 * @param logLevel how much is logged
 * @param tunFd a TUN descriptor to use (WG_TUN_FD), or -1 to make the device
 * @param uapiFd a listening socket to use (WG_UAPI_FD), or -1 to make one
 */
public record InterfaceRequest(
    TunnelName name, boolean foreground, LogLevel logLevel, int tunFd, int uapiFd) {
  /**
   * Adds what the environment says.
   *
   * @throws IllegalArgumentException with a sentence
   */
  static InterfaceRequest of(String name, boolean foreground, Map<String, String> environment) {
    return new InterfaceRequest(
        new TunnelName(name),
        foreground || "1".equals(environment.get("WG_PROCESS_FOREGROUND")),
        LogLevel.of(environment.get("LOG_LEVEL"), LogLevel.ERROR),
        descriptor("WG_TUN_FD", environment),
        descriptor("WG_UAPI_FD", environment));
  }

  private static int descriptor(String variable, Map<String, String> environment) {
    String text = environment.get(variable);
    if (text == null || text.isEmpty()) {
      return -1;
    }
    if (text.length() > 9 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw new Refused("interface.descriptor", variable);
    }
    return Integer.parseInt(text);
  }
}
