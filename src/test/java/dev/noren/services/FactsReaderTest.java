package dev.noren.services;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.noren.net.IpAddress;
import dev.noren.plan.Action;
import dev.noren.plan.MachineFacts;
import dev.noren.plan.Undo;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FactsReaderTest {
  /** What iproute2 6.1 prints. */
  private static final String IP =
      """
      case "$*" in
      "-N -4 rule show") cat <<'EOF'
      0:	from all lookup 255
      5209:	from all lookup 254 suppress_prefixlength 0
      5210:	not from all fwmark 0xca6c lookup 51820
      32766:	from all lookup 254
      32767:	from all lookup 253
      EOF
      ;;
      "-N -6 rule show") cat <<'EOF'
      0:	from all lookup 255
      32766:	from all lookup 254
      EOF
      ;;
      "-N -4 route show table all") cat <<'EOF'
      default via 198.51.100.1 dev eth0
      default dev wg0 table 51821 scope 4
      unreachable default table 51823 metric 4096
      local 127.0.0.1 dev lo table 255 proto 2 scope 254 src 127.0.0.1
      EOF
      ;;
      "-N -6 route show table all") echo 'default dev wg0 table 51822 metric 1024 pref medium' ;;
      "-N route get 192.0.2.1") echo '192.0.2.1 via 198.51.100.1 dev eth0 src 198.51.100.7 uid 0' ;;
      "-N route get 192.0.2.2")
        printf '192.0.2.2 via 198.51.100.1 dev eth0 src 198.51.100.7 uid 0 \\n    cache expires 59sec mtu 1400\\n' ;;
      "-N route get 192.0.2.3") exit 2 ;;
      "-N route show default") echo 'default via 198.51.100.1 dev eth0 mtu lock 1300' ;;
      "link show dev eth0") echo '2: eth0: <BROADCAST> mtu 1492 qdisc noop state UP' ;;
      *) exit 9 ;;
      esac
      """;

  private FakeMachine fake;

  @BeforeEach
  void make(@TempDir Path folder) throws IOException {
    fake = new FakeMachine(folder);
    fake.script("ip", IP);
    fake.script("sysctl", sysctl(0, 0));
  }

  private static String sysctl(int disableIpv6, int validMark) {
    return """
    case "$*" in
    *disable_ipv6) printf '0\\n%d\\n' ;;
    *) echo %d ;;
    esac
    """
        .formatted(disableIpv6, validMark);
  }

  private MachineFacts read(String... endpoints) throws IOException {
    return new FactsReader(fake.machine.commands())
        .read(List.of(endpoints).stream().map(IpAddress::parse).toList(), List.of());
  }

  @Test
  void readsTablesAndRules() throws IOException {
    MachineFacts facts = read();
    assertEquals(Set.of(253L, 254L, 255L, 51820L, 51821L, 51822L, 51823L), facts.tablesInUse());
    assertEquals(5209, facts.firstRuleV4());
    assertEquals(32766, facts.firstRuleV6());
    assertEquals(true, facts.ipv6());
    assertEquals(0, facts.srcValidMark());
  }

  @Test
  void theLeastMtuCounts() throws IOException {
    assertEquals(1492, read("192.0.2.1").outerMtuBytes());
    assertEquals(1400, read("192.0.2.1", "192.0.2.2").outerMtuBytes());
    assertEquals(1400, read("192.0.2.3", "192.0.2.2", "192.0.2.1").outerMtuBytes());
    assertEquals(0, read("192.0.2.3").outerMtuBytes());
    assertEquals(1300, read().outerMtuBytes());
  }

  @Test
  void withoutIpv6NothingOfItIsAsked() throws IOException {
    fake.script("sysctl", sysctl(1, 1));
    MachineFacts facts = read();
    assertEquals(false, facts.ipv6());
    assertEquals(1, facts.srcValidMark());
    assertEquals(MachineFacts.MAIN_RULE, facts.firstRuleV6());
    assertEquals(List.of(), fake.calls().stream().filter(call -> call.contains("-6")).toList());
  }

  @Test
  void whatAnotherTunnelWillPutBackIsWhatWasThere() throws IOException {
    fake.script("sysctl", sysctl(0, 1));
    Undo undo =
        new Undo(
            Action.Command.of("sysctl", "-q", "net.ipv4.conf.all.src_valid_mark=0"),
            Undo.Scope.SHARED);
    FactsReader reader = new FactsReader(fake.machine.commands());
    assertEquals(1, reader.read(List.of(), List.of()).srcValidMark());
    assertEquals(0, reader.read(List.of(), List.of(undo)).srcValidMark());
  }
}
