package dev.noren.router;

import dev.noren.access.OwnerAccess;
import dev.noren.access.SetupCode;
import dev.noren.control.Operations;
import dev.noren.control.Presence;
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
import java.util.Set;
import java.util.stream.Stream;

/** The setup page, at the box's own addresses in the shop's network. For the router's thread. */
final class SetupPage implements AutoCloseable {
  private final PageServer server;
  private final HttpDoors doors;

  /**
   * The page; it is not served yet.
   *
   * @throws IOException with a sentence, where it is not known whose box it is
   */
  SetupPage(
      Path state,
      Operations operations,
      Presence presence,
      Happenings happenings,
      InstantSource clock)
      throws IOException {
    SecureRandom chance = new SecureRandom();
    OwnerFiles files = new OwnerFiles(state);
    OwnerAccess access = new OwnerAccess(files.owner(), code(files, chance), files::keep, chance);
    server = new PageServer(operations, access, presence, happenings::signedIn, clock);
    doors = new HttpDoors("The page", at -> server.open(at)::close, PageServer.PORT);
  }

  private static SetupCode code(OwnerFiles files, SecureRandom chance) throws IOException {
    String text = files.setupCode(() -> SetupCode.generate(chance).text());
    return text == null ? null : new SetupCode(text);
  }

  /** Serves where the box is in the shop's network now, and nowhere else. */
  void follow(Layout layout, String name) {
    server.name(name);
    doors.follow(addresses(layout), System.nanoTime());
  }

  private static Set<IpAddress> addresses(Layout layout) {
    Set<IpAddress> addresses = new HashSet<>();
    if (layout.lan() != null) {
      Stream.of(layout.lan().address(), layout.lan().address6())
          .filter(each -> each != null && (!layout.beside() || isPrivate(each)))
          .forEach(each -> addresses.add(each.address()));
    }
    return addresses;
  }

  /** On the only port, an address of the whole internet would be one for the whole internet. */
  private static boolean isPrivate(Cidr own) {
    byte[] bytes = own.address().toBytes();
    int first = bytes[0] & 0xff;
    int second = bytes[1] & 0xff;
    if (own.address().v6()) {
      return (first & 0xfe) == 0xfc;
    }
    return first == 10
        || (first == 172 && second >= 16 && second < 32)
        || (first == 192 && second == 168)
        || (first == 169 && second == 254);
  }

  @Override
  public void close() {
    doors.close();
    server.close();
  }
}
