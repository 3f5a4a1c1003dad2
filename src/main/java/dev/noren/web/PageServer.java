package dev.noren.web;

import static java.util.concurrent.TimeUnit.SECONDS;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.noren.access.OwnerAccess;
import dev.noren.config.DnsConfig;
import dev.noren.control.CertificateDesk;
import dev.noren.control.MachineDesk;
import dev.noren.control.Operations;
import dev.noren.control.Presence;
import dev.noren.control.VisitDesk;
import dev.noren.net.IpAddress;
import dev.noren.status.RouterStatus.Page;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/** The setup page over HTTP, at as many addresses as the box has in the shop's network. */
public final class PageServer implements AutoCloseable {
  /** Where browsers look. */
  public static final int PORT = 80;

  /** The same over HTTPS. */
  public static final int SECURE_PORT = 443;

  /** Requests at once, streams of events among them. */
  private static final int MOST_AT_ONCE = 96;

  /** How long after the button was pressed somebody counts as being in front of the box. */
  private static final long PRESENT_NS = SECONDS.toNanos(60);

  private static final int BACKLOG = 64;

  static {
    HttpLimits.apply();
  }

  private final Site site;
  private final ExecutorService threads = WebThreads.of(MOST_AT_ONCE, "noren-page");
  private volatile String name = "noren";
  private volatile String localName;
  private volatile Set<IpAddress> farAddresses = Set.of();

  /** A server that is open. */
  public interface Door {
    void close();
  }

  /**
   * The page; it is open nowhere yet.
   *
   * @param visits lets a technician look
   * @param machine restarts the machine
   * @param certificates makes the page's certificate
   * @param access who may use it
   * @param presence whether somebody is in front of the box
   * @param journal writes down who came
   * @param clock the time of day
   */
  public PageServer(
      Operations operations,
      VisitDesk visits,
      MachineDesk machine,
      CertificateDesk certificates,
      OwnerAccess access,
      Presence presence,
      Journal journal,
      InstantSource clock) {
    Feed feed = new Feed(operations, visits, System::nanoTime);
    Edits edits = new Edits(operations);
    SessionApi sessions =
        new SessionApi(
            access,
            () -> presence.take(System.nanoTime() - PRESENT_NS),
            journal,
            clock,
            System::nanoTime);
    ChangeApi changes = new ChangeApi(operations);
    FormApi forms = new FormApi(operations, edits);
    TunnelApi tunnels = new TunnelApi(operations, edits);
    Pages pages =
        new Pages(
            new PageContents.Parts(
                access,
                () -> name,
                feed,
                edits,
                forms,
                tunnels,
                changes,
                operations,
                visits,
                certificates,
                clock));
    List<Route> routes = new ArrayList<>(sessions.routes());
    routes.addAll(new StatusApi(operations, feed, new Events(feed)).routes());
    routes.addAll(changes.routes());
    routes.addAll(forms.routes());
    routes.addAll(new HubApi(operations).routes());
    routes.addAll(tunnels.routes());
    routes.addAll(new DeviceApi(operations, edits, clock).routes());
    routes.addAll(new PeopleApi(operations, edits).routes());
    routes.addAll(new ShopApi(operations).routes());
    routes.addAll(new CareApi(operations, machine, changes, () -> name, journal, clock).routes());
    routes.addAll(new UpdateApi(operations, operations, edits).routes());
    routes.addAll(new NoticesApi(operations, edits).routes());
    routes.addAll(new CertificateApi(certificates).routes());
    routes.addAll(new FactorApi(access, journal, () -> name, clock, System::nanoTime).routes());
    routes.addAll(new VisitApi(visits, feed, access, journal, System::nanoTime).routes());
    routes.addAll(new ApiDocument().routes());
    routes.addAll(pages.routes());
    site = new Site(routes, sessions, this::hosts);
  }

  /** What is answered, and to whom. */
  List<Route> routes() {
    return site.routes();
  }

  /** By what the box is called in its network. */
  public Set<String> names() {
    String own = name.toLowerCase(Locale.ROOT);
    Set<String> names = new HashSet<>(List.of(Page.USUAL_NAME, own, own + ".local"));
    names.add(own + "." + DnsConfig.LAN_DOMAIN);
    Stream.ofNullable(localName).forEach(names::add);
    return names;
  }

  /** By what a browser may call the page, besides the address that it is open at. */
  public Set<String> hosts() {
    Set<String> hosts = names();
    farAddresses.forEach(each -> hosts.add(each.toString()));
    return hosts;
  }

  /** Far shops, to whom the shop's network is another one, see the box at these IPv4 addresses. */
  public void farAddresses(Collection<IpAddress> addresses) {
    farAddresses = Set.copyOf(addresses);
  }

  /** The box is called so from now on. */
  public void name(String other) {
    name = other;
  }

  /** It is found by this name in its network from now on; null for by none. */
  public void localName(String other) {
    localName = other;
  }

  /**
   * Serves at an address, which must be there.
   *
   * @throws IOException where it can't
   */
  public Door open(InetSocketAddress address) throws IOException {
    HttpServer server = HttpServer.create(address, BACKLOG);
    server.setExecutor(threads);
    server.createContext("/", site);
    server.start();
    return () -> server.stop(0);
  }

  /**
   * The same over HTTPS.
   *
   * @param context with the page's certificate
   * @throws IOException where it can't
   */
  public Door openSecure(InetSocketAddress address, SSLContext context) throws IOException {
    HttpsServer server = HttpsServer.create(address, BACKLOG);
    server.setHttpsConfigurator(
        new HttpsConfigurator(context) {
          @Override
          public void configure(HttpsParameters parameters) {
            SSLParameters own = context.getDefaultSSLParameters();
            own.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
            parameters.setSSLParameters(own);
          }
        });
    server.setExecutor(threads);
    server.createContext("/", site);
    server.start();
    return () -> server.stop(0);
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
