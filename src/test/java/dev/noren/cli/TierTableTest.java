package dev.noren.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.noren.crypto.AeadTier;
import dev.noren.crypto.TierReport;
import dev.noren.crypto.TierReport.Row;
import dev.noren.crypto.TierReport.Times;
import java.util.List;
import org.junit.jupiter.api.Test;

class TierTableTest {
  @Test
  void aTableWithTheChoiceAndTheReasons() {
    TierReport report =
        new TierReport(
            List.of(
                new Row(AeadTier.DIRECT, "this Java has no com.example.Cipher", List.of()),
                row(AeadTier.OWN_POLY1305, 205, 210, 702, 704, 1586, 1575),
                row(AeadTier.CIPHER, 1066, 1094, 1610, 1641, 3395, 3108),
                row(AeadTier.BOUNCY_CASTLE, 1096, 1559, 3376, 3924, 8272, 12345)),
            AeadTier.OWN_POLY1305);
    assertEquals(
        """
        ns per packet           64 bytes       512 bytes      1420 bytes
                            seal    open    seal    open    seal    open
        direct                 -       -       -       -       -       -
        own-poly1305 *       205     210     702     704    1586    1575
        cipher              1066    1094    1610    1641    3395    3108
        bouncy-castle       1096    1559    3376    3924    8272   12345
        * is what a tunnel takes with this Java 21 of Debian on aarch64.
        direct can't be used: this Java has no com.example.Cipher.
        """,
        String.join("\n", TierTable.lines(report, "Java 21 of Debian on aarch64")) + "\n");
  }

  private static Row row(AeadTier tier, long s64, long o64, long s512, long o512, long s, long o) {
    return new Row(
        tier,
        null,
        List.of(new Times(64, s64, o64), new Times(512, s512, o512), new Times(1420, s, o)));
  }
}
