package dev.noren.config;

import dev.noren.crypto.PresharedKey;
import dev.noren.crypto.PublicKey;
import dev.noren.net.IpAddress;
import dev.noren.text.Refused;
import dev.noren.text.Sentence;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;

/** Reads the devices of one form. */
final class DeviceReader {
  private final PeersReader keys;
  private final Gateway gateway;
  private final AccessReader access;

  /**
   * @param keys takes the keys of the form's peers
   * @param gateway the form's own end
   * @param access knows the people, and the devices of all forms
   */
  DeviceReader(PeersReader keys, Gateway gateway, AccessReader access) {
    this.keys = keys;
    this.gateway = gateway;
    this.access = access;
  }

  Device read(Fields fields) {
    String name = fields.required("name", "hint.device-name", access::takeDevice);
    String person = fields.text("person", access::person);
    PublicKey key = keys.key(fields);
    PresharedKey presharedKey = PeersReader.presharedKey(fields);
    List<IpAddress> own = fields.texts("addresses", this::address);
    if (own.isEmpty() && !fields.holds("addresses")) {
      fields.error("addresses", Sentence.of("device.addresses-missing"));
    }
    for (boolean v6 : new boolean[] {false, true}) {
      if (own.stream().filter(each -> each.v6() == v6).count() > 1) {
        fields.error("addresses", Sentence.of("device.addresses-twice"));
      }
    }
    LocalDate expires = fields.text("expires", DeviceReader::date);
    boolean outside = fields.flag("outside", false);
    if (outside && !fields.has("expires")) {
      fields.error("expires", Sentence.of("device.outside-last-day"));
    }
    return new Device(
        name,
        person,
        key,
        presharedKey,
        own,
        expires,
        outside,
        fields.flag("iot", false),
        fields.flag("lost", false));
  }

  private IpAddress address(String path, String text) {
    IpAddress address = RouterValues.address(text);
    if (gateway.addresses().stream().noneMatch(own -> own.contains(address))) {
      throw new Refused("device.address-outside", address);
    }
    gateway.addresses().stream()
        .filter(own -> !address.v6() && own.contains(address))
        .forEach(own -> RouterValues.checkHost(own, address));
    if (gateway.addresses().stream().anyMatch(own -> own.address().equals(address))) {
      throw new Refused("device.address-own", address);
    }
    return access.takeAddress(path, address);
  }

  private static LocalDate date(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeParseException e) {
      throw new Refused(Sentence.of("day.form", Values.quoted(text)), e);
    }
  }
}
