package dev.noren.services;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.net.IpAddress;
import dev.noren.plan.Action;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResolvConfTest {
  private static final String ORIGINAL = "# mine\nnameserver 192.0.2.1";

  private FakeMachine fake;
  private ResolvConf resolvConf;
  private Path file;

  @BeforeEach
  void make(@TempDir Path folder) throws IOException {
    fake = new FakeMachine(folder);
    resolvConf = new ResolvConf(fake.machine.commands(), fake.machine.folder(), fake.etc);
    file = Files.writeString(fake.etc.resolve("resolv.conf"), ORIGINAL);
  }

  private static Action.SetDns dns(String server) {
    return new Action.SetDns(List.of(IpAddress.parse(server)), List.of("a.example", "b.example"));
  }

  private String text() throws IOException {
    return Files.readString(file);
  }

  @Test
  void isWrittenAndRestored() throws IOException {
    resolvConf.set("a", dns("10.0.0.1"));
    assertEquals("nameserver 10.0.0.1\nsearch a.example b.example\n", text());
    resolvConf.reset("a");
    assertEquals(ORIGINAL, text());
    assertEquals(List.of(), fake.memory());
  }

  @Test
  void isWrittenInPlace() throws IOException {
    Object key = Files.readAttributes(file, "unix:ino").get("ino");
    resolvConf.set("a", dns("10.0.0.1"));
    assertEquals(key, Files.readAttributes(file, "unix:ino").get("ino"));
    resolvConf.reset("a");
    assertEquals(key, Files.readAttributes(file, "unix:ino").get("ino"));
  }

  @Test
  void theLatestOfSeveralHoldsInWhateverOrderTheyGo() throws IOException {
    for (List<String> order : List.of(List.of("a", "b", "c"), List.of("c", "b", "a"))) {
      resolvConf.set("a", dns("10.0.0.1"));
      resolvConf.set("b", dns("10.0.0.2"));
      resolvConf.set("c", dns("10.0.0.3"));
      assertTrue(text().contains("10.0.0.3"));
      resolvConf.reset(order.get(0));
      assertTrue(text().contains(order.get(0).equals("c") ? "10.0.0.2" : "10.0.0.3"));
      resolvConf.reset(order.get(1));
      assertTrue(
          text().contains(order.get(1).equals("b") && order.get(0).equals("c") ? ".1" : ".3"));
      resolvConf.reset(order.get(2));
      assertEquals(ORIGINAL, text());
      assertEquals(List.of(), fake.memory());
    }
  }

  @Test
  void whatSomebodyElseWroteStays() throws IOException {
    resolvConf.set("a", dns("10.0.0.1"));
    Files.writeString(file, "nameserver 192.0.2.99\n");
    resolvConf.reset("a");
    assertEquals("nameserver 192.0.2.99\n", text());
    assertEquals(List.of(), fake.memory());
  }

  @Test
  void isRestoredAfterAKillInTheMiddleOfWriting() throws IOException {
    resolvConf.set("a", dns("10.0.0.1"));
    Files.writeString(file, "");
    resolvConf.reset("a");
    assertEquals(ORIGINAL, text());
  }

  @Test
  void resettingTwiceDoesNoHarm() throws IOException {
    resolvConf.reset("a");
    resolvConf.set("a", dns("10.0.0.1"));
    resolvConf.reset("a");
    resolvConf.reset("a");
    assertEquals(ORIGINAL, text());
  }

  @Test
  void whatWasNotThereIsNotThereAfterwards() throws IOException {
    Files.delete(file);
    resolvConf.set("a", dns("10.0.0.1"));
    assertTrue(text().contains("10.0.0.1"));
    resolvConf.reset("a");
    assertFalse(Files.exists(file));
    assertEquals(List.of(), fake.memory());
  }

  @Test
  void resolvconfIsAskedWhereThereIsOne() throws IOException {
    Path given = fake.etc.resolve("given");
    fake.script("resolvconf", "cat > " + given);
    resolvConf.set("a", dns("10.0.0.1"));
    assertEquals("nameserver 10.0.0.1\nsearch a.example b.example\n", Files.readString(given));
    Files.writeString(
        Files.createDirectory(fake.etc.resolve("resolvconf")).resolve("interface-order"),
        "# order\nlo.inet*\ntun*\nwlan*\n");
    resolvConf.reset("a");
    assertEquals(List.of("resolvconf -a a -m 0 -x", "resolvconf -d tun.a -f"), fake.calls());
    assertEquals(ORIGINAL, text());
  }

  @Test
  void whatWasWrittenIsRestoredEvenIfResolvconfHasCome() throws IOException {
    resolvConf.set("a", dns("10.0.0.1"));
    fake.script("resolvconf", "exit 1");
    resolvConf.reset("a");
    assertEquals(ORIGINAL, text());
    assertEquals(List.of(), fake.calls());
  }

  @Test
  void saysThatItCanNotBeWritten() throws IOException {
    Files.delete(file);
    Files.createDirectory(file);
    IOException thrown =
        assertThrows(IOException.class, () -> resolvConf.set("a", dns("10.0.0.1")));
    assertTrue(thrown.getMessage().contains("Is a directory"), thrown.getMessage());
  }
}
