package dev.noren.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import dev.noren.access.OwnerAccess;
import dev.noren.access.SetupCode;
import dev.noren.access.TotpSecret;
import dev.noren.config.Documents;
import dev.noren.control.FakeRouter;
import dev.noren.control.SupportDesk.Support;
import dev.noren.net.IpAddress;
import dev.noren.net.PrivateNetworks;
import dev.noren.services.CommandRunner;
import dev.noren.state.OwnerFiles;
import dev.noren.status.LogEntry;
import dev.noren.support.SupportText;
import dev.noren.tunnel.Drop;
import dev.noren.update.UpdateState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A support file of a box that has every secret, told by everybody who is asked. */
class SupportFileTest {
  private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");
  private static final String PASSPHRASE = "plover kettle ninth lantern";
  private static final Pattern IN_DOCUMENT =
      Pattern.compile(
          "\"(?:privateKey|presharedKey|password|totpSecret)\": *\"((?:[^\"\\\\]|\\\\.)+)\"");
  private static final Pattern DOTTED = Pattern.compile("[0-9]+\\.[0-9]+\\.[0-9]+\\.[0-9]+");

  @TempDir private Path state;
  private final FakeRouter router = new FakeRouter();
  private final List<String> secrets = new ArrayList<>();

  /** What the box itself does not know any more. */
  private final List<String> elsewhere = new ArrayList<>();

  private final List<String> log = new ArrayList<>();
  private final List<String> asked = new ArrayList<>();
  private final List<Boolean> writing = new ArrayList<>();
  private IOException failure;
  private SupportFile desk;

  @BeforeEach
  void make() throws Exception {
    Files.setPosixFilePermissions(state, PosixFilePermissions.fromString("rwx------"));
    IN_DOCUMENT
        .matcher(Documents.FULL)
        .results()
        .map(found -> found.group(1).replace("\\\"", "\""))
        .forEach(secrets::add);
    assertTrue(secrets.size() > 8, "the document has all kinds");
    own();
    // Whoever is asked for something says all of it.
    Path said = Files.writeString(state.resolve("said"), String.join("\n", secrets) + "\n");
    Files.writeString(state.resolve("crash.log"), "# crashed\nRAX=" + secrets.getFirst() + "\n");
    Path bin = Files.createDirectory(state.resolve("bin"));
    for (String name : List.of("nft", "ip", "dnsmasq", "busybox")) {
      Path program = bin.resolve(name);
      Files.writeString(
          program, "#!/bin/sh\necho \"203.0.113.77 via 2001:db8:7::7\"\ncat " + said + "\n");
      Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    }
    for (String secret : secrets) {
      router.entries.add(new LogEntry(NOW, LogEntry.Kind.ROUTER, "-", "it is " + secret));
    }
    CommandRunner commands =
        new CommandRunner(List.of(), List.of(bin, Path.of("/usr/bin"), Path.of("/bin")));
    desk =
        new SupportFile(
            state,
            new SupportParts(
                state,
                SupportSources.of(
                    () -> router, () -> Map.of("hq", Map.of(Drop.BAD_MAC1, 7L, Drop.NO_PEER, 0L))),
                commands),
            router::update,
            this::help,
            writing::add,
            (who, what) -> log.add(who + ": " + what),
            () -> NOW);
  }

  /** The box becomes somebody's, with all that proves who he is. */
  private void own() throws Exception {
    OwnerFiles files = new OwnerFiles(state);
    OwnerAccess access =
        new OwnerAccess(null, new SetupCode("K7MQ-2XWD"), files::keep, new SecureRandom());
    OwnerAccess.Decision claimed =
        access.claim("a", "K7MQ-2XWD", () -> false, PASSPHRASE, List.of("noren"), 0);
    byte[] key = HexFormat.of().parseHex("48656c6c6f21deadbeef48656c6c6f21deadbeef");
    String code =
        new TimeBasedOneTimePasswordGenerator()
            .generateOneTimePasswordString(new SecretKeySpec(key, "HmacSHA1"), NOW);
    TotpSecret totp = new TotpSecret("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP");
    elsewhere.addAll(access.addSecondFactor(totp, code, NOW));
    elsewhere.add(PASSPHRASE);
    secrets.addAll(List.of(totp.base32(), claimed.session().token(), claimed.session().proof()));
    files
        .owner()
        .lines()
        .filter(line -> !line.startsWith("step "))
        .forEach(line -> secrets.add(line.split(" ", 2)[1]));
  }

  private void help(String request) throws IOException {
    Path file = state.resolve("support/file");
    asked.add(request + ": " + Files.readString(file));
    if (failure != null) {
      throw failure;
    }
  }

