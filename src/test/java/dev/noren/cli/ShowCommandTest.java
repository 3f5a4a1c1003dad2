package dev.noren.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The layout as such; that it is wg's is shown by {@code ShowStockIT}. */
class ShowCommandTest {
  private static final String KEY_HEX =
      "c809f3e5317e9575c9b5ed78b638b7ce530dabe85ddab614220241801ddf0669";
  private static final String PEER_HEX =
      "c53201039adba14be71f886da1d8dbe9eebded08cb111b7534007899aa a9f038".replace(" ", "");
  private static final String PEER = "xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4maqp8Dg=";

  private final Shell shell = new Shell();

  @BeforeEach
  void oneInterface() {
    shell.host.answers.put(
        "hq",
        String.join(
            "\n",
            "private_key=" + KEY_HEX,
            "listen_port=51820",
            "fwmark=51820",
            "public_key=" + PEER_HEX,
            "preshared_key=" + "0".repeat(64),
            "protocol_version=1",
            "endpoint=[2001:db8::7]:7",
            "last_handshake_time_sec=1699999937",
            "last_handshake_time_nsec=5",
            "tx_bytes=1152",
            "rx_bytes=3",
            "persistent_keepalive_interval=25",
            "allowed_ip=10.0.0.0/8",
            "allowed_ip=fd00::/8",
            "errno=0",
            "",
            ""));
  }

  private String show(String... rest) {
    String[] args = new String[rest.length + 1];
    args[0] = "show";
    System.arraycopy(rest, 0, args, 1, rest.length);
    assertEquals(Exit.DONE, shell.run(args), shell.err);
    return shell.out;
  }

  @Test
  void isForPeople() {
    String expected =
        """
        interface: hq
          public key: HIgo9xNzJMWLKASShiTqIybxZ0U3wGLiUeJ1PKf8ykw=
          private key: (hidden)
          listening port: 51820
          fwmark: 0xca6c

        peer: %s
          endpoint: [2001:db8::7]:7
          allowed ips: 10.0.0.0/8, fd00::/8
          latest handshake: 1 minute, 3 seconds ago
          transfer: 3 B received, 1.12 KiB sent
          persistent keepalive: every 25 seconds
        """
            .formatted(PEER);
    assertEquals(expected, show("hq"));
    assertEquals(expected, show());
    assertEquals(expected, show("all"));
  }

  @Test
  void showsKeysOnlyToThoseWhoInsist() {
    shell.environment.put("WG_HIDE_KEYS", "never");
    assertTrue(show("hq").contains("  private key: yAnz5TF+"));
    shell.environment.put("WG_HIDE_KEYS", "always");
    assertTrue(show("hq").contains("  private key: (hidden)"));
  }

  @Test
  void coloursOnlyWhereTheyAreWanted() {
    shell.environment.put("WG_COLOR_MODE", "always");
    assertTrue(show("hq").startsWith("\u001b[0m\u001b[32m\u001b[1minterface\u001b[0m: "));
    shell.environment.put("WG_COLOR_MODE", "auto");
    assertTrue(show("hq").startsWith("interface: "));
  }

  @Test
  void separatesSeveralAndSurvivesABrokenOne() {
    shell.host.answers.put("branch", "errno=0\n\n");
    shell.host.answers.put("aaa", "errno=-5\n\n");
    shell.host.answers.put("bbb", "listen_port=1\n");
    String all = show();
    assertTrue(all.startsWith("interface: branch\n\ninterface: hq\n"), all);
    assertEquals(
        """
        noren: aaa answered with something that can't be read.
        noren: bbb ended its answer too early.
        """,
        shell.err);
    assertEquals("aaa bbb branch hq\n", show("interfaces"));
  }

  @Test
  void aBareInterfaceHasLittleToShow() {
    shell.host.answers.put("bare", "errno=0\n\n");
    assertEquals("interface: bare\n", show("bare"));
    assertEquals("(none)\t(none)\t0\toff\n", show("bare", "dump"));
    assertEquals("", show("bare", "peers"));
  }

