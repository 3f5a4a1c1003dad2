package dev.noren.update;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.text.Refused;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class UpdateHeadTest {
  private static final String GOOD = UpdateFiles.text("0.2.0", 5000, 4096);

  @Test
  void itSaysWhatIsInTheFile() {
    UpdateHead head = UpdateHead.parse(UpdateFiles.head(GOOD));
    assertEquals(new UpdateHead("0.2.0", 1_790_000_000, 5000, 4096), head);
    assertEquals(4096 + 8192 + 4096, head.fileBytes());
    head.check(4096 + 8192 + 4096);
    byte[] file = UpdateFiles.file("0.2.0", 5000, 4096);
    assertEquals(head, UpdateHead.parse(file), "what follows is not looked at");
  }

  @Test
  void anotherLengthIsSaid() {
    UpdateHead head = UpdateHead.parse(UpdateFiles.head(GOOD));
    for (long bytes : new long[] {0, 16383, 16385}) {
      Refused e = assertThrows(Refused.class, () -> head.check(bytes));
      assertEquals(
          "The file is not whole: it has " + bytes + " bytes instead of 16384; download it again",
          e.getMessage());
    }
  }

  @Test
  void moreThanABoxTakesIsSaid() {
    UpdateHead.checkSize(200L << 20);
    assertThrows(Refused.class, () -> UpdateHead.checkSize((200L << 20) + 1));
    UpdateHead huge =
        UpdateHead.parse(UpdateFiles.head(UpdateFiles.text("1", 999_999_999_999L, 1)));
    Refused e = assertThrows(Refused.class, () -> huge.check(4096));
    assertTrue(e.getMessage().startsWith("The file has more than 200 MB"), e.getMessage());
  }

  @Test
  void whatIsNoHeadIsRefused() {
    byte[] good = UpdateFiles.head(GOOD);
    for (String text :
        List.of(
            "",
            GOOD.replace("noren-update 1", "noren-update 2"),
            GOOD.replace("version 0.2.0", "version ../../x"),
            GOOD.replace("version 0.2.0", "version "),
            GOOD.replace("version 0.2.0", "version " + "1".repeat(65)),
            GOOD.replace("root 5000", "root -5000"),
            GOOD.replace("root 5000", "root 05000"),
            GOOD.replace("root 5000", "root 0"),
            GOOD.replace("root 5000", "root 1234567890123"),
            GOOD.replace("ab".repeat(32), "ab".repeat(31)),
            GOOD.replace("time 1790000000\n", ""),
            GOOD.replace("\n", "\r\n"),
            GOOD + "more 1\n",
            GOOD.strip(),
            "#!/bin/sh\n" + GOOD)) {
      assertRefused(UpdateFiles.head(text));
    }
    assertRefused(Arrays.copyOf(good, 4095));
    assertRefused(new byte[0]);
    assertRefused("PK\003\004 an archive".getBytes(US_ASCII));
    byte[] more = good.clone();
    more[4095] = 1;
    assertRefused(more);
    Random random = new Random(20261129);
    for (int i = 0; i < 200; i++) {
      byte[] noise = new byte[random.nextInt(9000)];
      random.nextBytes(noise);
      assertRefused(noise);
    }
  }

  private static void assertRefused(byte[] start) {
    Refused e = assertThrows(Refused.class, () -> UpdateHead.parse(start));
    assertEquals(
        "This file is no new version of Noren: choose the one whose name ends in .update",
        e.getMessage());
  }
}
