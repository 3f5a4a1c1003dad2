package dev.noren.tun;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TunOffloadsTest {
  @ParameterizedTest
  @CsvSource({
    // row, on, bits the kernel knows, asked, granted
    "1, true, 0x67, 67, 0x67",
    "2, true, 0x6f, 67, 0x67",
    "3, true, 0x0f, 67 7, 7",
    "4, true, 0x01, 67 7 1, 1",
    "5, true, 0x00, 67 7 1 0, 0",
    "6, true, -1, 67 7 1 0, 0",
    "7, false, 0x67, 0, 0",
    "8, false, -1, 0, 0",
  })
  void asksForLessUntilItIsGranted(
      int row, boolean on, String known, String asked, String granted) {
    int mask = Integer.decode(known);
    List<String> asks = new ArrayList<>();
    int bits =
        TunOffloads.settle(
            on,
            wanted -> {
              asks.add(Integer.toHexString(wanted));
              return mask >= 0 && (wanted & ~mask) == 0;
            });
    assertEquals(asked, String.join(" ", asks), "row " + row);
    assertEquals(Integer.decode(granted), bits, "row " + row);
  }
}
