package dev.noren.tun;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.linux.Fd;
import dev.noren.linux.LibC;
import java.io.IOException;
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

  @ParameterizedTest
  @CsvSource({
    // row, with headers, bits granted, what the sentence begins with
    "1, true, 0x67,",
    "2, true, 7, datagrams come and go one by one",
    "3, true, 1, packets come one by one",
    "4, true, 0, packets come one by one",
    "5, false, 0, packets come and go one by one",
  })
  void whatTheKernelLacksIsTold(int row, boolean headers, String granted, String start)
      throws IOException {
    Fd nothing = Fd.open("/dev/null", LibC.O_RDWR);
    Link link = new TunMirror.StillLink("none", TunDevice.DEFAULT_MTU);
    try (TunDevice device =
        new LinuxTun(TunFile.over(nothing, headers), link, Integer.decode(granted))) {
      String told = TunOffloads.lacking(device);
      assertEquals(start == null, told == null, "row " + row);
      assertTrue(told == null || told.startsWith(start), told);
    }
  }
}
