package dev.noren.router;

import dev.noren.access.OwnerAccess;
import dev.noren.access.SetupCode;
import dev.noren.config.Form;
import dev.noren.config.RouterConfig;
import dev.noren.control.Presence;
import dev.noren.forms.SubnetMap;
import dev.noren.mdns.LocalName;
import dev.noren.net.Cidr;
import dev.noren.net.IpAddress;
import dev.noren.plan.Layout;
import dev.noren.state.OwnerFiles;
import dev.noren.web.PageServer;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;

/** The setup page, at the box's own addresses in the shop's network. For the router's thread. */
final class SetupPage implements AutoCloseable {
  /** By which name the box is to be found in the shop's network; .local belongs to it. */
  static final String NAME = "noren";

  private final PageServer server;
  private final LocalName localName;
  private final HttpDoors doors;
  private final PageCertificate certificate;
  private final HttpDoors secureDoors;

  /** What the secure doors serve with, or null. */
  private SSLContext context;

  /** The page; it is not served yet. */
  SetupPage(
      OwnerAccess access,
      RouterOperations operations,
      Presence presence,
      Happenings happenings,
      LocalName localName,
      PageCertificate certificate,
      InstantSource clock) {
    this.localName = localName;
    this.certificate = certificate;
    server =
        new PageServer(
            operations,
            operations,
            operations,
            certificate,
            access,
            presence,
            happenings::signedIn,
            clock);
    doors = new HttpDoors("The page", at -> server.open(at)::close, PageServer.PORT);
    secureDoors =
        new HttpDoors(
            "The page over HTTPS",
            at -> server.openSecure(at, context)::close,
            PageServer.SECURE_PORT);
  }

  /**
   * Who may use it.
   *
   * @throws IOException with a sentence, where it is not known whose box it is
   */
  static OwnerAccess access(Path state) throws IOException {
    SecureRandom chance = new SecureRandom();
    OwnerFiles files = new OwnerFiles(state);
    return new OwnerAccess(files.owner(), code(files, chance), files::keep, chance);
  }

  private static SetupCode code(OwnerFiles files, SecureRandom chance) throws IOException {
    String text = files.setupCode(() -> SetupCode.generate(chance).text());
    return text == null ? null : new SetupCode(text);
  }

  /** Serves, and has a name, where the box is in the shop's network now, and nowhere else. */
  void follow(Layout layout, RouterConfig config) {
    server.name(config.name());
    List<IpAddress> far = farAddresses(layout, config);
    server.farAddresses(far);
    boolean there = !layout.namedAddresses().isEmpty();
    localName.follow(there ? layout.lan().device() : null, layout.namedAddresses());
    server.localName(localName.name());
    Set<IpAddress> addresses = new HashSet<>(layout.pageAddresses());
    doors.follow(addresses, System.nanoTime());
    certificate.follow(
        Stream.concat(Stream.ofNullable(localName.name()), server.names().stream().sorted())
            .distinct()
            .toList(),
        Stream.concat(addresses.stream(), far.stream()).toList());
    secure(addresses);
  }

  /** By which the box is called in the shop's network, and by far shops. */
  Set<String> names() {
    return server.hosts();
  }

  /** As whom far shops see the box that have another network for the shop's. */
  private static List<IpAddress> farAddresses(Layout layout, RouterConfig config) {
    if (layout.lan() == null || layout.lan().address() == null) {
      return List.of();
    }
    Cidr own = layout.lan().address();
    return config.forms().stream()
        .map(Form::seenAs)
        .filter(Objects::nonNull)
        .map(seenAs -> new SubnetMap(own.masked(), seenAs.masked()).seen(own.address()))
        .toList();
  }

  /** Over HTTPS while there is a certificate, and with the newest. */
  private void secure(Set<IpAddress> addresses) {
    SSLContext newest = certificate.context();
    if (!Objects.equals(newest, context)) {
      secureDoors.close();
      context = newest;
    }
    secureDoors.follow(newest == null ? Set.of() : addresses, System.nanoTime());
  }

  @Override
  public void close() {
    doors.close();
    secureDoors.close();
    server.close();
  }
}
