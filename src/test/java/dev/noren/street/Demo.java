package dev.noren.street;

import java.util.List;
import java.util.function.Supplier;

/**
 * {@code make demo}: the shop's street on this machine, with a router process in it as the image
 * runs it. {@code ROLE=router} makes it the shop's router; else it stands beside the one that is
 * there. {@code DEMO_ONCE=1} ends it when all was shown.
 */
public final class Demo implements AutoCloseable {
  private static final String OK = "  \033[32m✓\033[0m ";
  private static final String BAD = "  \033[31m✗\033[0m ";

  private final boolean beside;

  /** The Makefile says whether it writes to a terminal. */
  private final boolean colour = "1".equals(System.getenv("DEMO_COLOR"));

  private ShopStreet street;
  private ShopTunnel tunnel;
  private NorenRouter router;

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
    int code = 1;
    Demo demo = new Demo(role.equals("beside"));
    Thread ending = new Thread(demo::close, "demo-end");
    Runtime.getRuntime().addShutdownHook(ending);
    try {
      demo.run();
      code = 0;
      if (!"1".equals(System.getenv("DEMO_ONCE"))) {
        demo.stay();
        code = 1;
      }
    } catch (AssertionError e) {
      demo.say(BAD, e.getMessage());
    }
    System.exit(code);
  }

  private void run() {
    title("A shop in its street, in network namespaces of this machine");
    street =
        step(
            "the internet, a far shop, a web server, a shop" + (beside ? " with a router" : ""),
            beside ? ShopStreet::beside : ShopStreet::router);
    tunnel = step("wireguard-go at the far shop", () -> new ShopTunnel(street));
    title(beside ? "Noren beside the shop's router" : "Noren as the shop's router");
    router = new NorenRouter(street.noren());
    step("its document (noren config import)", () -> configure());
    step("noren run, as a user of its own with three capabilities", () -> start());
    step("the tunnel has shaken hands", () -> shaken());
    title("The shop's computer");
    step("has an address by DHCP", () -> address());
    step(
        "sees the far shop's web server, which sees the tunnel's address",
        () -> see(ShopStreet.HQ_4, ShopTunnel.OWN_4));
    step(
        "sees the internet's web server, which sees the line's address",
        () -> see("shop.example", ShopStreet.SHOP_4));
    title("What the router says (noren status)");
    System.out.print(router.noren("status").must().indent(4));
    tell();
  }

  private String configure() {
    router.configure(ShopTunnel.document(tunnel.split()));
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

  private String address() {
    street.askForAddress(street.pc());
    if (beside) {
      street.gate().ip("route replace 10.50.0.0/16 via " + address(street.noren(), "eth0"));
      return address(street.pc(), "eth0")
          + "; the shop's router has the route that noren status names";
    }
    return address(street.pc(), "eth0") + " from Noren";
  }

  private String see(String server, String seen) {
    String who = street.who(street.pc(), server).must().strip();
    if (!who.equals(seen)) {
      throw new AssertionError("http://" + server + " saw " + who + " and not " + seen);
    }
    return "curl http://" + server + "/cgi-bin/who: " + who;
  }

  private static String address(Host host, String device) {
    return host.must(
            "sh",
            "-c",
            "ip -4 -o addr show dev " + device + " | sed 's|.* inet \\([0-9.]*\\)/.*|\\1|'")
        .strip();
  }

  private void tell() {
    title("Who is where");
    where(street.pc(), "the shop's computer");
    where(street.noren(), "Noren");
    if (beside) {
      where(street.gate(), "the shop's own router");
    }
    where(street.internet(), "the internet; the shop's line is its interface line");
    where(street.web(), "www.example, shop.example, bank.example and two resolvers");
    where(street.far(), "the far shop's wireguard-go");
    where(street.hq(), "a machine behind it, " + ShopStreet.HQ_4);
    if ("1".equals(System.getenv("DEMO_ONCE"))) {
      title("All worked.");
      return;
    }
    title("All worked, and all is still up. Try as root in another terminal:");
    String state = router.state().toString();
    String pc = "ip netns exec " + street.pc().namespace();
    String box = "ip netns exec " + street.noren().namespace();
    for (String line :
        List.of(
            "./noren status --watch --state " + state,
            pc + " curl http://" + ShopStreet.HQ_4 + "/cgi-bin/who",
            pc + " curl http://www.example/cgi-bin/who",
            "ip netns exec " + street.internet().namespace() + " tcpdump -n -i line",
            "./noren config set tunnels[0].use.mode full --state " + state,
            "./noren config confirm --state " + state,
            box + " nft list table inet noren",
            "kill -9 " + router.process().pid() + "   # and see that nothing leaks")) {
      System.out.println("  " + line);
    }
    System.out.println("\nCtrl-C ends the demo and cleans up.");
  }

  private void where(Host host, String what) {
    System.out.printf("  ip netns exec %-12s %s%n", host.namespace(), what);
  }

  /** Until Ctrl-C, or until the router ends, which it should not. */
  private void stay() throws InterruptedException {
    while (router.process().isAlive()) {
      Thread.sleep(500);
    }
    say(BAD, "the router has ended: " + router.process().said());
  }

  private <T> T step(String what, Supplier<T> action) {
    T result;
    try {
      result = action.get();
    } catch (AssertionError e) {
      throw new AssertionError(what + ": " + e.getMessage(), e);
    }
    say(OK, what);
    if (result instanceof String more && !more.isEmpty()) {
      System.out.println("      " + more);
    }
    return result;
  }

  private void title(String text) {
    System.out.println("\n" + text);
  }

  private void say(String mark, String text) {
    System.out.println((colour ? mark : mark.replaceAll("\033\\[\\d*m", "")) + text);
  }

  @Override
  public void close() {
    if (router != null) {
      router.close();
    }
    if (tunnel != null) {
      tunnel.close();
    }
    if (street != null) {
      street.close();
    }
    say(OK, "cleaned up");
  }
}
