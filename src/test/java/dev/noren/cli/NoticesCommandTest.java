package dev.noren.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.control.NoticeDesk;
import dev.noren.text.Sentence;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NoticesCommandTest {
  private final Shell shell = new Shell();
  private final List<String> tests = new ArrayList<>();

  /** A router whose notices go out so. */
  private void has(String mail, String webhook, int waiting, boolean arrived) {
    NoticeDesk.Tried tried =
        new NoticeDesk.Tried(
            Instant.parse("2027-03-01T03:00:00Z"),
            "test",
            "mail",
            arrived,
            Sentence.plain(arrived ? "It arrived." : "Nobody listens."));
    shell.host.notices =
        new NoticeDesk() {
          @Override
          public Notices notices() {
            return new Notices(mail, webhook, List.of("down", "device"), waiting, List.of(tried));
          }

          @Override
          public List<Tried> testNotices(String author) {
            tests.add(author);
            return List.of(tried);
          }
        };
  }

  @Test
  void itSaysWhatIsSetAndWhatBecameOfTheLast() {
    has("owner@shop.example", "hook.example", 2, false);
    assertEquals(0, shell.run("notices"), shell.err);
    assertEquals(
        """
        By mail to owner@shop.example.
        By a webhook at hook.example.
        Told: down, device.
        2 have still to go out.
        2027-03-01T03:00:00Z test (mail): Nobody listens.
        """,
        shell.out);
    assertEquals(List.of(), tests);
    assertEquals(List.of("notices /var/lib/noren"), shell.host.asked);
  }

  @Test
  void itSaysThatNobodyIsToldAnything() {
    has(null, null, 0, true);
    assertEquals(0, shell.run("notices"), shell.err);
    assertTrue(shell.out.startsWith("Nobody is told anything yet"), shell.out);
  }

  @Test
  void aTestSaysWhetherItArrived() {
    has("owner@shop.example", null, 0, true);
    assertEquals(0, shell.run("notices", "--test"), shell.err);
    assertTrue(shell.out.contains("test (mail): It arrived."), shell.out);
    has("owner@shop.example", null, 0, false);
    assertEquals(1, shell.run("notices", "--test"));
    assertTrue(shell.out.contains("test (mail): Nobody listens."), shell.out);
    assertEquals(2, tests.size());
  }
}
