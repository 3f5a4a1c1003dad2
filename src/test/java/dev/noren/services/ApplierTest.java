package dev.noren.services;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.plan.Deed;
import dev.noren.plan.ServicePlan;
import dev.noren.plan.TunnelPlan;
import dev.noren.text.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is done to a machine of scripts, and in which order. */
class ApplierTest {
  private static final Deed BAD = new Deed.Command(List.of("sysctl", "-w", "bad"), List.of());

  private FakeMachine fake;
  private Path settings;
  private Supervisor supervisor;
  private Applier applier;
  private final List<String> tunnels = new ArrayList<>();

  @BeforeEach
  void make(@TempDir Path folder) throws IOException {
    fake = new FakeMachine(folder);
    fake.script("sysctl", "case $* in *bad) echo 'this is bad' >&2; exit 1 ;; esac");
    settings = Files.createDirectories(folder.resolve("sys"));
    Files.createDirectories(settings.resolve("net/ipv4/conf/eth0.1"));
    Files.writeString(settings.resolve("net/ipv4/ip_forward"), "0\n");
    Files.writeString(settings.resolve("net/ipv4/conf/eth0.1/rp_filter"), "2\n");
    supervisor =
        new Supervisor(fake.machine.commands(), fake.state, Duration.ofSeconds(60), () -> {});
    applier = new Applier(fake.machine.commands(), settings, supervisor, this::tunnel, () -> 0L);
  }

  @AfterEach
  void end() {
    supervisor.stopAll();
  }

  private void tunnel(TunnelPlan before, TunnelPlan after) {
    tunnels.add(number(before) + ">" + number(after));
  }

  private static String number(TunnelPlan plan) {
    return plan == null ? "-" : "" + plan.number();
  }

  private static Deed ip(String does, String undoes) {
    return new Deed.Command(
        words("ip " + does), undoes == null ? List.of() : words("ip " + undoes));
  }

  private static List<String> words(String text) {
    return List.of(text.split(" ", -1));
  }

  private String refusal(Deed... deeds) {
    return assertThrows(IOException.class, () -> applier.apply(List.of(deeds))).getMessage();
  }

  private String setting(String path) throws IOException {
    return Files.readString(settings.resolve(path)).strip();
  }

  @Test
  void theFirewallDoesNotSeeWhatABridgeCarriesWhereTheKernelHasASwitchForThat() throws Exception {
    applier.leaveBridgesAlone();
    Path bridge = Files.createDirectories(settings.resolve("net/bridge"));
    Files.writeString(bridge.resolve("bridge-nf-call-iptables"), "1\n");
    Files.writeString(bridge.resolve("bridge-nf-call-ip6tables"), "1\n");
    applier.leaveBridgesAlone();
    assertEquals("0\n", Files.readString(bridge.resolve("bridge-nf-call-iptables")));
    assertEquals("0\n", Files.readString(bridge.resolve("bridge-nf-call-ip6tables")));
  }

  @Test
  void doesThemInOrder() throws IOException {
    applier.apply(
        List.of(
            new Deed.Firewall("old", "new"),
            ip("link add br-lan type bridge", "link del br-lan"),
            new Deed.Command(List.of("sysctl", "x"), List.of()),
            new Deed.Tunnel(null, new TunnelPlan(null, 7, 1420, Map.of())),
            new Deed.Setting("net.ipv4.ip_forward", null, "1")));
    assertEquals(
        List.of(
            "nft list table inet noren", "nft -f -", "ip link add br-lan type bridge", "sysctl x"),
        fake.calls());
    assertEquals(List.of("->7"), tunnels);
    assertEquals("1", setting("net/ipv4/ip_forward"));
  }

  @Test
  void takesThoseDoneBackInReverseAndSaysWhatFailedFirst() throws IOException {
    TunnelPlan plan = new TunnelPlan(null, 7, 1420, Map.of());
    String said =
        refusal(
            new Deed.Setting("net.ipv4.ip_forward", null, "1"),
            ip("link add br-lan type bridge", "link del br-lan"),
            new Deed.Command(List.of("sysctl", "a"), List.of("sysctl", "undo", "bad")),
            new Deed.Tunnel(null, plan),
            new Deed.Setting("net.ipv4.conf.eth0/1.rp_filter", "9", "0"),
            BAD,
            ip("link add never type bridge", "link del never"));
    assertEquals("sysctl -w bad failed: this is bad", said);
    assertEquals(
        List.of(
            "ip link add br-lan type bridge",
            "sysctl a",
            "sysctl -w bad",
            "sysctl undo bad",
            "ip link del br-lan"),
        fake.calls(),
        "an undo that fails does not stop the rest");
    assertEquals(List.of("->7", "7>-"), tunnels);
    assertEquals("0", setting("net/ipv4/ip_forward"));
    assertEquals("2", setting("net/ipv4/conf/eth0.1/rp_filter"), "what it really was");
  }

