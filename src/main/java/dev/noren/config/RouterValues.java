package dev.noren.config;

import dev.noren.config.WanConfig.Pppoe;
import dev.noren.net.Cidr;
import dev.noren.net.IpAddress;
import dev.noren.text.Refused;
import dev.noren.text.Sentence;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Reads the values that only the router's document has. Each method throws IllegalArgumentException
 * with a reason that may be shown.
 */
final class RouterValues {
  /** What stands in a secret's place where a document is only shown. */
  static final String HIDDEN = "(hidden)";

  private static final Pattern LABEL =
      Pattern.compile("[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?");
  private static final Pattern DIGITS = Pattern.compile("[0-9]+");
  private static final Pattern PRINTABLE = Pattern.compile("[ -~]+");
  private static final int MAX_NAME = 60;

  private RouterValues() {}

  static String hostLabel(String text) {
    if (!LABEL.matcher(text).matches()) {
      throw new Refused("host.label", Values.quoted(text));
    }
    return text;
  }

  /** What people call something: any letters of any language on one line. */
  static String personsName(String text) {
    boolean good =
        text.length() <= MAX_NAME
            && text.equals(text.strip())
            && text.codePoints().noneMatch(Values::isControl);
    if (!good) {
      throw new Refused("name.form", Values.quoted(text), MAX_NAME);
    }
    return text;
  }

  /** A host's name, in small letters, by which others in the shop may find it. */
  static String findableLabel(String text) {
    String label = Values.lower(hostLabel(text));
    if (label.equals("localhost")) {
      throw new Refused("name.localhost");
    }
    if (label.equals("wpad")) {
      throw new Refused("name.wpad");
    }
    return label;
  }

  /** The box's own name. One of digits would be a number wherever names and numbers may stand. */
  static String boxName(String text) {
    findableLabel(text);
    if (DIGITS.matcher(text).matches()) {
      throw new Refused("name.number", Values.quoted(text));
    }
    return text;
  }

  /** A domain in small letters, without a dot at its end. */
  static String domain(String text) {
    String bare = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    try {
      HostPort.checkName(bare);
      // No domain of the world's first level is a number (RFC 3696, 2): this is an address.
      if (DIGITS.matcher(bare.substring(bare.lastIndexOf('.') + 1)).matches()) {
        throw new Refused("kind.number");
      }
    } catch (IllegalArgumentException e) {
      throw new Refused(Sentence.of("domain.form", Values.quoted(text)), e);
    }
    String domain = Values.lower(bare);
    if (domain.equals(DnsConfig.LAN_DOMAIN)) {
      throw new Refused("domain.lan", Values.quoted(text));
    }
    return domain;
  }

  static IpAddress address(String text) {
    try {
      return IpAddress.parse(text);
    } catch (IllegalArgumentException e) {
      throw new Refused(Sentence.of("ip.form", Values.quoted(text)), e);
    }
  }

  /** The address of another machine that is to be asked or told something. */
  static IpAddress server(String text) {
    IpAddress address = address(text);
    MachineAddress.checkOther(address);
    return address;
  }

  /** Where another machine is reached; what a name's address is, only the world knows. */
  static HostPort reachable(HostPort target) {
    if (target.isNumeric() && target.host().indexOf('%') < 0) {
      MachineAddress.checkOther(IpAddress.parse(target.host()));
    }
    return target;
  }

  static IpAddress v4Address(String text) {
    IpAddress address = address(text);
    if (address.v6()) {
      throw new Refused("ip.v6", address);
    }
    return address;
  }

  /** A prefix with its host bits cleared; an address without a length is itself alone. */
  static Cidr subnet(String text) {
    try {
      return Cidr.parse(text).masked();
    } catch (IllegalArgumentException e) {
      throw new Refused(Sentence.of("subnet.form", Values.quoted(text)), e);
    }
  }

  /** An interface's own IPv4 address in a network of at least two. */
  static Cidr v4Interface(String text, int shortest, int longest) {
    Cidr cidr = Values.cidr(text);
    if (cidr.address().v6()) {
      throw new Refused("interface.v6", cidr);
    }
    if (cidr.prefixLength() < shortest || cidr.prefixLength() > longest) {
      throw new Refused("interface.prefix", Values.quoted(text), shortest, longest);
    }
    MachineAddress.checkOwn(cidr.address());
    checkHost(cidr, cidr.address());
    return cidr;
  }

  /** Refuses the two addresses of an IPv4 network that no machine can have (RFC 1122). */
  static void checkHost(Cidr network, IpAddress address) {
    long hosts = 0xffffffffL >>> network.prefixLength();
    long host = address.low() & hosts;
    if (network.prefixLength() < 31 && (host == 0 || host == hosts)) {
      throw new Refused(host == 0 ? "host.first" : "host.last", address, network.masked());
    }
  }

  /** Printable ASCII that the root helper takes; the text is never part of the reason. */
  static String printable(String text) {
    if (!PRINTABLE.matcher(text).matches()) {
      throw new Refused("provider.ascii");
    }
    if (text.chars().map(c -> c == ' ' || c == '%' ? 3 : 1).sum() > Pppoe.MOST_LETTERS) {
      throw new Refused("provider.too-long", Pppoe.MOST_LETTERS);
    }
    return text;
  }

  /** A secret that was not replaced when the document was shown. */
  static <T> T secret(String text, Function<String, T> parser) {
    if (text.equals(HIDDEN)) {
      throw new Refused("secret.hidden");
    }
    return parser.apply(text);
  }
}
