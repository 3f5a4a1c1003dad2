package dev.noren.services;

import dev.noren.net.Cidr;
import dev.noren.net.IpAddress;
import dev.noren.plan.RouterFacts.Lease;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Reads what our script for the DHCP client wrote down, one {@code key=value} a line. The values
 * come from whoever answered, so each is taken only if it can be one; the others are left out, and
 * said.
 *
 * <pre>
 * address    an IPv4 address
 * prefix     its network's prefix length, 8 to 32
 * gateway    an IPv4 address
 * dns        addresses, with spaces between them
 * domain     a name
 * mtu        1280 to 9000
 * delegated  an IPv6 prefix, /32 to /64
 * </pre>
 */
final class LeaseText {
  private static final Set<String> KEYS =
      Set.of("address", "prefix", "gateway", "dns", "domain", "mtu", "delegated");
  private static final Pattern NUMBER = Pattern.compile("\\d{1,5}");
  private static final Pattern DOMAIN =
      Pattern.compile(
          "[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?(\\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)*");
  private static final int MOST_DOMAIN = 253;
  private static final int MOST_LINES = 32;
  private static final int MOST_SERVERS = 4;
  private static final int LEAST_PREFIX = 8;
  private static final int LEAST_DELEGATED = 32;
  private static final int MOST_DELEGATED = 64;

  /** IPv6 needs as much on every line (RFC 8200), and a tunnel may carry it. */
  private static final int LEAST_MTU = 1280;

  private static final int MOST_MTU = 9000;

  private final Map<String, String> values = new HashMap<>();
  private final Consumer<String> refused;

  private LeaseText(Consumer<String> refused) {
    this.refused = refused;
  }

  /**
   * Reads a text.
   *
   * @param refused gets a sentence for each value that is left out; it shows none of it
   * @return the lease; empty where there is neither an address nor a prefix
   */
  static Optional<Lease> read(String text, Consumer<String> refused) {
    LeaseText lease = new LeaseText(refused);
    text.lines().limit(MOST_LINES).forEach(lease::take);
    return lease.toLease();
  }

  private void take(String line) {
    int equals = line.indexOf('=');
    String key = equals < 0 ? "" : line.substring(0, equals);
    if (!KEYS.contains(key)) {
      return;
    }
    String value = line.substring(equals + 1).strip();
    if (!value.isEmpty() && values.putIfAbsent(key, value) != null) {
      refused.accept("a second " + key);
    }
  }

  private Optional<Lease> toLease() {
    Cidr address = address();
    Cidr delegated = delegated();
    if (address == null && delegated == null) {
      return Optional.empty();
    }
    int mtu = number("mtu", LEAST_MTU, MOST_MTU);
    return Optional.of(
        new Lease(address, gateway(address), servers(), domain(), Math.max(mtu, 0), delegated));
  }

  private Cidr address() {
    IpAddress address = v4("address");
    int prefix = number("prefix", LEAST_PREFIX, 32);
    if (address == null || prefix < 0) {
      return null;
    }
    Cidr cidr = new Cidr(address, prefix);
    long host = address.low() & ~(-1L << (32 - prefix)) & 0xffffffffL;
    long most = ~(-1L << (32 - prefix)) & 0xffffffffL;
    if (prefix < 31 && (host == 0 || host == most)) {
      refuse("address", "it is its network's own or broadcast address");
      return null;
    }
    return cidr;
  }

  private IpAddress gateway(Cidr own) {
    IpAddress gateway = v4("gateway");
    if (gateway == null || own == null) {
      return null;
    }
    if (gateway.equals(own.address())) {
      refuse("gateway", "it is the address itself");
      return null;
    }
    if (own.prefixLength() < 32 && !own.contains(gateway)) {
      refuse("gateway", "it is in another network than the address");
      return null;
    }
    return gateway;
  }

  private IpAddress v4(String key) {
    String text = values.get(key);
    if (text == null) {
      return null;
    }
    IpAddress address = parse(text);
    if (address == null || address.v6() || !isOneHost(address)) {
      refuse(key, "it is no IPv4 address that a host can have");
      return null;
    }
    return address;
  }

  private List<IpAddress> servers() {
    List<IpAddress> servers = new ArrayList<>();
    for (String word : values.getOrDefault("dns", "").split("\\s+", MOST_SERVERS + 1)) {
      IpAddress server = parse(word);
      if (server != null && isOneHost(server) && servers.size() < MOST_SERVERS) {
        servers.add(server);
      } else if (!word.isEmpty()) {
        refuse("dns", "one of its words is no address of a server, or there are too many");
      }
    }
    return servers.stream().distinct().toList();
  }

  private String domain() {
    String text = values.get("domain");
    if (text == null) {
      return null;
    }
    String domain = text.toLowerCase(Locale.ROOT);
    domain = domain.endsWith(".") ? domain.substring(0, domain.length() - 1) : domain;
    boolean fits = domain.length() <= MOST_DOMAIN && DOMAIN.matcher(domain).matches();
    if (!fits) {
      refuse("domain", "it is no domain's name");
    }
    return fits ? domain : null;
  }

  private Cidr delegated() {
    String text = values.get("delegated");
    if (text == null) {
      return null;
    }
    Cidr prefix = null;
    try {
      prefix = Cidr.parse(text);
    } catch (IllegalArgumentException e) {
      // The sentence below.
    }
    boolean fits =
        prefix != null
            && prefix.address().v6()
            && prefix.prefixLength() >= LEAST_DELEGATED
            && prefix.prefixLength() <= MOST_DELEGATED
            && prefix.equals(prefix.masked())
            && isOneHost(prefix.address());
    if (!fits) {
      refuse("delegated", "it is no IPv6 prefix from /32 to /64");
    }
    return fits ? prefix : null;
  }

  /** A number in these bounds, or -1. */
  private int number(String key, int least, int most) {
    String text = values.get(key);
    if (text == null) {
      return -1;
    }
    int number = NUMBER.matcher(text).matches() ? Integer.parseInt(text) : -1;
    if (number < least || number > most) {
      refuse(key, "it is no number from " + least + " to " + most);
      return -1;
    }
    return number;
  }

  private void refuse(String key, String why) {
    refused.accept(key + ": " + why);
  }

  private static IpAddress parse(String text) {
    try {
      return IpAddress.parse(text);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** Global or private, but no group's, nobody's, one link's or this machine's own. */
  private static boolean isOneHost(IpAddress address) {
    if (address.v6()) {
      int first = (int) (address.high() >>> 56);
      return (first & 0xe0) == 0x20 || (first & 0xfe) == 0xfc;
    }
    return address.isOneHost();
  }
}
