package dev.noren.tun;

import dev.noren.linux.Errno;
import dev.noren.linux.Fd;
import dev.noren.linux.LinuxException;
import dev.noren.linux.NetlinkMessage;
import dev.noren.linux.Poller;
import dev.noren.linux.RouteSocket;
import java.io.IOException;

/**
 * Knows where one TUN interface is and how it does, from rtnetlink's notifications and, whenever
 * those can't tell, by asking anew. An interface that moves keeps its TUN file, so that file says
 * where it is; from here the other namespace is then known by an id, and listened to without being
 * entered or kept alive. For one thread at a time, but for the getters.
 */
final class LinkTracker implements AutoCloseable {
  /** Until the next look while a namespace is being deleted or a move is under way. */
  private static final int SOON_MS = 20;

  /** Until the next look where notifications don't reach: without CAP_NET_BROADCAST. */
  private static final int NOW_AND_THEN_MS = 1000;

  private static final int UNKNOWN = -1;

  private final TunFile file;
  private final LinkPlace place;
  private final RouteSocket changes;
  private volatile boolean stopped;
  private volatile boolean gone;
  private volatile String name;
  private volatile int mtu = TunDevice.DEFAULT_MTU;
  private boolean up;
  private LinkListener listener;

  /** The index that notifications of the interface carry in its namespace. */
  private int index = UNKNOWN;

  /** Whether to ask anew once the notifications that came so far are read. */
  private boolean stale = true;

  private int sequence;
  private int againMs = Poller.FOREVER;

  /**
   * Listens from the calling thread's namespace, and learns the present state.
   *
   * @param name the interface's name
   */
  LinkTracker(TunFile file, String name) throws IOException {
    this.file = file;
    this.name = name;
    place = new LinkPlace(file);
    RouteSocket opened = null;
    try {
      opened = RouteSocket.open(RouteSocket.GROUP_LINK | RouteSocket.GROUP_NSID);
      changes = opened;
      catchUp();
    } catch (IOException e) {
      place.close();
      if (opened != null) {
        opened.close();
      }
      throw e;
    }
  }

  /** The last name seen. */
  String name() {
    return name;
  }

  /** The last MTU seen, bytes. */
  int mtu() {
    return mtu;
  }

  /** Whether it was found deleted; the listener is not told that. */
  boolean isGone() {
    return gone;
  }

  /** What becomes readable when there is something to catch up with. */
  Fd fd() {
    return changes.fd();
  }

  /** When to look again though nothing was heard: milliseconds or {@link Poller#FOREVER}. */
  int againMs() {
    return againMs;
  }

  /** Tells the listener the state last seen, and then what changes. */
  void tell(LinkListener newListener) {
    listener = newListener;
    listener.mtuChanged(mtu);
    tellWhetherUp();
  }

  /** Asks anew at the next {@link #catchUp}. */
  void distrust() {
    stale = true;
  }

  /** Sets a time for another look, when one has failed. */
  void lookLater() {
    againMs = NOW_AND_THEN_MS;
  }

  /** Tells the listener nothing any more; from any thread. */
  void stop() {
    stopped = true;
  }

  /** Reads all notifications there are, asks if they are not enough, and reads the answer. */
  void catchUp() throws IOException {
    while (!gone && !stopped) {
      readChanges();
      if (!stale) {
        return;
      }
      stale = false;
      look();
    }
  }

  private void readChanges() throws LinuxException {
    while (!stopped) {
      int length = changes.receive();
      if (length == RouteSocket.NOTHING) {
        return;
      }
      if (length == RouteSocket.OVERRUN) {
        stale = true;
        continue;
      }
      NetlinkMessage message = changes.messages();
      while (message.next()) {
        take(message);
      }
    }
  }

  private void take(NetlinkMessage message) {
    boolean answer = changes.isAnswer(message, sequence);
    switch (message.type()) {
      case NetlinkMessage.RTM_NEWLINK -> {
        if (answer) {
          index = message.linkIndex();
          // Here notifications will do.
          againMs = place.isOwn() ? Poller.FOREVER : againMs;
        }
        if (answer || isOurs(message)) {
          takeState(message);
        }
      }
      // Deleted, or moved to another namespace: the TUN file knows.
      case NetlinkMessage.RTM_DELLINK -> stale |= isOurs(message);
      case NetlinkMessage.RTM_DELNSID -> stale |= !place.isOwn();
      case NetlinkMessage.NLMSG_ERROR -> {
        if (answer) {
          // It is not where the file said: it moves right now.
          againMs = place.isBlind() || message.error() == Errno.EPERM ? NOW_AND_THEN_MS : SOON_MS;
        }
      }
      default -> {
        // Other interfaces' matters.
      }
    }
  }

  private boolean isOurs(NetlinkMessage message) {
    if (message.linkIndex() != index) {
      return false;
    }
    if (changes.namespaceId() == place.namespaceId()) {
      return true;
    }
    // Another's interface, or else the own namespace has got an id: a look tells.
    stale |= place.isOwn();
    return false;
  }

  private void takeState(NetlinkMessage message) {
    int body = NetlinkMessage.LINK_BODY;
    String nameNow = message.text(body, NetlinkMessage.IFLA_IFNAME);
    int mtuNow = message.number(body, NetlinkMessage.IFLA_MTU, mtu);
    boolean upNow = (message.linkFlags() & NetlinkMessage.IFF_UP) != 0;
    name = nameNow == null ? name : nameNow;
    boolean mtuChanged = mtuNow != mtu;
    boolean upChanged = upNow != up;
    mtu = mtuNow;
    up = upNow;
    if (mtuChanged && isToldTo()) {
      listener.mtuChanged(mtuNow);
    }
    if (upChanged && isToldTo()) {
      tellWhetherUp();
    }
  }

  private boolean isToldTo() {
    return listener != null && !stopped;
  }

  private void tellWhetherUp() {
    if (up) {
      listener.linkUp();
    } else {
      listener.linkDown();
    }
  }

  /** Asks where the interface is and how it does; the answer comes among the notifications. */
  private void look() throws IOException {
    index = UNKNOWN;
    againMs = Poller.FOREVER;
    String nameNow = file.name();
    if (nameNow == null) {
      gone = true;
      return;
    }
    name = nameNow;
    LinkPlace.Found found = place.find();
    gone = found == LinkPlace.Found.GONE;
    if (found != LinkPlace.Found.HERE) {
      againMs = SOON_MS;
      return;
    }
    sequence++;
    NetlinkMessage question =
        NetlinkMessage.request(NetlinkMessage.RTM_GETLINK, NetlinkMessage.LINK_BODY, sequence)
            .with(NetlinkMessage.IFLA_IFNAME, nameNow);
    if (!place.isOwn()) {
      question.with(NetlinkMessage.IFLA_TARGET_NETNSID, place.namespaceId());
      againMs = changes.hearsAll() ? Poller.FOREVER : NOW_AND_THEN_MS;
    }
    changes.send(question);
  }

  @Override
  public void close() {
    stopped = true;
    changes.close();
    place.close();
  }
}
