package dev.noren.support;

import dev.noren.net.IpAddress;
import dev.noren.net.PrivateNetworks;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes the internet's addresses out of a text, of both families and in each form that they are
 * written in. Each gets a name instead, the same one wherever it stands, so that who reads can
 * still tell what is the same machine. Private addresses stay.
 */
public final class AddressHiding {
  private static final Pattern V4 =
      Pattern.compile(
          "(?<![0-9])([0-9]{1,3})\\.([0-9]{1,3})\\.([0-9]{1,3})\\.([0-9]{1,3})(?![0-9])");

  /** Numbers with dashes, of which four may be an address, as in a provider's names. */
  private static final Pattern DASHED = Pattern.compile("[0-9]+(?:-[0-9]+){3,}+");

  /** What may be an IPv6 address, or have one in it. */
  private static final Pattern RUN = Pattern.compile("[0-9A-Fa-f:.]{4,}+");

  /**
   * How an address of the internet begins: all that were ever given to anybody (RFC 4291, 2.4), and
   * the IPv4 ones as NAT64 and sockets have them. A time or a MAC address has no such part.
   */
  private static final Pattern BEGIN =
      Pattern.compile(
          "(?<![0-9a-f])(?:[23][0-9a-f]{3}|0{0,2}64:ff9b|(?:0{0,4}:){2,5}ffff):",
          Pattern.CASE_INSENSITIVE);

  /** The name of an IPv6 address in the other direction (RFC 3596). */
  private static final Pattern REVERSE_V6 =
      Pattern.compile(
          "(?:[0-9A-Fa-f]\\.){31}[0-9A-Fa-f](?=\\.ip6\\.arpa)", Pattern.CASE_INSENSITIVE);

  /** As NAT64 has the internet's IPv4 addresses (RFC 6052). */
  private static final long NAT64 = 0x0064_ff9b_0000_0000L;

  private final Map<IpAddress, String> names = new LinkedHashMap<>();
  private int named4;
  private int named6;

  /** The text without them. Later texts have the same names for the same addresses. */
  public String hide(String text) {
    String hidden = REVERSE_V6.matcher(text).replaceAll(this::reverse);
    hidden = RUN.matcher(hidden).replaceAll(found -> quoted(withoutV6(found.group())));
    hidden = V4.matcher(hidden).replaceAll(this::v4);
    return DASHED.matcher(hidden).replaceAll(this::dashed);
  }

  private static String quoted(String text) {
    return Matcher.quoteReplacement(text);
  }

  /** The same for an IPv4 address and for the IPv6 one that stands for it. */
  private String name(IpAddress address) {
    IpAddress inner = mapped(address);
    return names.computeIfAbsent(
        inner == null ? address : inner,
        each -> each.v6() ? "public6-" + ++named6 : "public4-" + ++named4);
  }

  private static boolean isPublic(IpAddress address) {
    if (!address.v6()) {
      return address.isOneHost()
          && PrivateNetworks.of(false).stream().noneMatch(each -> each.contains(address));
    }
    IpAddress mapped = mapped(address);
    if (mapped != null) {
      return isPublic(mapped);
    }
    return address.high() >>> 61 == 1 || address.high() == NAT64;
  }

  /** The IPv4 address in an IPv6 one, or null. */
  private static IpAddress mapped(IpAddress address) {
    return address.v6() && address.high() == 0 && address.low() >>> 32 == 0xffff
        ? IpAddress.v4((int) address.low())
        : null;
  }

  private String v4(MatchResult found) {
    IpAddress address = v4(found.group(1), found.group(2), found.group(3), found.group(4));
    return quoted(address != null && isPublic(address) ? name(address) : found.group());
  }

  /** An IPv4 address, also with zeros before its numbers; null where it is none. */
  private static IpAddress v4(String... numbers) {
    int bits = 0;
    for (String number : numbers) {
      int octet = number.length() > 3 ? 256 : Integer.parseInt(number);
      if (octet > 255) {
        return null;
      }
      bits = bits << 8 | octet;
    }
    return IpAddress.v4(bits);
  }

  /** Nobody can say which four are meant, so all of it goes. */
  private String dashed(MatchResult found) {
    String[] numbers = found.group().split("-", -1);
    for (int last = numbers.length - 1; last >= 3; last--) {
      IpAddress address =
          v4(numbers[last - 3], numbers[last - 2], numbers[last - 1], numbers[last]);
      if (address != null && isPublic(address)) {
        return quoted(name(address));
      }
    }
    return quoted(found.group());
  }

  private String reverse(MatchResult found) {
    StringBuilder digits = new StringBuilder(found.group().replace(".", "")).reverse();
    for (int at = 28; at > 0; at -= 4) {
      digits.insert(at, ':');
    }
    IpAddress address = IpAddress.parse(digits.toString());
    return quoted(isPublic(address) ? name(address) : found.group());
  }

  /** Of a run of digits and colons, which may be more than an address. */
  private String withoutV6(String run) {
    Matcher begin = BEGIN.matcher(run);
    if (!begin.find()) {
      return run;
    }
    IpAddress whole = parsed(run);
    if (whole != null) {
      return isPublic(whole) ? name(whole) : run;
    }
    int from = begin.start();
    for (int to = run.length(); to > begin.end(); to--) {
      boolean cut = to < run.length() && Character.digit(run.charAt(to), 16) >= 0;
      IpAddress address = cut ? null : parsed(run.substring(from, to));
      if (address != null && isPublic(address)) {
        return run.substring(0, from) + name(address) + withoutV6(run.substring(to));
      }
    }
    return run.substring(0, begin.end()) + withoutV6(run.substring(begin.end()));
  }

  private static IpAddress parsed(String text) {
    try {
      return text.indexOf(':') >= 0 ? IpAddress.parse(text) : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
