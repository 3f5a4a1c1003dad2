package dev.noren.forms;

import dev.noren.config.Device;
import dev.noren.config.Form;
import dev.noren.config.Gateway;
import dev.noren.config.HostPort;
import dev.noren.config.RouterConfig;
import dev.noren.config.VdiForm;
import dev.noren.crypto.PresharedKey;
import dev.noren.crypto.PrivateKey;
import dev.noren.crypto.PublicKey;
import dev.noren.net.Cidr;
import dev.noren.net.IpAddress;
import dev.noren.text.Refused;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a device is told: a wg-quick file with those keys alone that WireGuard's telephone apps
 * take.
 *
 * @param privateKey the device's own key, or null where it has it already
 * @param addresses its addresses in the tunnel
 * @param dns Noren's own, or none where the device has nothing to ask Noren for
 * @param mtuBytes the tunnel's, or 0 where that is not known
 * @param publicKey Noren's key
 * @param presharedKey the shared secret, or {@link PresharedKey#NONE}
 * @param allowedIps what the device sends into the tunnel
 * @param endpoint where it calls
 */
public record DeviceFile(
    PrivateKey privateKey,
    List<IpAddress> addresses,
    List<IpAddress> dns,
    int mtuBytes,
    PublicKey publicKey,
    PresharedKey presharedKey,
    List<Cidr> allowedIps,
    HostPort endpoint) {
  /** Within this time most routers forget that somebody called (whitepaper 6.5). */
  private static final int KEEPALIVE_SECONDS = 25;

  private static final List<Cidr> EVERYTHING =
      List.of(new Cidr(IpAddress.v4(0), 0), new Cidr(IpAddress.v6(0, 0), 0));

  public DeviceFile {
    addresses = List.copyOf(addresses);
    dns = List.copyOf(dns);
    allowedIps = List.copyOf(allowedIps);
  }

  /**
   * That of a device of the document.
   *
   * @param device one that is let in today
   * @param key its private key, or null where it has it already
   * @param shop the shop's own network, or null where that is not known
   * @param mtuBytes the tunnel's, or 0 where that is not known
   * @param today the day in the box's time zone
   * @throws IllegalArgumentException with a sentence, where nothing says where to call, or the
   *     device is not let in
   */
  public static DeviceFile of(
      RouterConfig config,
      Form form,
      Device device,
      PrivateKey key,
      Cidr shop,
      int mtuBytes,
      LocalDate today) {
    Gateway gateway = form.gateway();
    DeviceAccess access = access(config, form, device, today);
    return new DeviceFile(
        key,
        device.addresses(),
        access.names() ? own(gateway, device).stream().map(Cidr::address).toList() : List.of(),
        mtuBytes == 0 ? gateway.mtuBytes() : mtuBytes,
        gateway.privateKey().publicKey(),
        device.presharedKey(),
        allowedIps(access, form, device, shop),
        endpoint(config, form));
  }

  /**
   * Where a form's devices call.
   *
   * @throws IllegalArgumentException with a sentence, where the form does not say
   */
  public static HostPort endpoint(RouterConfig config, Form form) {
    if (form.gateway().endpoints().isEmpty()) {
      throw new Refused(
          "device-file.no-endpoint",
          form.name(),
          config.forms().indexOf(form),
          form.gateway().listenPort());
    }
    return form.gateway().endpoints().getFirst();
  }

  /**
   * The tunnel's networks, the shop's own and what rules name besides: rules come and go, and the
   * file stays. Who is to know no more of the shop than what is his gets that alone.
   */
  private static List<Cidr> allowedIps(DeviceAccess access, Form form, Device device, Cidr shop) {
    if (access.internet()) {
      return EVERYTHING;
    }
    List<Cidr> all = new ArrayList<>();
    own(form.gateway(), device).forEach(own -> all.add(own.masked()));
    if (shop != null && !device.outside() && !(form instanceof VdiForm)) {
      all.add(shop.masked());
    }
    access.grants().forEach(grant -> all.addAll(grant.to()));
    return withoutCovered(all);
  }

  private static DeviceAccess access(
      RouterConfig config, Form form, Device device, LocalDate today) {
    return Compiled.of(config, today).access(form.name()).devices().stream()
        .filter(each -> each.device().equals(device.name()))
        .findFirst()
        .orElseThrow(() -> new Refused("device-file.not-let-in", device.name()));
  }

  /** Noren's own addresses of those families that the device has one of. */
  private static List<Cidr> own(Gateway gateway, Device device) {
    return gateway.addresses().stream()
        .filter(
            own ->
                device.addresses().stream().anyMatch(address -> address.v6() == own.address().v6()))
        .toList();
  }

  private static List<Cidr> withoutCovered(List<Cidr> all) {
    List<Cidr> left = new ArrayList<>();
    for (Cidr each : all) {
      boolean covered =
          all.stream()
              .anyMatch(
                  other ->
                      other.prefixLength() < each.prefixLength() && other.contains(each.address()));
      if (!covered && !left.contains(each)) {
        left.add(each);
      }
    }
    return left;
  }

  /** The file, with the secrets in it. */
  public String text() {
    StringBuilder text = new StringBuilder("[Interface]\n");
    if (privateKey != null) {
      line(text, "PrivateKey", privateKey.toBase64());
    }
    line(text, "Address", joined(addresses.stream().map(a -> new Cidr(a, a.bits())).toList()));
    if (!dns.isEmpty()) {
      line(text, "DNS", joined(dns));
    }
    if (mtuBytes != 0) {
      line(text, "MTU", mtuBytes);
    }
    text.append("\n[Peer]\n");
    line(text, "PublicKey", publicKey.toBase64());
    if (!presharedKey.isNone()) {
      line(text, "PresharedKey", presharedKey.toBase64());
    }
    line(text, "AllowedIPs", joined(allowedIps));
    line(text, "Endpoint", endpoint);
    line(text, "PersistentKeepalive", KEEPALIVE_SECONDS);
    return text.toString();
  }

  private static void line(StringBuilder text, String key, Object value) {
    text.append(key).append(" = ").append(value).append('\n');
  }

  private static String joined(Collection<?> values) {
    return values.stream().map(Object::toString).collect(Collectors.joining(", "));
  }
}