  @Test
  void fieldsAreForScripts() {
    assertEquals(PEER + "\t10.0.0.0/8 fd00::/8\n", show("hq", "allowed-ips"));
    assertEquals("hq\t" + PEER + "\t1699999937\n", show("all", "latest-handshakes"));
    assertEquals(
        "yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk=\t"
            + "HIgo9xNzJMWLKASShiTqIybxZ0U3wGLiUeJ1PKf8ykw=\t51820\t0xca6c\n"
            + PEER
            + "\t(none)\t[2001:db8::7]:7\t10.0.0.0/8,fd00::/8\t1699999937\t3\t1152\t25\n",
        show("hq", "dump"));
  }

  @ParameterizedTest
  @CsvSource({
    "[fe80::1%1]:7, [fe80::1%lo]:7",
    "[fe80::1%999999999]:7, [fe80::1%999999999]:7",
    "[fe80::1%eth0]:7, [fe80::1%eth0]:7",
    "192.0.2.1:7, 192.0.2.1:7",
  })
  void aLinkIsShownByName(String endpoint, String shown) {
    String answer = "public_key=" + PEER_HEX + "\nendpoint=" + endpoint + "\nerrno=0\n\n";
    shell.host.answers.put("hq", answer);
    assertEquals(PEER + "\t" + shown + "\n", show("hq", "endpoints"));
  }

  @Test
  void noInterfaceIsNoFailure() {
    shell.host.answers.clear();
    assertEquals("", show());
    assertEquals("", show("interfaces"));
  }

  @Test
  void failsForWhatIsNotThere() {
    assertEquals(Exit.FAILED, shell.run("show", "nope"));
    assertEquals("noren: there is no interface nope.\n", shell.err);
    shell.host.answers.clear();
    shell.host.answers.put("x", "errno=5\n\n");
    assertEquals(Exit.FAILED, shell.run("show"));
    assertEquals("noren: x answered with error number 5.\n", shell.err);
  }

  @Test
  void anUnknownFieldIsWrongUsage() {
    assertEquals(Exit.USAGE, shell.run("show", "hq", "endpoint"));
    assertTrue(shell.err.contains("there is no field endpoint: did you mean endpoints?"));
    assertEquals(Exit.USAGE, shell.run("show", "interfaces", "dump"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0|0 B",
        "1023|1023 B",
        "1024|1.00 KiB",
        "1152|1.12 KiB",
        "1157|1.13 KiB",
        "1048575|1024.00 KiB",
        "1048576|1.00 MiB",
        "1073741823|1024.00 MiB",
        "1610612736|1.50 GiB",
        "1099511627776|1.00 TiB",
        "18446744073709551615|16777216.00 TiB",
      })
  void sizesAreRoundedAsCDoes(String bytes, String text) {
    HumanUnits units = new HumanUnits(new Paint(false));
    assertEquals(text, units.bytes(Long.parseUnsignedLong(bytes)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0|Now",
        "1|1 second ago",
        "-1|(System clock wound backward; connection problems may ensue.)",
        "3600|1 hour ago",
        "31626061|1 year, 1 day, 1 hour, 1 minute, 1 second ago",
        "172802|2 days, 2 seconds ago",
      })
  void timesAreInWords(long secondsAgo, String text) {
    long now = Instant.parse("2026-01-01T00:00:00Z").getEpochSecond();
    assertEquals(text, new HumanUnits(new Paint(false)).ago(now - secondsAgo, now));
  }

  @Test
  void standardOutputThatFailsIsAFailure() {
    Surroundings broken =
        new Surroundings(
            System.in,
            new java.io.PrintStream(
                new java.io.OutputStream() {
                  @Override
                  public void write(int b) throws java.io.IOException {
                    throw new java.io.IOException("full");
                  }
                },
                false,
                StandardCharsets.UTF_8),
            System.err,
            shell.outFile,
            shell.environment,
            "root",
            () -> shell.now,
            List.of());
    assertEquals(Exit.FAILED, new Cli(shell.host, broken).run("show"));
  }
}
