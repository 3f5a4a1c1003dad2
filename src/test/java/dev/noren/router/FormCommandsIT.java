package dev.noren.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.street.Host;
import dev.noren.street.Machine;
import dev.noren.street.NorenRouter;
import dev.noren.street.Ping;
import dev.noren.street.Ran;
import dev.noren.street.ShopStreet;
import dev.noren.street.TempFolder;
import dev.noren.street.Wait;
import java.io.IOException;
import java.nio.file.Files;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A person lets a telephone in by the command line alone, and takes it out again. */
class FormCommandsIT {
  private static final String OWN_4 = "10.8.0.1";

  private final TempFolder folder = new TempFolder();
  private final String name = Machine.interfaceName();
  private ShopStreet street;
  private NorenRouter router;
  private Host phone;
  private Map<String, String> environment;
  private String file;

  @BeforeEach
  void build() {
    street = ShopStreet.router();
    phone = street.phone();
    router = new NorenRouter(street.noren());
    router.configure(
        """
        {"schema": 1, "role": "router", "lan": {"address": "10.77.0.1/24"}}
        """);
    router.start();
    router.awaitStatus("the line has an address", "\"address\": \"100\\.64\\.7\\.1\\d\\d/24\"");
    street.askForAddress(street.pc());
    // What wg-quick hands name servers to, which this machine may not have.
    folder.script("resolvconf", "[ \"$1\" = -d ] || cat >" + folder.path() + "/dns\n");
    environment =
        Map.of(
            "PATH",
            folder.path() + ":" + System.getenv("PATH"),
            "WG_QUICK_USERSPACE_IMPLEMENTATION",
            "wireguard-go");
  }

  @AfterEach
  void remove() throws IOException {
    phone.run("ip", "link", "del", "dev", name);
    Files.deleteIfExists(Machine.SOCKETS.resolve(name + ".sock"));
    router.close();
    street.close();
    folder.close();
  }

  private static String address(Host host) {
    String all = host.must("ip", "-4", "-o", "addr", "show", "dev", "eth0");
    return all.replaceAll("(?s).* inet ([0-9.]+)/.*", "$1");
  }

  private void wgQuick(String verb) {
    phone.runIn(environment, "wg-quick", verb, file).must();
  }

  private String list() {
    return router.noren("device", "list").must();
  }

  @Test
  void fromTheFormToTrafficAndItsEnd() {
    Ran tried =
        router.noren(
            "form",
            "add",
            "remote",
            "staff",
            "endpoint=" + address(street.noren()),
            "addresses=[\"" + OWN_4 + "/24\"]");
    assertTrue(tried.must().contains("unless you confirm it"), tried.toString());
    router.noren("config", "confirm").must();
    Ran added = router.noren("device", "add", "staff", "phone");
    String conf = added.must();
    assertTrue(added.err().contains("Saved as number"), "without a trial: " + added);
    assertTrue(conf.contains("10.77.0.0/24"), "the shop's network: " + conf);
    Matcher key = Pattern.compile("PrivateKey = (.*)").matcher(conf);
    assertTrue(key.find(), conf);
    assertFalse(router.allFiles().contains(key.group(1)), "the private key is kept nowhere");
    String allowed = router.noren("access", "allow", "device:phone", "10.77.0.0/24", "icmp").must();
    assertTrue(allowed.startsWith("Saved as number"), "without a trial: " + allowed);

    file = folder.write(name + ".conf", conf);
    wgQuick("up");
    assertEquals("nameserver " + OWN_4 + "\n", folder.read("dns"));
    Ping.answers(phone, OWN_4);
    Ping.answers(phone, address(street.pc()));
    assertTrue(
        list().matches("(?s).*phone +staff +- +10\\.8\\.0\\.2 +(now|\\d+ second).*"), list());
    assertTrue(router.noren("form", "list").must().contains("up, 1 of 1 connected"));

    router.stop();
    String today = LocalDate.now(ZoneOffset.UTC).toString();
    assertTrue(list().contains(today), "it is remembered: " + list());
    router.start();
    router.awaitStatus("the line has an address", "\"address\": \"100\\.64\\.7\\.1\\d\\d/24\"");
    wgQuick("down");
    wgQuick("up");
    Ping.answers(phone, address(street.pc()));

    String lost = router.noren("device", "lost", "phone").must();
    assertTrue(lost.startsWith("Saved as number"), "at once: " + lost);
    Wait.until("nothing answers it", () -> Ping.isSilent(phone, OWN_4));
    wgQuick("down");
    wgQuick("up");
    assertTrue(Ping.isSilent(phone, OWN_4));
    assertTrue(Ping.isSilent(phone, address(street.pc())));
    String handshake = phone.must("wg", "show", name, "latest-handshakes");
    assertTrue(handshake.endsWith("\t0\n"), "no handshake: " + handshake);
    assertTrue(list().contains("lost: not let in"), list());
    wgQuick("down");
  }
}
