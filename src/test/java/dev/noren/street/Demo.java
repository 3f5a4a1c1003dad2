package dev.noren.street;

import dev.noren.router.ClientLoad;
import dev.noren.router.LeakWatch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * {@code make demo}: the shop's street on this machine, with a router process in it as the image
 * runs it. {@code ROLE=router} makes it the shop's router; else it stands beside the one that is
 * there. {@code DEMO_ONCE=1} ends it when all was shown. {@code DEMO_COLOR=1}, which the Makefile
 * sets on a terminal, makes it colourful.
 */
public final class Demo {
  private static final String BESIDE =
      """
        the shop's computer ──┬── its own router ── the internet ──┬── the far shop ── hq
                              │   192.168.1.1                      │   203.0.113.2     10.50.0.10
        Noren ────────────────┘                                    │
          ╚═══════════════ a WireGuard tunnel ═════════════════════╡
                                                                   └── web servers, name servers
      """;

  private static final String ROUTER =
      """
        the shop's computer ──── Noren ──────────── the internet ──┬── the far shop ── hq
                                   ║                               │   203.0.113.2   10.50.0.10
                                   ╚═══ a WireGuard tunnel ════════╡
                                                                   └── web servers, name servers
      """;

  /** Long enough for each of the load's loops to come round. */
  private static final long A_WHILE_MS = 3_000;

  /** How often its lights are looked at. */
  private static final long LOOK_MS = 50;

  private final boolean beside;
  private final boolean once = "1".equals(System.getenv("DEMO_ONCE"));
  private final Screen screen = new Screen("1".equals(System.getenv("DEMO_COLOR")));
  private volatile ShopStreet street;
  private volatile ShopTunnel tunnel;
  private volatile NorenRouter router;
  private volatile PageRelay relay;

  private Demo(boolean beside) {
    this.beside = beside;
  }

  /** Shows it; the exit code is 0 when all worked. */
  public static void main(String[] args) throws InterruptedException {
    String role = System.getenv().getOrDefault("ROLE", "beside");
    if (!List.of("beside", "router").contains(role)) {
      System.err.println("make demo: ROLE is " + role + ", but can be beside or router.");
      System.exit(2);
    }
    Demo demo = new Demo(role.equals("beside"));
    Runtime.getRuntime().addShutdownHook(new Thread(demo::end, "demo-end"));
    int code = 1;
    try {
      demo.run();
      code = demo.stay();
    } catch (AssertionError | RuntimeException e) {
      demo.failed(e);
    }
    System.exit(code);
  }

  private void run() {
    screen.title("A shop and its street, on this machine alone");
    screen.plain("\n" + (beside ? BESIDE : ROUTER));
    street =
        step(
            "a network namespace for each of them",
            beside ? ShopStreet::beside : ShopStreet::router);
    tunnel = step("the far shop has a stock wireguard-go", () -> new ShopTunnel(street));

    screen.title(beside ? "Noren, beside the shop's own router" : "Noren, as the shop's router");
    router = new NorenRouter(street.noren());
    step(
        "its document has one tunnel, for the far shop's network (noren config import)",
        this::configure);
    router.useBoard(board());
    step("noren run: a user of its own, with three capabilities", this::start);
    step("the tunnel's ends have shaken hands", this::shaken);

    screen.title("The shop's computer");
    step("has an address", this::address);
    step("reaches hq through the tunnel", () -> see("http://" + ShopStreet.HQ_4, ShopTunnel.OWN_4));
    step(
        "reaches the internet past it, as the shop",
        () -> see("http://shop.example", ShopStreet.SHOP_4));

    screen.title("Everything into the tunnel, and an eavesdropper on the shop's line");
    step("the document is changed, tried and confirmed", this::switchToFull);
    step(
        "the computer reaches the internet as the far shop",
        () -> see("http://" + ShopStreet.WEB_4, ShopStreet.FAR_4));
    listen();

    screen.title("Its lights, which a panel stands for: what is said on the telephone");
    lights();

    screen.title("What the router says");
    say("status");
    say("log", "-n", "8");
    screen.title("Its setup page");
    page();
    tell();
  }

  private String configure() {
    String use = "{\"mode\": \"split\", \"subnets\": [\"10.50.0.0/16\"]}";
    router.configure(
        ShopTunnel.document(
            tunnel.json("\"" + ShopTunnel.OWN_4 + "/32\"", "\"0.0.0.0/0\"", use, "")));
    return "";
  }

  private String start() {
    router.start();
    router.awaitStatus("it answers", "\"name\"");
    return "";
  }

  private String shaken() {
    router.awaitHandshake();
    return "";
  }

