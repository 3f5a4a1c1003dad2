package dev.noren.forms;

import dev.noren.config.Form;
import dev.noren.config.HostPort;
import dev.noren.config.RouterConfig;
import dev.noren.config.RouterEdit;
import dev.noren.crypto.PrivateKey;
import dev.noren.net.Cidr;
import dev.noren.text.Refused;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** What a new form begins with, where a person does not say otherwise. */
public final class NewForm {
  /** WireGuard's usual port. */
  private static final int FIRST_PORT = 51_820;

  private static final String ENDPOINT = "endpoint";
  private static final String DESK = "desk";
  private static final String PORT = "listenPort";

  /** What speaks Microsoft's remote desktop. */
  private static final List<String> DESK_SERVICES = List.of("tcp/3389", "udp/3389");

  private NewForm() {}

  /**
   * The fields of a new form.
   *
   * @param given fields as {@code name=value}: those of the document; {@code endpoint=host} or
   *     {@code endpoint=host:port}, and {@code desk=name@host} or {@code desk=name@host:services},
   *     any number of them
   * @param others networks that the document does not know of
   * @param chance for the key and the network
   * @return JSON or text by the field's path, for {@link dev.noren.config.FormEdit#add}
   * @throws IllegalArgumentException with a sentence
   */
  public static Map<String, String> fields(
      RouterConfig config,
      Form.Kind kind,
      List<String> given,
      Collection<Cidr> others,
      RandomGenerator chance) {
    Map<String, String> fields = new LinkedHashMap<>();
    List<String> endpoints = new ArrayList<>();
    List<String> desks = new ArrayList<>();
    for (String each : given) {
      int equals = each.indexOf('=');
      if (equals < 1) {
        throw new Refused("new-form.field", each);
      }
      String name = each.substring(0, equals);
      String value = each.substring(equals + 1);
      switch (name) {
        case ENDPOINT -> endpoints.add(value);
        case DESK -> desks.add(value);
        default -> {
          if (fields.putIfAbsent(name, value) != null) {
            throw new Refused("new-form.twice", name);
          }
        }
      }
    }
    if (kind != Form.Kind.CLOUD) {
      fields.putIfAbsent("privateKey", PrivateKey.generate(chance).toBase64());
      fields.putIfAbsent(PORT, Integer.toString(FreeNetwork.port(config, FIRST_PORT)));
      if (!fields.containsKey("addresses")) {
        List<Cidr> taken =
            Stream.concat(FreeNetwork.taken(config).stream(), others.stream()).toList();
        fields.put("addresses[0]", FreeNetwork.choose(taken, chance).toString());
      }
    }
    for (int i = 0; i < endpoints.size(); i++) {
      fields.put(
          "endpoints[" + i + "]", RouterEdit.quoted(withPort(endpoints.get(i), fields.get(PORT))));
    }
    for (int i = 0; i < desks.size(); i++) {
      putDesk(fields, "desks[" + i + "]", desks.get(i));
    }
    return fields;
  }

  /** An address of IPv6 may stand without brackets where no port follows. */
  private static String withPort(String endpoint, String port) {
    if (port == null) {
      return endpoint;
    }
    boolean v6 = endpoint.indexOf(':') != endpoint.lastIndexOf(':') && !endpoint.startsWith("[");
    String whole = (v6 ? "[" + endpoint + "]" : endpoint) + ":" + port;
    try {
      return HostPort.parse(whole).toString();
    } catch (IllegalArgumentException e) {
      // It has a port, or is wrong in another way, which its reader says.
      return endpoint;
    }
  }

  private static void putDesk(Map<String, String> fields, String at, String text) {
    int sign = text.lastIndexOf('@');
    if (sign < 1) {
      throw new Refused("new-form.desk", text);
    }
    String rest = text.substring(sign + 1);
    int slash = rest.indexOf('/');
    int colon = slash < 0 ? -1 : rest.lastIndexOf(':', slash);
    List<String> services =
        colon < 0 ? DESK_SERVICES : List.of(rest.substring(colon + 1).split(",", -1));
    fields.put(at + ".name", RouterEdit.quoted(text.substring(0, sign)));
    fields.put(at + ".host", RouterEdit.quoted(colon < 0 ? rest : rest.substring(0, colon)));
    for (int i = 0; i < services.size(); i++) {
      fields.put(at + ".services[" + i + "]", RouterEdit.quoted(services.get(i)));
    }
  }
}
