package dev.noren.cli;

import dev.noren.config.BundleForm;
import dev.noren.config.CloudForm;
import dev.noren.config.Form;
import dev.noren.config.Gateway;
import dev.noren.config.RemoteForm;
import dev.noren.config.RouterConfig;
import dev.noren.config.Shop;
import dev.noren.config.VdiForm;
import dev.noren.forms.Compiled;
import dev.noren.status.RouterStatus;
import dev.noren.text.Sentence;
import java.time.LocalDate;
import java.util.List;

/**
 * A form as it is shown, without a secret.
 *
 * @param name its name and its interface's
 * @param kind its kind, as the document has it
 * @param wayOfUse the same in words
 * @param up whether its tunnel runs, or null where no router does
 * @param addresses the own addresses in the tunnel
 * @param listenPort the UDP port, or 0
 * @param endpoints where this router is reached
 * @param extent full or split, or null where the form has none
 * @param provider who runs the far end, or null
 * @param country where that is, or null
 * @param shops the far shops
 * @param desks the virtual desktops
 * @param devices who calls in
 */
record ShownForm(
    String name,
    String kind,
    Sentence wayOfUse,
    Boolean up,
    List<String> addresses,
    int listenPort,
    List<String> endpoints,
    String extent,
    String provider,
    String country,
    List<FarShop> shops,
    List<ShownDevice.Reach> desks,
    List<ShownDevice> devices) {
  /**
   * A far shop.
   *
   * @param name what people call it
   * @param endpoint where it is called, or null where it calls
   * @param subnets its networks as they are seen here
   * @param internet whether all of its traffic may go out through this shop
   * @param handshakeAgeSeconds how long ago the last handshake was, or null
   */
  record FarShop(
      String name,
      String endpoint,
      List<String> subnets,
      boolean internet,
      Long handshakeAgeSeconds) {}

  static ShownForm of(RouterConfig config, Form form, FormFacts facts, LocalDate today) {
    Compiled compiled = Compiled.of(config, today);
    Gateway gateway = form.gateway();
    CloudForm cloud = form instanceof CloudForm one ? one : null;
    RouterStatus.Tunnel tunnel = facts.tunnel(form.name());
    return new ShownForm(
        form.name().text(),
        FormWords.word(form.kind()),
        FormWords.wayOfUse(form.kind()),
        facts.status() == null ? null : (Boolean) (tunnel != null && tunnel.up()),
        texts(cloud == null ? gateway.addresses() : cloud.tunnel().addresses()),
        cloud == null ? gateway.listenPort() : cloud.tunnel().listenPort(),
        gateway == null ? List.of() : texts(gateway.endpoints()),
        extent(form),
        cloud == null ? null : cloud.provider(),
        cloud == null ? null : cloud.country(),
        form.shops().stream().map(shop -> shop(form, shop, facts)).toList(),
        form instanceof VdiForm vdi
            ? vdi.desks().stream()
                .map(
                    desk ->
                        new ShownDevice.Reach(
                            desk.name(), texts(List.of(desk.host())), texts(desk.services())))
                .toList()
            : List.of(),
        form.devices().stream()
            .map(device -> ShownDevice.of(compiled, form, device, facts, today))
            .toList());
  }

  private static FarShop shop(Form form, Shop shop, FormFacts facts) {
    RouterStatus.Peer peer = facts.peer(form.name(), shop.publicKey().toString());
    return new FarShop(
        shop.name(),
        shop.endpoint() == null ? null : shop.endpoint().toString(),
        texts(shop.routed()),
        shop.internet(),
        peer == null ? null : peer.handshakeAgeSeconds());
  }

  private static String extent(Form form) {
    Form.Extent extent =
        switch (form) {
          case RemoteForm remote -> remote.extent();
          case BundleForm bundle -> bundle.extent();
          default -> null;
        };
    return extent == null ? null : extent == Form.Extent.FULL ? "full" : "split";
  }

  static List<String> texts(List<?> values) {
    return values.stream().map(Object::toString).toList();
  }
}