  /** Beside, IPv6 is given by hand, since the shop's router would always lead round Noren. */
  private String address() {
    Host pc = street.pc();
    if (!beside) {
      street.askForAddress(pc);
      return address(pc) + ", which Noren gave";
    }
    pc.must("sysctl", "-qw", "net.ipv6.conf.eth0.accept_ra=0");
    street.askForAddress(pc);
    pc.ip("addr add 2001:db8:5::20/64 dev eth0 nodad", "route add ::/0 via 2001:db8:5::1");
    String route = "10.50.0.0/16 via " + address(street.noren());
    street.gate().ip("route replace " + route);
    return address(pc) + "; its own router got the route that noren status asks for:\n" + route;
  }

  private String see(String url, String expected) {
    List<String> command = List.of("curl", "-sS", "--max-time", "5", url + "/cgi-bin/who");
    Wait.until(
        url + " sees " + expected,
        Wait.LONG,
        () -> street.pc().run(command.toArray(String[]::new)).out().strip().equals(expected),
        () -> street.pc().run(command.toArray(String[]::new)).said());
    return "curl " + url + "/cgi-bin/who says it is seen as " + expected;
  }

  private static String address(Host host) {
    return host.must(
            "sh", "-c", "ip -4 -o addr show dev eth0 | sed 's|.* inet \\([0-9.]*\\)/.*|\\1|'")
        .strip();
  }

  private String switchToFull() {
    if (beside) {
      String own = address(street.noren());
      String link =
          street.noren().must("ip", "-6", "-o", "addr", "show", "dev", "eth0", "scope", "link");
      street
          .pc()
          .ip(
              "route replace default via " + own,
              "route replace ::/0 via "
                  + link.replaceAll("(?s).*inet6 (\\S+)/64.*", "$1")
                  + " dev eth0");
    }
    String use = "{\"mode\": \"full\"}";
    return "noren config set tunnels[0].use '"
        + use
        + "'\n"
        + router.noren("config", "set", "tunnels[0].use", use).must()
        + "noren config confirm\n"
        + router.noren("config", "confirm").must()
        + (beside ? "The computer has Noren as its gateway now, as the promise is for those." : "");
  }

  /** The computer sends all it can, and what is heard on the line is counted. */
  private void listen() {
    String ofTunnel = "udp port " + WgEnd.PORT;
    try (LeakWatch watch = new LeakWatch(street);
        Capture sealed = Capture.received(street.internet(), ShopStreet.LINE, ofTunnel);
        ClientLoad load = new ClientLoad(street.pc())) {
      load.start();
      Wait.pause(A_WHILE_MS);
      step(
          "IPv4, IPv6 and DNS of all kinds: nothing leaves outside the tunnel",
          () -> heard(watch, sealed));
      router.kill();
      Wait.pause(A_WHILE_MS);
      step("kill -9 of the router: nothing leaves at all", () -> heard(watch, sealed));
      step("it is started again and the tunnel is back", () -> again(watch, sealed));
    }
  }

  private String heard(LeakWatch watch, Capture sealed) {
    List<String> leaks = watch.leaks();
    if (!leaks.isEmpty()) {
      throw new AssertionError("the eavesdropper heard\n" + String.join("\n", leaks));
    }
    return "tcpdump on the line: %d packets of the tunnel, 0 others"
        .formatted(sealed.packets().size());
  }

  private String again(LeakWatch watch, Capture sealed) {
    router.start();
    router.awaitHandshake();
    return see("http://" + ShopStreet.WEB_4, ShopStreet.FAR_4) + "\n" + heard(watch, sealed);
  }

