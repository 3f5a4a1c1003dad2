package dev.noren.street;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A relay in the middle of a street that carries UDP between its two hosts and does it badly: by
 * chance from a seed it loses datagrams, lets some arrive after ones that were sent later, some
 * twice, the second perhaps thousands later, and some with a bit turned over. What comes together
 * leaves together, in one buffer that the kernel cuts, so that the far end sees what a fast line
 * shows it.
 */
public final class BadLine implements AutoCloseable {
  /** What is done to a datagram, and how many of a thousand it happens to. */
  private enum Harm {
    LOST(15),
    LATE(15),
    TWICE(15),
    BENT(10);

    private final int perMille;

    Harm(int perMille) {
      this.perMille = perMille;
    }
  }

  /** How many datagrams a late one lets pass at most, and how many the second of two. */
  private static final int LATE_BY = 60;

  private static final int AGAIN_AFTER = 12_000;

  /** A line on which nothing comes for so long lets go of all that is late. */
  private static final long IDLE_MS = 20;

  private static final int BATCH = 64;

  private final Host middle;
  private final Running process;

  private BadLine(Host middle, Running process) {
    this.middle = middle;
    this.process = process;
  }

  /** Lays the line: each end finds it at its own side of the middle, {@link WgEnd#PORT}. */
  public static BadLine lay(Street street, long seed) {
    Host middle = street.middle();
    List<String> command =
        Maker.java(
            BadLine.class.getName(),
            Long.toString(seed),
            Street.MIDDLE_LEFT_4,
            Street.LEFT_4,
            Street.MIDDLE_RIGHT_4,
            Street.RIGHT_4);
    Running process = middle.start(Map.of(), command);
    Wait.until(
        "the line is laid", Wait.LONG, () -> process.out().startsWith("laid"), process::said);
    return new BadLine(middle, process);
  }

  /** Waits until every kind of harm was done, and lets the line go. */
  public void mustHaveHarmed() {
    Wait.until(
        "the line did every kind of harm",
        Wait.LONG,
        () -> {
          String last = process.out().lines().reduce("", (one, other) -> other);
          return last.startsWith("LOST") && !last.contains(" 0");
        },
        process::said);
  }

  @Override
  public void close() {
    process.close();
    middle.forget(process);
  }

  /** What runs in the middle: {@code SEED LEFT_SIDE LEFT RIGHT_SIDE RIGHT}. */
  public static void main(String[] args) {
    Random random = new Random(Long.parseLong(args[0]));
    try (SegmentSocket left = new SegmentSocket(at(args[1]), at(args[2]));
        SegmentSocket right = new SegmentSocket(at(args[3]), at(args[4]))) {
      Map<Harm, AtomicInteger> done = new EnumMap<>(Harm.class);
      for (Harm harm : Harm.values()) {
        done.put(harm, new AtomicInteger());
      }
      Way there = new Way(left, right, new Random(random.nextLong()), done);
      Way back = new Way(right, left, new Random(random.nextLong()), done);
      System.out.println("laid");
      Thread.ofPlatform().start(there::carry);
      back.carry();
    }
  }

  private static InetSocketAddress at(String address) {
    return new InetSocketAddress(address, WgEnd.PORT);
  }

  /** A datagram that leaves when so many have arrived. */
  private static final class Held {
    private final long due;
    private final byte[] bytes;

    Held(long due, byte[] bytes) {
      this.due = due;
      this.bytes = bytes;
    }
  }

  /** One direction. */
  private static final class Way {
    private final SegmentSocket from;
    private final SegmentSocket to;
    private final Random random;
    private final Map<Harm, AtomicInteger> done;
    private final PriorityQueue<Held> held =
        new PriorityQueue<>((one, other) -> Long.compare(one.due, other.due));
    private final List<byte[]> leaving = new ArrayList<>();
    private final byte[] buffer = new byte[SegmentSocket.MOST_BYTES];
    private long arrived;
    private String told = "";

    Way(SegmentSocket from, SegmentSocket to, Random random, Map<Harm, AtomicInteger> done) {
      this.from = from;
      this.to = to;
      this.random = random;
      this.done = done;
      from.patience(IDLE_MS);
    }

    /** Until the process is ended. */
    void carry() {
      while (true) {
        byte[] datagram = from.receive();
        if (datagram == null) {
          letGo(Long.MAX_VALUE);
          tell();
        }
        for (int i = 0; i < BATCH && datagram != null; i++) {
          treat(datagram);
          letGo(++arrived);
          datagram = i + 1 < BATCH ? from.poll() : null;
        }
        send();
      }
    }

    private void treat(byte[] datagram) {
      int chance = random.nextInt(1000);
      Harm harm = null;
      for (Harm each : Harm.values()) {
        if (chance >= 0 && chance < each.perMille) {
          harm = each;
          done.get(each).incrementAndGet();
        }
        chance -= each.perMille;
      }
      if (harm == Harm.BENT) {
        datagram[random.nextInt(datagram.length)] ^= (byte) (1 << random.nextInt(8));
      }
      if (harm == Harm.LATE) {
        held.add(new Held(arrived + 1 + random.nextInt(LATE_BY), datagram));
      } else if (harm != Harm.LOST) {
        leaving.add(datagram);
      }
      if (harm == Harm.TWICE) {
        int after = random.nextBoolean() ? random.nextInt(LATE_BY) : random.nextInt(AGAIN_AFTER);
        held.add(new Held(arrived + after, datagram));
      }
    }

    private void letGo(long now) {
      while (!held.isEmpty() && held.peek().due <= now) {
        leaving.add(held.remove().bytes);
      }
    }

    /** Datagrams of one length leave in one go, with one that is shorter at the end. */
    private void send() {
      int at = 0;
      while (at < leaving.size()) {
        int each = leaving.get(at).length;
        int length = 0;
        boolean more = true;
        for (int count = 0; more && count < SegmentSocket.MOST_SEGMENTS; count++) {
          byte[] next = leaving.get(at++);
          System.arraycopy(next, 0, buffer, length, next.length);
          length += next.length;
          more =
              next.length == each
                  && at < leaving.size()
                  && leaving.get(at).length <= each
                  && length + each <= buffer.length;
        }
        // What the host does not take, or nobody listens to, is lost too.
        boolean ignored = each > 0 && to.send(buffer, length, each);
      }
      leaving.clear();
    }

    private void tell() {
      String now =
          Stream.of(Harm.values())
              .map(each -> each + " " + done.get(each))
              .collect(Collectors.joining(", "));
      if (!now.equals(told)) {
        told = now;
        System.out.println(now);
      }
    }
  }
}
