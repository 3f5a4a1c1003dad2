package dev.noren.tun;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.linux.Netns;
import dev.noren.linux.Unprivileged;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is done to an interface with ip, in its namespace and in others, is followed. */
@Timeout(60)
class LinkMonitorIT {
  private static final long CAP_NET_ADMIN = 1L << 12;

  private final Events events = new Events();
  private Netns home;
  private LinuxTun tun;

  @BeforeEach
  void make() throws Exception {
    home = Netns.create("home");
    tun = home.run(() -> LinuxTun.create("nrl0"));
  }

  @AfterEach
  void remove() throws IOException {
    try (Netns last = home) {
      tun.close();
      assertFalse(last.has("nrl0"));
    }
  }

  private void watchFromDown() throws InterruptedException {
    tun.watch(events);
    events.expect("mtu 1420", "down");
  }

  /** A namespace in which our interface can't keep its index. */
  private Netns away(String suffix) throws IOException {
    Netns away = Netns.create(suffix);
    String index = Integer.toString(home.index("nrl0"));
    try {
      away.batch("link add other index " + index + " type veth peer name far index 99");
      return away;
    } catch (IOException e) {
      away.close();
      throw e;
    }
  }

  @Test
  void thePresentStateComesFirst() throws Exception {
    home.batch("link set nrl0 up", "link set nrl0 mtu 1280");
    tun.watch(events);
    assertEquals(2, events.waiting());
    events.expect("mtu 1280", "up");
    assertEquals(1280, tun.mtu());
    assertThrows(IllegalStateException.class, () -> tun.watch(events));
  }

  @Test
  void everyChangeComesInOrder() throws Exception {
    watchFromDown();
    home.batch(
        "link set nrl0 up",
        "link set nrl0 down",
        "link set nrl0 mtu 34000",
        "link set nrl0 up",
        "link set nrl0 mtu 65535",
        "link set nrl0 mtu 1300 down");
    events.expect("up", "down", "mtu 34000", "up", "mtu 65535", "mtu 1300", "down");
    assertEquals(1300, tun.mtu());
  }

  @Test
  void otherInterfacesAreNotMixedUpWithIt() throws Exception {
    try (Netns other = away("other")) {
      home.ip("netns", "set", other.name(), "5");
      watchFromDown();
      other.batch("link set other mtu 1000", "link set other up", "link del other");
      home.batch("link add near type veth peer name far", "link set near up", "link del near");
      home.ip("link", "set", "nrl0", "up");
      events.expect("up");
    }
  }

  @Test
  void aRenamedInterfaceIsFollowed() throws Exception {
    watchFromDown();
    home.batch("link set nrl0 name nrlx", "link set nrlx up");
    events.expect("up");
    assertEquals("nrlx", tun.name());
    home.batch("link set nrlx down", "link set nrlx name nrl0", "link set nrl0 up");
    events.expect("down", "up");
    assertEquals("nrl0", tun.name());
  }

  @Test
  void aDeletedInterfaceIsGone() throws Exception {
    watchFromDown();
    home.ip("link", "set", "nrl0", "up");
    home.ip("link", "del", "nrl0");
    events.expect("up", "down", "gone");
  }

  @Test
  void oneDeletedBeforeItIsWatchedIsGoneAtOnce() throws Exception {
    home.ip("link", "del", "nrl0");
    tun.watch(events);
    events.expect("gone");
    assertEquals(0, events.waiting());
  }

  @Test
  void anotherOfTheSameNameIsNotTakenForIt() throws Exception {
    watchFromDown();
    home.batch("link del nrl0", "link add nrl0 type veth peer name far", "link set nrl0 up");
    events.expect("gone");
    home.ip("link", "del", "nrl0");
  }

  @Test
  void isFollowedIntoAnotherNamespaceAndBack() throws Exception {
    try (Netns away = away("away")) {
      home.ip("link", "set", "nrl0", "up");
      tun.watch(events);
      events.expect("mtu 1420", "up");
      int before = home.index("nrl0");
      home.ip("link", "set", "nrl0", "netns", away.name());
      events.expect("down");
      assertNotEquals(before, away.index("nrl0"));
      away.ip("link", "set", "nrl0", "up");
      events.expect("up");
      away.batch("link set nrl0 mtu 1300", "link set nrl0 down", "link set nrl0 up");
      events.expect("mtu 1300", "down", "up");
      away.batch("link set other mtu 1000", "link set other up");
      away.ip("link", "set", "nrl0", "netns", home.name());
      events.expect("down");
      home.batch("link set nrl0 mtu 1400", "link set nrl0 up");
      events.expect("mtu 1400", "up");
    }
  }