  private static String board() {
    try {
      return Files.readString(Maker.base().resolve("board/demo/lights"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The far end is pulled while the shop's computer goes on asking it, and put back. */
  private void lights() {
    LightPanel panel = new LightPanel(router.state());
    List<String> well = List.of("green", "green", "green");
    try (Running ping = street.pc().start("ping", "-n", "-i", "0.5", ShopStreet.HQ_4)) {
      step("all is well", () -> shown(panel, well, ping));
      tunnel.far().close();
      step(
          "the far end is gone (it takes 20 s until that is sure)",
          () -> shown(panel, List.of("green", "green", "amber"), ping));
      tunnel.start();
      step("it is back", () -> shown(panel, well, ping));
    }
  }

  private String shown(LightPanel panel, List<String> lamps, Running ping) {
    Wait.until(
        "the lights show " + lamps,
        Duration.ofSeconds(90),
        () -> panel.lamps().equals(lamps),
        () -> panel.lamps() + ping.said());
    return panel.line(screen.isColourful()) + "\n" + router.noren("leds", "show").must();
  }

  private void say(String... arguments) {
    screen.typed("noren " + String.join(" ", arguments));
    screen.said(router.noren(arguments).must());
    screen.plain("");
  }

  /** In a browser of this machine, for as long as the demo runs. */
  private void page() {
    String own = ownAddress();
    relay = PageRelay.open(street.noren(), own);
    if (relay == null) {
      screen.plain(
          "  "
              + PageRelay.PLACE
              + " is taken by another program: the page opens from the shop's computer only, at"
              + " http://"
              + own);
      return;
    }
    step("it answers at http://" + PageRelay.PLACE + " too", () -> "curl says " + relay.look());
    screen.plain(
        (once ? "  While the demo runs, open" : "  Open")
            + " http://"
            + PageRelay.PLACE
            + " in a browser of this machine. It is yours with the set-up code "
            + router.noren("setup-code").must().strip());
  }

  private String ownAddress() {
    return router
        .status()
        .replaceAll("(?s).*\"lan\": ?\\{[^}]*?\"address\": ?\"([0-9.]+)/.*", "$1");
  }

  private void tell() {
    screen.title(once ? "All worked. Who was where:" : "All worked, and all is still up. As root:");
    where(street.pc(), "pc", "the shop's computer");
    where(street.noren(), "box", "Noren");
    if (beside) {
      where(street.gate(), "gate", "the shop's own router");
    }
    where(street.internet(), "net", "the internet; the shop's line is its interface line");
    where(street.web(), "web", "www.example, shop.example, bank.example and two resolvers");
    where(street.far(), "far", "the far shop's wireguard-go");
    where(street.hq(), "hq", "a machine behind it, " + ShopStreet.HQ_4);
    if (once) {
      return;
    }
    screen.plain("  state=" + router.state());
    screen.title("Paste those, and try in this folder:");
    for (String line :
        List.of(
            "./noren status --watch --state $state",
            "pc curl http://"
                + ShopStreet.HQ_4
                + "/cgi-bin/who; pc curl http://shop.example/cgi-bin/who",
            "net tcpdump -n -i line",
            "./noren config set tunnels[0].use.exceptDomains '[\"bank.example\"]' --state $state",
            "./noren config confirm --state $state",
            "box nft list table inet noren",
            "./noren leds identify --state $state; ./noren leds show --state $state",
            "./noren log --state $state",
            "kill -9 " + router.process().pid() + "  # and see that nothing leaks")) {
      screen.plain("  " + line);
    }
    screen.plain("\nCtrl-C ends the demo and cleans up.");
  }

  private void where(Host host, String name, String what) {
    String line = once ? "  %2$-11s %3$s" : "  %-7s{ ip netns exec %-11s \"$@\"; }  # %s";
    screen.plain(line.formatted(name + "()", host.namespace(), what));
  }

  /** Until Ctrl-C, whatever becomes of the router, which may be killed for a try. */
  private int stay() throws InterruptedException {
    if (once) {
      return 0;
    }
    showLights();
    router.process().awaitEnd();
    screen.failed("the router has ended; the street stands until Ctrl-C.");
    Thread.sleep(Long.MAX_VALUE);
    return 1;
  }

  /** At the bottom of a terminal, as they blink, until the demo ends. */
  private void showLights() {
    if (!screen.isColourful()) {
      return;
    }
    LightPanel panel = new LightPanel(router.state());
    Thread thread =
        new Thread(
            () -> {
              while (true) {
                screen.bottom(panel.line(true));
                Wait.pause(LOOK_MS);
              }
            },
            "demo-lights");
    thread.setDaemon(true);
    thread.start();
  }

  private <T> T step(String what, Supplier<T> action) {
    T result;
    try {
      result = action.get();
    } catch (AssertionError e) {
      throw new AssertionError(what + ": " + e.getMessage(), e);
    }
    screen.worked(what);
    if (result instanceof String more && !more.isBlank()) {
      screen.said(more);
    }
    return result;
  }

  /** In Noren's own words, where it has said any. */
  private void failed(Throwable failure) {
    String[] parts = String.valueOf(failure.getMessage()).split("\n", 2);
    screen.failed(parts[0]);
    if (parts.length > 1) {
      screen.said(parts[1]);
    }
    if (router != null && router.process() != null) {
      screen.plain("    What the router said last:");
      List<String> words = router.process().said().lines().toList();
      screen.said(String.join("\n", words.subList(Math.max(0, words.size() - 15), words.size())));
    }
  }

  /** However it ends; who builds the street has finished or failed by then. */
  private void end() {
    screen.silence();
    synchronized (Machine.BUILDING) {
      Stream.of(relay, router, tunnel, street).filter(Objects::nonNull).forEach(Demo::close);
    }
    Machine.removeOwnFolders();
    screen.last("cleaned up");
  }

  /** What can't be removed now, the next run removes. */
  private static void close(AutoCloseable part) {
    try {
      part.close();
    } catch (Exception e) {
      System.err.println("make demo: " + e.getMessage());
    }
  }
}
