package dev.noren.config;

import dev.noren.config.Access.Group;
import dev.noren.config.Access.Person;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Forms and access as the tree that {@link Json} writes. */
final class FormTree {
  private FormTree() {}

  static Map<String, Object> of(Access access) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("people", access.people().stream().map(FormTree::person).toList());
    tree.put("groups", access.groups().stream().map(FormTree::group).toList());
    tree.put("rules", access.rules().stream().map(FormTree::rule).toList());
    tree.put("page", RouterTree.texts(access.page()));
    return tree;
  }

  private static Map<String, Object> person(Person person) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("name", person.name());
    tree.put("groups", person.groups());
    tree.put("totpSecret", person.totpSecret());
    return tree;
  }

  private static Map<String, Object> group(Group group) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("name", group.name());
    tree.put("signIn", group.signIn());
    tree.put("signInHours", Json.Num.of(group.signInHours()));
    return tree;
  }

  private static Map<String, Object> rule(AccessRule rule) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("name", rule.name());
    tree.put("from", RouterTree.texts(rule.from()));
    tree.put("to", RouterTree.texts(rule.to()));
    tree.put("services", RouterTree.texts(rule.services()));
    return tree;
  }

  static Map<String, Object> of(Form form) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("kind", Fields.wordOf(form.kind()));
    switch (form) {
      case SiteForm site -> {
        gateway(tree, site);
        tree.put("seenAs", RouterTree.text(site.seenAs()));
        tree.put("exchange", site.exchange());
        tree.put("shops", site.shops().stream().map(FormTree::shop).toList());
        tree.put("pairing", PairingReader.tree(site.pairing()));
      }
      case RemoteForm remote -> {
        gateway(tree, remote);
        tree.put("extent", Fields.wordOf(remote.extent()));
        tree.put("devices", devices(remote));
      }
      case CloudForm cloud -> {
        tree.putAll(RouterTree.tunnel(cloud.tunnel()));
        tree.put("provider", cloud.provider());
        tree.put("country", cloud.country());
      }
      case VdiForm vdi -> {
        gateway(tree, vdi);
        tree.put("desks", vdi.desks().stream().map(FormTree::desk).toList());
        tree.put("devices", devices(vdi));
      }
      case BundleForm bundle -> {
        gateway(tree, bundle);
        tree.put("seenAs", RouterTree.text(bundle.seenAs()));
        tree.put("extent", Fields.wordOf(bundle.extent()));
        tree.put("shop", bundle.shop() == null ? null : shop(bundle.shop()));
        tree.put("devices", devices(bundle));
        tree.put("pairing", PairingReader.tree(bundle.pairing()));
      }
    }
    return tree;
  }

  private static void gateway(Map<String, Object> tree, Form form) {
    Gateway gateway = form.gateway();
    tree.put("name", form.name().text());
    tree.put("privateKey", gateway.privateKey().toBase64());
    tree.put("listenPort", RouterTree.numberOrNull(gateway.listenPort()));
    tree.put("alsoPorts", gateway.alsoPorts().stream().map(Json.Num::of).toList());
    tree.put("addresses", RouterTree.texts(gateway.addresses()));
    tree.put("mtu", RouterTree.numberOrNull(gateway.mtuBytes()));
    tree.put("endpoints", RouterTree.texts(gateway.endpoints()));
    tree.put("allotted", RouterTree.numberOrNull(gateway.allotted()));
  }

  private static List<Object> devices(Form form) {
    List<Object> devices = new ArrayList<>();
    for (Device device : form.devices()) {
      Map<String, Object> tree = new LinkedHashMap<>();
      tree.put("name", device.name());
      tree.put("person", device.person());
      tree.put("publicKey", device.publicKey().toBase64());
      tree.put(
          "presharedKey", device.presharedKey().isNone() ? null : device.presharedKey().toBase64());
      tree.put("addresses", RouterTree.texts(device.addresses()));
      tree.put("expires", RouterTree.text(device.expires()));
      tree.put("outside", device.outside());
      tree.put("iot", device.iot());
      tree.put("lost", device.lost());
      devices.add(tree);
    }
    return devices;
  }

  private static Map<String, Object> shop(Shop shop) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("name", shop.name());
    tree.put("publicKey", shop.publicKey().toBase64());
    tree.put("presharedKey", shop.presharedKey().isNone() ? null : shop.presharedKey().toBase64());
    tree.put("address", RouterTree.text(shop.address()));
    tree.put("endpoint", RouterTree.text(shop.endpoint()));
    tree.put("subnets", RouterTree.texts(shop.subnets()));
    tree.put("seenAs", RouterTree.texts(shop.seenAs()));
    tree.put("mapsItself", shop.mapsItself());
    tree.put("domain", shop.domain());
    tree.put("dns", RouterTree.text(shop.dns()));
    tree.put("internet", shop.internet());
    tree.put("keepaliveSeconds", Json.Num.of(shop.keepaliveSeconds()));
    return tree;
  }

  private static Map<String, Object> desk(VdiForm.Desk desk) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("name", desk.name());
    tree.put("host", RouterTree.text(desk.host()));
    tree.put("services", RouterTree.texts(desk.services()));
    return tree;
  }
}