  private String text(boolean hideAddresses) throws IOException {
    return desk.support(hideAddresses, false, "akira").text();
  }

  /** As it is, as base64 without its end, and as hex. */
  private static List<String> forms(String secret) {
    List<String> forms = new ArrayList<>(List.of(secret.replaceAll("=+$", "")));
    byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
    forms.add(Base64.getEncoder().withoutPadding().encodeToString(bytes));
    forms.add(HexFormat.of().formatHex(bytes));
    if (secret.matches("[A-Za-z0-9+/]{43}=")) {
      forms.add(HexFormat.of().formatHex(Base64.getDecoder().decode(secret)));
    }
    return forms;
  }

  @Test
  void noSecretIsInIt() throws IOException {
    for (boolean hide : new boolean[] {false, true}) {
      String text = text(hide).toLowerCase(Locale.ROOT);
      for (List<String> each : List.of(secrets, elsewhere)) {
        for (String secret : each) {
          for (String form : forms(secret)) {
            assertFalse(text.contains(form.toLowerCase(Locale.ROOT)), secret + " is in\n" + text);
          }
        }
      }
    }
    assertEquals(List.of("akira: made a support file", "akira: made a support file"), log);
  }

  @Test
  void whatHelpsIsInIt() throws IOException {
    String text = text(false);
    for (String helps :
        List.of(
            "Noren サポート用ファイル",
            "Noren support file, 2026-11-29",
            "signal: up",
            "nothing was found",
            "7 made for another public key",
            "\"state\": \"idle\"",
            "\"privateKey\": \"(hidden)\"",
            "own public key of ",
            "number 7, 2026-10-05T01:02:03Z",
            "router   -  it is (hidden)",
            "nft -t list ruleset",
            "203.0.113.77 via 2001:db8:7::7",
            "# crashed")) {
      assertTrue(text.contains(helps), helps + " is not in\n" + text);
    }
    router
        .status
        .tunnels()
        .forEach(
            tunnel -> tunnel.peers().forEach(peer -> assertTrue(text.contains(peer.publicKey()))));
    assertFalse(text.contains("RAX"), "memory");
    assertTrue(text.getBytes(StandardCharsets.UTF_8).length <= SupportText.MOST_BYTES + 100);
  }

  @Test
  void noAddressOfTheInternetIsInItWhereThatIsNotWanted() throws IOException {
    String text = text(true);
    assertTrue(text.contains("Addresses of the internet are hidden"), text);
    for (MatchResult found : DOTTED.matcher(text).results().toList()) {
      IpAddress address = IpAddress.parse(found.group());
      assertTrue(
          !address.isOneHost()
              || PrivateNetworks.of(false).stream().anyMatch(each -> each.contains(address)),
          found.group());
    }
    assertFalse(text.contains("2001:db8"), text);
    assertTrue(text.matches("(?s).*public4-[0-9]+ via public6-[0-9]+\n.*"), text);
  }

  @Test
  void onTheCardItIsForAPc() throws IOException {
    Support made = desk.support(true, true, "akira");
    assertEquals(
        "The file is on the box's card too, as noren-support.txt: switch the box off, and any"
            + " computer can read it there.",
        made.card().toString());
    assertEquals(List.of("support: " + SupportText.forPc(made.text())), asked);
    assertEquals(List.of(true, false), writing);
    assertFalse(Files.exists(state.resolve("support/file")), "nothing is left of it");
    failure = new IOException("noren-helper: failed: the card can't be written");
    Support other = desk.support(true, true, "akira");
    assertTrue(other.card().toString().endsWith("the card can't be written"), other::toString);
    assertTrue(
        log.getLast().startsWith("akira: could not put the support file onto"), log::toString);
    assertEquals(List.of(true, false, true, false), writing);
    router.update = UpdateState.parse(null);
    assertNull(desk.support(true, true, "akira").card(), "there is no such card");
    assertEquals(2, asked.size());
  }

  /** What does not answer is said in its place, and the rest is there. */
  @Test
  void whatCannotBeHadIsSaid() throws IOException {
    router.failure = new IOException("the router is ending");
    String text =
        new SupportParts(
                state,
                SupportSources.of(() -> router, () -> Map.of()),
                new CommandRunner(List.of(), List.of(state.resolve("none"))))
            .text(NOW, false);
    assertTrue(text.contains("(it can't be had: the router is ending)"), text);
    assertTrue(text.contains("ip is not installed"), text);
    String stopped = SupportParts.ofStopped(state).text(NOW, true);
    assertTrue(stopped.contains("Configuration, without secrets"), stopped);
    assertTrue(stopped.contains("the router is not running"), stopped);
  }
}
