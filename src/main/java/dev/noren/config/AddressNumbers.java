package dev.noren.config;

import dev.noren.net.Cidr;
import dev.noren.net.IpAddress;
import dev.noren.text.Refused;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * Addresses in a form's own networks as numbers: 10.8.0.7 in 10.8.0.0/24 is 7, and so is fd00::7 in
 * fd00::/64.
 */
public final class AddressNumbers {
  private AddressNumbers() {}

  /** The number of an address, or empty where it is in none of the networks or too large. */
  static OptionalInt of(Gateway gateway, IpAddress address) {
    for (Cidr own : gateway.addresses()) {
      if (own.contains(address)) {
        IpAddress first = own.masked().address();
        long number = address.low() - first.low();
        if (address.high() == first.high() && number >= 0 && number <= Gateway.MOST_ALLOTTED) {
          return OptionalInt.of((int) number);
        }
      }
    }
    return OptionalInt.empty();
  }

  /** The greatest number that an address of a form's devices or shops has, or had. */
  static int greatest(Form form) {
    Gateway gateway = form.gateway();
    Stream<IpAddress> addresses =
        Stream.concat(
            form.devices().stream().flatMap(device -> device.addresses().stream()),
            farEnds(form).stream());
    int most = addresses.mapToInt(address -> of(gateway, address).orElse(0)).max().orElse(0);
    return Math.max(gateway.allotted(), most);
  }

  /** The addresses that far shops have in a form's tunnel, also one that is being paired with. */
  static List<IpAddress> farEnds(Form form) {
    List<IpAddress> addresses = new ArrayList<>();
    form.shops().forEach(shop -> addresses.add(shop.address()));
    if (form.pairing() != null) {
      addresses.add(form.pairing().farAddress());
      addresses.add(form.pairing().givenAddress());
    }
    addresses.removeIf(Objects::isNull);
    return addresses;
  }

  /**
   * The next addresses that no device or shop of the form ever had: one of each family that the
   * form has, all of the same number.
   *
   * @throws IllegalArgumentException with a sentence, where there are none left
   */
  public static List<IpAddress> next(Form form) {
    Gateway gateway = form.gateway();
    List<Integer> own =
        gateway.addresses().stream().map(cidr -> of(gateway, cidr.address()).orElse(0)).toList();
    int number = greatest(form) + 1;
    while (own.contains(number)) {
      number++;
    }
    return addresses(form, number);
  }

  /**
   * The last addresses, for somebody who does not stay: of those that {@link #next} comes to at the
   * very end.
   *
   * @throws IllegalArgumentException with a sentence, where there are none left
   */
  public static List<IpAddress> last(Form form) {
    Gateway gateway = form.gateway();
    List<Integer> own =
        gateway.addresses().stream().map(cidr -> of(gateway, cidr.address()).orElse(0)).toList();
    long number = gateway.addresses().stream().mapToLong(AddressNumbers::most).min().orElse(0);
    while (own.contains((int) number)) {
      number--;
    }
    if (number <= greatest(form)) {
      throw new Refused(
          "device.addresses-used-up", gateway.addresses().getFirst().masked(), form.name());
    }
    return addresses(form, (int) number);
  }

  private static List<IpAddress> addresses(Form form, int number) {
    List<IpAddress> addresses = new ArrayList<>();
    for (boolean v6 : new boolean[] {false, true}) {
      for (Cidr network : form.gateway().addresses()) {
        if (network.address().v6() == v6) {
          addresses.add(address(form, network, number));
          break;
        }
      }
    }
    return addresses;
  }

  private static IpAddress address(Form form, Cidr network, int number) {
    if (number > most(network)) {
      throw new Refused("device.addresses-used-up", network.masked(), form.name());
    }
    IpAddress first = network.masked().address();
    return new IpAddress(first.v6(), first.high(), first.low() + number);
  }

  /** The last address of an IPv4 network is nobody's. */
  private static long most(Cidr network) {
    int hostBits = network.address().bits() - network.prefixLength();
    return hostBits >= 24 ? Gateway.MOST_ALLOTTED : (1L << hostBits) - 2;
  }
}
