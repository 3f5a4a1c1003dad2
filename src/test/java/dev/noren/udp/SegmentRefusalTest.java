package dev.noren.udp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.noren.linux.Errno;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SegmentRefusalTest {
  @ParameterizedTest
  @CsvSource({
    // row, result, segment bytes, one by one, for good
    "1, " + Errno.EIO + ", 100, true, true",
    "2, " + Errno.EIO + ", 9000, true, true",
    "3, " + Errno.EINVAL + ", 1232, true, true",
    "4, " + Errno.EINVAL + ", 1233, true, false",
    "5, " + Errno.EMSGSIZE + ", 100, true, false",
    "6, " + Errno.EAGAIN + ", 100, false, false",
    "7, " + Errno.ENETUNREACH + ", 100, false, false",
    "8, 0, 100, false, false",
    "9, " + UdpSocket.SENT_WITHOUT_SOURCE + ", 100, false, false",
  })
  void meansWhatItMeans(int row, int result, int segmentBytes, boolean one, boolean good) {
    assertEquals(one, SegmentRefusal.isOne(result), "row " + row);
    assertEquals(good, SegmentRefusal.isForGood(result, segmentBytes), "row " + row);
  }
}
