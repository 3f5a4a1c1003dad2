package dev.noren.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class IfReqTest {
  private static final String NAME = "776730" + "00".repeat(13);

  @Test
  void isLaidOutAsTheKernelReadsIt() {
    IfReq flags = new IfReq("wg0");
    flags.setFlags(0x9001);
    assertEquals(NAME + "0190" + "00".repeat(22), all(flags));
    assertEquals(0x9001, flags.flags());
    assertEquals("wg0", flags.name());
    IfReq mtu = new IfReq("wg0");
    mtu.setMtu(34000);
    assertEquals(NAME + "d0840000" + "00".repeat(20), all(mtu));
  }

  @Test
  void aNameKeepsItsEndingZero() {
    assertEquals("123456789012345", new IfReq("123456789012345").name());
    assertThrows(IllegalArgumentException.class, () -> new IfReq("1234567890123456"));
  }

  @Test
  void aRefusalIsItsErrno() throws LinuxException {
    IfReq request = new IfReq("nrl-no-such-if");
    request.setMtu(1400);
    Fd file = Fd.open("/dev/null", LibC.O_RDWR);
    assertEquals(Errno.ENOTTY, request.ioctl(file, IfReq.SIOCSIFMTU));
    file.close();
    assertEquals(Errno.EBADF, request.ioctl(file, IfReq.SIOCSIFMTU));
  }

  private static String all(IfReq request) {
    return Layouts.hex(request.buffer(), 0, request.buffer().size());
  }
}
