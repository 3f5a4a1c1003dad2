package dev.noren.config;

import dev.noren.text.Sentence;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Files of other VPNs, which people are given and take for a WireGuard file. They are known by what
 * they say, since names are changed on the way.
 */
public enum ForeignFile {
  /** An OpenVPN profile. */
  OPENVPN("foreign.openvpn"),

  /** A configuration of strongSwan's or Libreswan's, old or new style. */
  IPSEC("foreign.ipsec"),

  /** The keys of the same. */
  IPSEC_SECRETS("foreign.ipsec-secrets"),

  /** A profile for Apple's devices with a VPN that is none of WireGuard's. */
  APPLE_IPSEC("foreign.apple-ipsec"),

  /** A profile that has a WireGuard file within. */
  APPLE_WIREGUARD("foreign.apple-wireguard");

  private static final int ENOUGH = 2;

  private static final Pattern SECTION =
      Pattern.compile("(?mi)^\\s*\\[\\s*(Interface|Peer)\\s*\\]");

  private static final List<Pattern> OPENVPN_LINES =
      List.of(
          Pattern.compile("(?m)^\\s*client\\s*$"),
          Pattern.compile("(?m)^\\s*dev\\s+(tun|tap)\\d*\\s*$"),
          Pattern.compile("(?m)^\\s*remote\\s+\\S+(\\s+\\d+)?(\\s+(udp|tcp)\\S*)?\\s*$"),
          Pattern.compile("(?m)^\\s*proto\\s+(udp|tcp)\\S*\\s*$"),
          Pattern.compile("(?m)^\\s*(cipher|data-ciphers|auth|remote-cert-tls)\\s+\\S+\\s*$"),
          Pattern.compile("(?m)^\\s*(nobind|persist-key|persist-tun|auth-user-pass)\\b"),
          Pattern.compile("(?m)^\\s*<(ca|cert|key|tls-auth|tls-crypt)>\\s*$"));

  private static final List<Pattern> IPSEC_LINES =
      List.of(
          Pattern.compile("(?m)^\\s*config\\s+setup\\s*$"),
          Pattern.compile("(?m)^\\s*conn\\s+\\S+\\s*$"),
          Pattern.compile("(?m)^\\s*(left|right)(subnet|id|auth|cert)?\\s*="),
          Pattern.compile("(?m)^\\s*(keyexchange|ike|esp|authby|ikelifetime)\\s*="),
          Pattern.compile("(?m)^\\s*(connections|children|secrets)\\s*\\{"),
          Pattern.compile("(?m)^\\s*(remote_addrs|local_addrs|remote_ts|local_ts|proposals)\\s*="));

  private static final Pattern PSK = Pattern.compile("(?m)^[^#\\n]*:\\s*(PSK|RSA|XAUTH|EAP)\\s");

  private final String what;

  ForeignFile(String what) {
    this.what = what;
  }

  /** What a text is, or null where it is none of these. */
  public static ForeignFile of(String text) {
    if (text.contains("<plist") && text.contains("PayloadType")) {
      String small = text.toLowerCase(Locale.ROOT);
      boolean ipsec = small.contains("ikev2") || small.contains("ipsec") || small.contains("l2tp");
      return small.contains("com.wireguard") ? APPLE_WIREGUARD : ipsec ? APPLE_IPSEC : null;
    }
    if (SECTION.matcher(text).find()) {
      return null;
    }
    if (matches(text, OPENVPN_LINES) >= ENOUGH) {
      return OPENVPN;
    }
    if (matches(text, IPSEC_LINES) >= ENOUGH) {
      return IPSEC;
    }
    return PSK.matcher(text).find() ? IPSEC_SECRETS : null;
  }

  private static long matches(String text, List<Pattern> lines) {
    return lines.stream().filter(each -> each.matcher(text).find()).count();
  }

  /** One sentence for whoever gave it, without the file's name: what it is and what to ask for. */
  public Sentence reason() {
    return Sentence.of(
        this == APPLE_WIREGUARD ? "foreign.around" : "foreign.other", Sentence.of(what));
  }

  /**
   * Refuses a file that is one of these.
   *
   * @param fileName as it is to appear in the error
   * @throws ConfigException with one error
   */
  public static void refuse(String fileName, String text) throws ConfigException {
    ForeignFile foreign = of(text);
    if (foreign != null) {
      throw new ConfigException(List.of(new ConfigError(fileName, 0, null, foreign.reason())));
    }
  }
}
