package dev.noren.router;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.noren.net.IpAddress;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class HttpDoorsTest {
  private static final IpAddress ONE = IpAddress.parse("10.8.0.1");
  private static final IpAddress TWO = IpAddress.parse("fd08::1");

  private final List<String> done = new ArrayList<>();
  private boolean there = true;
  private final HttpDoors doors = new HttpDoors("The door", this::open, 80);

  private HttpDoors.Door open(InetSocketAddress at) throws IOException {
    String text = at.getAddress().getHostAddress() + " " + at.getPort();
    done.add("open " + text);
    if (!there) {
      throw new IOException("no such address");
    }
    return () -> done.add("close " + text);
  }

  @Test
  void opensWhatIsWantedAndClosesWhatIsNot() {
    doors.follow(Set.of(ONE), 0);
    doors.follow(Set.of(ONE), 0);
    assertEquals(List.of("open 10.8.0.1 80"), done);
    doors.follow(Set.of(TWO), 0);
    assertEquals(
        List.of("open 10.8.0.1 80", "close 10.8.0.1 80", "open fd08:0:0:0:0:0:0:1 80"), done);
    doors.close();
    assertEquals("close fd08:0:0:0:0:0:0:1 80", done.getLast());
  }

  @Test
  void anAddressThatIsNotThereIsTriedAgainEachSecond() {
    there = false;
    long second = TimeUnit.SECONDS.toNanos(1);
    doors.follow(Set.of(ONE), 0);
    doors.follow(Set.of(ONE), second - 1);
    assertEquals(1, done.size());
    there = true;
    doors.follow(Set.of(ONE), second);
    doors.follow(Set.of(ONE), 5 * second);
    assertEquals(2, done.size());
    doors.close();
    assertEquals("close 10.8.0.1 80", done.getLast());
  }
}
