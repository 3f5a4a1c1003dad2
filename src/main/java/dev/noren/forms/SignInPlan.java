package dev.noren.forms;

import dev.noren.config.Access.Person;
import dev.noren.config.Device;
import dev.noren.config.Form;
import dev.noren.config.RouterConfig;
import dev.noren.crypto.PublicKey;
import dev.noren.net.Cidr;
import dev.noren.net.IpAddress;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Who signs in each time, and where.
 *
 * @param entries the devices that are let in and whose person signs in
 * @param doors the router's own addresses in the tunnels of these devices
 */
public record SignInPlan(List<Entry> entries, Set<IpAddress> doors) {
  /** Nobody. */
  public static final SignInPlan NONE = new SignInPlan(List.of(), Set.of());

  public SignInPlan {
    entries = List.copyOf(entries);
    doors = Set.copyOf(doors);
  }

  /**
   * A device.
   *
   * @param device its name
   * @param key its key
   * @param addresses its addresses in the tunnel
   * @param person whose it is, with the secret of the codes
   * @param hours how long one sign-in lasts
   */
  public record Entry(
      String device, PublicKey key, List<IpAddress> addresses, Person person, int hours) {
    public Entry {
      addresses = List.copyOf(addresses);
    }

    /** Whether the same person signs in at the same device, with the same secret, for as long. */
    public boolean isSameAs(Entry other) {
      return device.equals(other.device)
          && key.equals(other.key)
          && hours == other.hours
          && addresses.equals(other.addresses)
          && person.name().equals(other.person.name())
          && Objects.equals(person.totpSecret(), other.person.totpSecret());
    }
  }

  /**
   * Works it out.
   *
   * @param today the day in the box's time zone, after which devices are not let in any more
   */
  public static SignInPlan of(RouterConfig config, LocalDate today) {
    Reach reach = new Reach(config.access());
    List<Entry> entries = new ArrayList<>();
    Set<IpAddress> doors = new LinkedHashSet<>();
    for (Form form : config.forms()) {
      for (Device device : form.devices()) {
        if (!device.isLetIn(today) || !reach.signsIn(device)) {
          continue;
        }
        Person person =
            config.access().people().stream()
                .filter(each -> each.name().equals(device.person()))
                .findFirst()
                .orElseThrow();
        entries.add(
            new Entry(
                device.name(),
                device.publicKey(),
                device.addresses(),
                person,
                Reach.signInHours(config.access(), person)));
        form.gateway().addresses().stream().map(Cidr::address).forEach(doors::add);
      }
    }
    return new SignInPlan(entries, doors);
  }
}
