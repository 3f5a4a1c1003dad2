package dev.noren.web;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Locale;
import java.util.Set;

/**
 * By which names the page is called. A page of another name is somebody else's, made to lead here
 * by a name server that the other controls (DNS rebinding).
 */
final class Hosts {
  private Hosts() {}

  /**
   * Whether a request's host is this box.
   *
   * @param header the Host header, as in {@code noren.local:8080}, or null
   * @param here the address that the request was sent to
   * @param names the box's names, in small letters
   */
  static boolean isOurs(String header, InetAddress here, Set<String> names) {
    if (header == null) {
      return false;
    }
    String host = withoutPort(header).toLowerCase(Locale.ROOT);
    return names.contains(host) || host.equals(of(here)) || isLoopback(host);
  }

  /** A relay on the machine itself may have been asked by this name. */
  private static boolean isLoopback(String host) {
    return host.equals("localhost") || host.equals("127.0.0.1") || host.equals("[::1]");
  }

  /** What a Host header names. */
  static String withoutPort(String header) {
    int bracket = header.indexOf(']');
    int colon = header.indexOf(':', Math.max(bracket, 0));
    return colon < 0 ? header : header.substring(0, colon);
  }

  /** An address as a host of the web's addresses. */
  static String of(InetAddress address) {
    String text = address.getHostAddress();
    int zone = text.indexOf('%');
    String plain = zone < 0 ? text : text.substring(0, zone);
    return address instanceof Inet6Address ? "[" + plain + "]" : plain;
  }
}
