package dev.noren.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.street.Keys;
import dev.noren.street.NorenRouter;
import dev.noren.street.Ran;
import dev.noren.street.Running;
import dev.noren.street.ShopPhone;
import dev.noren.street.ShopStreet;
import dev.noren.street.ShopTunnel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Nothing secret is anywhere but in the document, which its owner alone can read. */
class SecretsIT {
  private static final String PASSWORD = "komorebi-4711";

  private static final String TOKEN = "hanabi-scrapes-4711";

  private static final String MAIL_PASSWORD = "hotaru-mails-4711";

  /** Who knows where a webhook is may send to it. */
  private static final String HOOK = "hotaru-hook-4711";

  private static final String HOOK_TOKEN = "hotaru-posts-4711";

  private final Map<String, String> looked = new LinkedHashMap<>();

  @Test
  void noKeyAndNoPasswordIsWrittenOrShownAnywhereButInTheDocument() throws IOException {
    try (ShopStreet street = ShopStreet.router();
        ShopTunnel tunnel = new ShopTunnel(street);
        ShopPhone phone = new ShopPhone(street);
        NorenRouter router = new NorenRouter(street.noren())) {
      Keys later = Keys.generate();
      router.configure(
          ShopTunnel.document(
              """
              "wan": [{"port": "eth0"},
                      {"port": "eth9", "method": "pppoe", "user": "shop", "password": "%s"}],
              "metrics": {"enabled": true, "token": "%s"},
              "notices": {
                "mail": {"to": "o@shop.example", "server": "www.example", "user": "shop",
                         "password": "%s"},
                "webhook": {"url": "https://www.example/%s", "token": "%s"}},
              """
                  .formatted(PASSWORD, TOKEN, MAIL_PASSWORD, HOOK, HOOK_TOKEN),
              tunnel.split() + "," + phone.json(51821, "443")));
      router.start();
      router.awaitHandshake();
      // Changes, one of them refused, are told of in logs and in the audit.
      look("set", router.noren("config", "set", "tunnels[1].privateKey", later.privateKey()));
      look("confirm", router.noren("config", "confirm"));
      look("bad key", router.noren("config", "set", "tunnels[0].privateKey", "x" + PASSWORD));
      look("bad token", router.noren("config", "set", "metrics.token", TOKEN + "\u00a7"));
      look("bad mail", router.noren("config", "set", "notices.mail.password", HOOK + "\u00a7"));
      look("bad hook", router.noren("config", "set", "notices.webhook.url", "x" + HOOK));
      look("bad port", router.noren("config", "set", "tunnels[1].name", "eth1"));
      for (String command :
          List.of(
              "status",
              "status --json",
              "log",
              "support",
              "notices --test",
              "notices",
              "config show",
              "config history",
              "config history 2")) {
        look(command, router.noren(command.split(" ")));
      }
      look("processes", processes(router.process().pid()));
      files("while it runs", router.state());
      look("what it said", router.stop());
      files("after its end", router.state());
      assertTrue(looked.get("what it said").contains("DEBUG"), "the log is the wordiest");
      assertTrue(looked.keySet().stream().anyMatch(name -> name.contains("/audit/")));
      List<String> secrets =
          new ArrayList<>(
              List.of(PASSWORD, TOKEN, MAIL_PASSWORD, HOOK, HOOK_TOKEN, phone.preshared()));
      for (Keys keys : List.of(tunnel.keys(), phone.routerKeys(), later)) {
        secrets.add(keys.privateKey());
      }
      for (String secret : secrets) {
        for (String form : forms(secret)) {
          assertEquals(List.of(), whereIs(form), "one of the secrets");
        }
      }
      // The same search finds what is no secret.
      assertTrue(!whereIs(tunnel.far().publicKey()).isEmpty());
      documentsAreTheOwnersAlone(router.state(), tunnel.keys().privateKey());
    }
  }

  private void look(String where, Ran ran) {
    looked.put(where, ran.said());
  }

  private void look(String where, String text) {
    looked.put(where, text);
  }

  /** As text, as bytes in hex, and what base64 makes of it, padded or not. */
  private static List<String> forms(String secret) {
    List<String> forms = new ArrayList<>();
    byte[] text = secret.getBytes(StandardCharsets.UTF_8);
    forms.add(secret.replaceAll("=+$", ""));
    forms.add(HexFormat.of().formatHex(text));
    forms.add(Base64.getEncoder().withoutPadding().encodeToString(text));
    if (secret.endsWith("=")) {
      forms.add(HexFormat.of().formatHex(Base64.getDecoder().decode(secret)));
    }
    return forms;
  }

  private List<String> whereIs(String form) {
    return looked.entrySet().stream()
        .filter(
            each ->
                each.getValue().toLowerCase(Locale.ROOT).contains(form.toLowerCase(Locale.ROOT)))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** The command lines and environments of the router and all that it has started. */
  private static String processes(long router) throws IOException {
    StringBuilder all = new StringBuilder();
    List<ProcessHandle> each = new ArrayList<>();
    ProcessHandle.of(router).ifPresent(each::add);
    each.addAll(ProcessHandle.of(router).orElseThrow().descendants().toList());
    for (ProcessHandle process : each) {
      for (String file : List.of("cmdline", "environ")) {
        all.append(Files.readString(Path.of("/proc/" + process.pid(), file))).append('\n');
      }
    }
    assertTrue(all.toString().contains("dnsmasq"), all.toString());
    return all.toString();
  }

  /** All files of the state but the documents, which have to hold them. */
  private void files(String when, Path state) throws IOException {
    try (var files = Files.walk(state)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (!state.relativize(file).startsWith("config")) {
          look(
              when + ": " + file,
              new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
        }
      }
    }
  }

  private static void documentsAreTheOwnersAlone(Path state, String key) throws IOException {
    Ran found = Running.run("grep", "-rlF", key, state.resolve("config").toString());
    assertTrue(found.ok(), "no document holds the key");
    for (String file : found.out().lines().toList()) {
      assertEquals("[OWNER_READ, OWNER_WRITE]", permissions(Path.of(file)), file);
    }
    assertEquals("[OWNER_EXECUTE, OWNER_READ, OWNER_WRITE]", permissions(state.resolve("config")));
  }

  private static String permissions(Path file) throws IOException {
    return Files.getPosixFilePermissions(file).stream()
        .map(Enum::name)
        .sorted()
        .toList()
        .toString();
  }
}