  @Test
  void isFollowedFromOneForeignNamespaceToTheNextAndDeletedThere() throws Exception {
    try (Netns first = away("first");
        Netns second = away("second")) {
      watchFromDown();
      home.ip("link", "set", "nrl0", "netns", first.name());
      first.ip("link", "set", "nrl0", "up");
      events.expect("up");
      first.ip("link", "set", "nrl0", "netns", second.name());
      events.expect("down");
      second.batch("link set nrl0 mtu 1350", "link set nrl0 name nrl1", "link set nrl1 up");
      events.expect("mtu 1350", "up");
      assertEquals("nrl1", tun.name());
      second.ip("link", "del", "nrl1");
      events.expect("down", "gone");
    }
  }

  @Test
  void isGoneWithItsNamespace() throws Exception {
    Netns away = away("away");
    watchFromDown();
    home.ip("link", "set", "nrl0", "netns", away.name());
    away.ip("link", "set", "nrl0", "up");
    events.expect("up");
    away.close();
    events.expect("gone");
    assertThrows(TunGoneException.class, () -> tun.read(new byte[100], 0));
  }

  @Test
  void anOverrunIsMadeGoodByAFreshLook() throws Exception {
    CountDownLatch busy = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    Events slow = events;
    tun.watch(
        new LinkListener() {
          @Override
          public void linkUp() {
            busy.countDown();
            try {
              go.await();
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
            slow.linkUp();
          }

          @Override
          public void linkDown() {
            slow.linkDown();
          }

          @Override
          public void mtuChanged(int mtuBytes) {
            slow.mtuChanged(mtuBytes);
          }

          @Override
          public void linkGone() {
            slow.linkGone();
          }
        });
    events.expect("mtu 1420", "down");
    home.ip("link", "set", "nrl0", "up");
    busy.await();
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      lines.add("link set nrl0 mtu " + (1300 + i));
    }
    lines.add("link set nrl0 mtu 1299");
    home.batch(lines.toArray(String[]::new));
    go.countDown();
    events.expect("up");
    int told = 0;
    String last = "";
    while (!last.equals("mtu 1299")) {
      last = events.next();
      assertTrue(last != null && last.startsWith("mtu "), last);
      told++;
    }
    assertTrue(told < 1001, told + " of 1001 notifications came, so nothing ran over");
    home.ip("link", "set", "nrl0", "down");
    events.expect("down");
  }

  @Test
  void anIdForTheOwnNamespaceDoesNotDisturb() throws Exception {
    watchFromDown();
    home.exec("ip", "netns", "set", home.name(), "9");
    home.ip("link", "set", "nrl0", "up");
    events.expect("up");
    home.ip("link", "set", "nrl0", "mtu", "1333");
    events.expect("mtu 1333");
    home.ip("link", "del", "nrl0");
    events.expect("down", "gone");
  }

  @Test
  void isFollowedWithoutTheRightToHearOtherNamespaces() throws Exception {
    tun.close();
    tun = home.run(() -> Unprivileged.runWith(CAP_NET_ADMIN, () -> LinuxTun.create("nrl0")));
    try (Netns away = away("away")) {
      watchFromDown();
      home.ip("link", "set", "nrl0", "netns", away.name());
      away.batch("link set nrl0 mtu 1350", "link set nrl0 up");
      List<String> both = List.of(events.next(), events.next());
      assertEquals(List.of("mtu 1350", "up"), both);
      away.ip("link", "del", "nrl0");
      events.expect("gone");
    }
  }

  @Test
  void isFollowedAtHomeWithoutAnyRight() throws Exception {
    tun.close();
    home.run(
        () -> {
          TunFile file = TunFile.create(TunFile.PATH, "nrl0", false);
          int number = file.fd().acquire();
          tun = Unprivileged.run(() -> LinuxTun.fromFd(number, "nrl0"));
          return number;
        });
    tun.watch(events);
    events.expect("mtu 1500", "down");
    home.batch("link set nrl0 mtu 1350", "link set nrl0 up");
    events.expect("mtu 1350", "up");
    try (Netns away = away("away")) {
      home.ip("link", "set", "nrl0", "netns", away.name());
      events.expect("down");
      away.ip("link", "del", "nrl0");
      events.expect("gone");
    }
  }

  @Test
  void closingEndsTheTellingAndTheThread() throws Exception {
    watchFromDown();
    assertTrue(isFollowing());
    tun.close();
    assertFalse(isFollowing());
    assertEquals(0, events.waiting());
  }

  @Test
  void aListenerMayClose() throws Exception {
    CountDownLatch closed = new CountDownLatch(1);
    tun.watch(
        new LinkListener() {
          @Override
          public void linkUp() {
            tun.close();
            closed.countDown();
          }

          @Override
          public void linkDown() {}

          @Override
          public void mtuChanged(int mtuBytes) {}

          @Override
          public void linkGone() {}
        });
    home.ip("link", "set", "nrl0", "up");
    closed.await();
    assertFalse(home.has("nrl0"));
  }

  private static boolean isFollowing() {
    return Thread.getAllStackTraces().keySet().stream()
        .anyMatch(thread -> thread.getName().equals("link-nrl0") && thread.isAlive());
  }
}
