package dev.noren.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.config.HostPort;
import dev.noren.config.TunnelName;
import dev.noren.control.PairingDesk;
import dev.noren.text.Sentence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PairingCommandsTest implements PairingDesk {
  private static final String LINE = "noren1:" + "Aa0_-".repeat(40);
  private static final Instant EXPIRES = Instant.parse("2026-10-06T08:00:00.5Z");

  private final Shell shell = new Shell();
  private final List<String> asked = new ArrayList<>();
  private List<Pair> pairs = List.of();

  @TempDir private Path folder;

  @BeforeEach
  void isAsked() {
    shell.host.pairing = this;
  }

  @Override
  public Invited invite(TunnelName form, String shop, HostPort far, String author) {
    asked.add("invite " + form + " " + shop + " " + far);
    return new Invited(LINE, EXPIRES, List.of(Sentence.plain("nobody can call in over IPv4")));
  }

  @Override
  public List<Sentence> join(String line, TunnelName form, String shop, String author) {
    asked.add("join " + line.strip() + " " + form + " " + shop);
    return List.of(Sentence.plain("the clocks differ by an hour"));
  }

  @Override
  public List<Pair> pairings() {
    return pairs;
  }

  @Override
  public Pair accept(TunnelName form, String author) throws IOException {
    if (pairs.isEmpty()) {
      throw new IOException("there is no pairing at " + form);
    }
    return pairs.getFirst();
  }

  @Override
  public void refuse(TunnelName form, String author) {
    asked.add("refuse " + form);
  }

  @Test
  void theLineIsAllThatStandardOutputHas() {
    assertEquals(
        Exit.DONE,
        shell.run("invite", "shops", "--shop", "上野", "--far", "[2001:db8::7]:51820"),
        shell.err);
    assertEquals(LINE + "\n", shell.out);
    assertTrue(shell.err.contains("nobody can call in over IPv4"), shell.err);
    assertTrue(shell.err.contains("until 2026-10-06T08:00:00Z"), shell.err);
    assertEquals(List.of("invite shops 上野 [2001:db8::7]:51820"), asked);
  }

  @Test
  void aCameraReadsTheLine() throws Exception {
    assertEquals(Exit.DONE, shell.run("invite", "shops", "--qr"), shell.err);
    assertTrue(shell.out.startsWith(LINE + "\n"), shell.out);
    assertEquals(LINE, QrPictureTest.read(shell.out.substring(LINE.length() + 1), false));
  }

  @Test
  void aFileIsNewAndForNobodyElse() throws IOException {
    Path file = folder.resolve("invitation");
    assertEquals(Exit.DONE, shell.run("invite", "shops", "--file", "" + file), shell.err);
    assertEquals("", shell.out);
    assertEquals(LINE + "\n", Files.readString(file));
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    assertEquals(Exit.FAILED, shell.run("invite", "shops", "--file", "" + file));
    assertEquals("noren: " + file + " exists already: name another file.\n", lastLine(shell.err));
  }

  @Test
  void anInvitationIsALineAFileOrStandardInput() throws IOException {
    Path file = Files.writeString(folder.resolve("invitation"), LINE + "\n");
    shell.input = LINE + "\n";
    assertEquals(Exit.DONE, shell.run("join", LINE), shell.err);
    assertEquals(Exit.DONE, shell.run("join", "" + file, "--form", "tokyo"), shell.err);
    assertEquals(Exit.DONE, shell.run("join", "-", "--shop", "東京"), shell.err);
    assertTrue(shell.err.contains("the clocks differ by an hour"), shell.err);
    assertEquals(
        List.of(
            "join " + LINE + " null null",
            "join " + LINE + " tokyo null",
            "join " + LINE + " null 東京"),
        asked);
  }

  @Test
  void anotherVpnsFileIsNamed() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("shop.ovpn"), "client\ndev tun\nproto udp\nremote vpn.example 1194\n");
    assertEquals(Exit.FAILED, shell.run("join", "" + file));
    assertTrue(shell.err.contains("is an OpenVPN profile (.ovpn)"), shell.err);
    assertEquals(List.of(), asked);
  }

  @Test
  void digitsAreShownAsTheyAreSaid() {
    shell.run("pair");
    assertEquals("No pairing is under way.\n", shell.out);
    pairs =
        List.of(
            new Pair(
                new TunnelName("shops"),
                true,
                "上野",
                "012345",
                "10.52.0.0/24",
                Sentence.plain("it waits for both persons"),
                EXPIRES,
                List.of(Sentence.plain("Osaka does not know it yet"))));
    assertEquals(Exit.DONE, shell.run("pair"), shell.err);
    String text =
        """
        shops: invites 上野 (10.52.0.0/24)
          digits  012 345
          state   it waits for both persons
          until   2026-10-06T08:00:00Z
          note    Osaka does not know it yet
        """;
    assertEquals(text, shell.out);
    assertEquals(Exit.DONE, shell.run("pair", "accept", "shops"), shell.err);
    assertEquals(text, shell.out);
  }

  @Test
  void whatIsNotIsOneSentence() {
    assertEquals(Exit.FAILED, shell.run("pair", "accept", "shops"));
    assertEquals("noren: there is no pairing at shops.\n", shell.err);
    assertEquals(Exit.DONE, shell.run("pair", "refuse", "shops"), shell.err);
    assertEquals(List.of("refuse shops"), asked);
    assertEquals(Exit.FAILED, shell.run("invite", "shops", "--far", "nowhere"));
    assertTrue(shell.err.startsWith("noren: --far: "), shell.err);
    assertEquals(Exit.FAILED, shell.run("invite", "shops", "--qr", "--file", "x"));
    assertEquals("noren: a file has no QR code: leave --qr or --file out.\n", shell.err);
  }

  private static String lastLine(String text) {
    return text.lines().reduce((first, second) -> second).orElse("") + "\n";
  }
}