  @Test
  void commandsOfIpGoTogetherAndTheOneThatFailedIsNamed() throws IOException {
    fake.script(
        "ip",
        """
        case $* in
        *-batch*) cat >%s; echo 'RTNETLINK answers: File exists' >&2
          echo 'Command failed -:3' >&2; exit 1 ;;
        esac
        """
            .formatted(settings.resolve("batch")));
    String said =
        refusal(
            ip("-6 route add a", "-6 route del a"),
            ip("-6 route add b", null),
            ip("-6 route add c", "-6 route del c"),
            ip("-6 route add d", "-6 route del d"),
            ip("route add e", "route del e"));
    assertEquals("ip -6 route add c failed: RTNETLINK answers: File exists", said);
    assertEquals(List.of("ip -6 -batch -", "ip -6 route del a"), fake.calls());
    assertEquals(
        "route add a\nroute add b\nroute add c\nroute add d\n",
        Files.readString(settings.resolve("batch")));
  }

  @Test
  void wordsThatABatchWouldReadOtherwiseGoAlone() throws IOException {
    Deed odd =
        new Deed.Command(List.of("ip", "link", "set", "eth0", "alias", "a b#\"c"), List.of());
    applier.apply(List.of(odd, odd, ip("link set eth0 up", null)));
    assertEquals(
        List.of(
            "ip link set eth0 alias a b#\"c",
            "ip link set eth0 alias a b#\"c",
            "ip link set eth0 up"),
        fake.calls());
  }

  @Test
  void aFirewallIsTakenBackInOneTransactionWithoutABreak() throws IOException {
    Path text = settings.resolve("text");
    fake.script(
        "nft",
        """
        case $1 in
        list) printf 'table inet noren {\\n\\tchain input {\\n\\t}\\n'
          test -e %1$s && printf '\\tset t1 {\\n\\t}\\n\\tchain young {\\n\\t}\\n'
          echo '}' ;;
        -f) cat >>%1$s ;;
        esac
        """
            .formatted(text));
    refusal(new Deed.Firewall("OLD", "NEW\n"), BAD);
    assertEquals(
        """
        NEW
        flush chain inet noren young
        OLD
        delete chain inet noren young
        delete set inet noren t1
        """,
        Files.readString(text));
    Files.delete(text);
    refusal(new Deed.Firewall(null, "NEW\n"), BAD);
    assertEquals("NEW\n", Files.readString(text), "never open");
  }

  @Test
  void theFirewallsOwnErrorIsHandedOn() throws IOException {
    fake.script("nft", "case $1 in -f) echo '-:3:7-9: Error: syntax error' >&2; exit 1 ;; esac");
    assertEquals(
        "the firewall can't be changed: nft says -:3:7-9: Error: syntax error",
        refusal(new Deed.Firewall("", "x")));
  }

  @Test
  void aServiceThatCanNotChangeComesBack() throws IOException {
    ServicePlan old = new ServicePlan("dns", List.of("sh", "-c", "sleep 600"), Map.of());
    Path broken = Files.writeString(fake.bin.resolve("dnsmasq"), "#!/nowhere/sh\n");
    Files.setPosixFilePermissions(broken, PosixFilePermissions.fromString("rwx------"));
    ServicePlan young = new ServicePlan("dns", List.of("dnsmasq", "-k"), Map.of());
    applier.apply(List.of(new Deed.Service(null, old)));
    assertTrue(refusal(new Deed.Service(old, young)).startsWith("dns can't be started: "));
    assertTrue(supervisor.states().getFirst().running());
    refusal(new Deed.Service(old, null), BAD);
    assertTrue(supervisor.states().getFirst().running());
    refusal(
        new Deed.Service(null, new ServicePlan("x", List.of("sh", "-c", "sleep 600"), Map.of())),
        BAD);
    assertEquals(1, supervisor.states().size());
  }

  /** The rest of the plan stands without it. */
  @Test
  void aProgramThatIsNotInstalledTakesNothingBack() throws IOException {
    applier.apply(
        List.of(
            new Deed.Firewall("old", "new"),
            ip("link set eth0 up", null),
            new Deed.Service(null, new ServicePlan("dns", List.of("dnsmasq", "-k"), Map.of()))));
    assertEquals(
        List.of("nft list table inet noren", "nft -f -", "ip link set eth0 up"), fake.calls());
    assertEquals(
        List.of(
            "dnsmasq is not installed: it is in Debian's package dnsmasq-base; tell whoever looks"
                + " after the system"),
        Said.english(supervisor.problems()));
  }

  @Test
  void aSettingThatIsNotThereOrLeadsElsewhereIsRefused() {
    assertEquals(
        "the kernel setting net.ipv4.x can't be read: there is none of that name",
        refusal(new Deed.Setting("net.ipv4.x", null, "1")));
    for (String key : List.of("", "//.//.etc.passwd", ".", "../x")) {
      assertThrows(
          IllegalArgumentException.class,
          () -> applier.apply(List.of(new Deed.Setting(key, null, "1"))),
          key);
    }
  }
}
