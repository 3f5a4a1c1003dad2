package dev.noren.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Names other network namespaces by ids, as rtnetlink speaks of them in the namespace where this
 * was opened. An id does not keep its namespace alive. For one thread at a time.
 */
public final class NetworkNamespaces implements AutoCloseable {
  private static final int NOT_ASSIGNED = -1;

  private final String own;
  private final RouteSocket questions;
  private int sequence;

  private NetworkNamespaces(String own, RouteSocket questions) {
    this.own = own;
    this.questions = questions;
  }

  /** Opens it in the calling thread's namespace. */
  public static NetworkNamespaces open() throws IOException {
    String own = Files.readSymbolicLink(Path.of("/proc/thread-self/ns/net")).toString();
    return new NetworkNamespaces(own, RouteSocket.open(0));
  }

  /**
   * The id of the namespace behind a descriptor; one is given to it if it has none.
   *
   * @return {@link RouteSocket#OWN} if it is the own namespace
   * @throws LinuxException EPERM if it has no id and CAP_NET_ADMIN is missing
   */
  public int idOf(Fd namespace) throws IOException {
    int number = namespace.acquire();
    try {
      if (Files.readSymbolicLink(Path.of("/proc/self/fd/" + number)).toString().equals(own)) {
        return RouteSocket.OWN;
      }
      int id = ask(number);
      if (id == NOT_ASSIGNED) {
        // Only a refusal is answered; then the next question finds no id either.
        questions.send(
            request(NetlinkMessage.RTM_NEWNSID, number)
                .with(NetlinkMessage.NETNSA_NSID, NOT_ASSIGNED));
        id = ask(number);
      }
      if (id == NOT_ASSIGNED) {
        throw new LinuxException(
            "the interface can't be followed into its network namespace without CAP_NET_ADMIN",
            Errno.EPERM);
      }
      return id;
    } finally {
      namespace.release();
    }
  }

  private int ask(int number) throws LinuxException {
    questions.send(request(NetlinkMessage.RTM_GETNSID, number));
    while (questions.receive() > 0) {
      NetlinkMessage message = questions.messages();
      while (message.next()) {
        boolean answer = message.type() == NetlinkMessage.RTM_NEWNSID;
        if (answer && questions.isAnswer(message, sequence)) {
          return message.number(NetlinkMessage.NSID_BODY, NetlinkMessage.NETNSA_NSID, NOT_ASSIGNED);
        }
      }
    }
    return NOT_ASSIGNED;
  }

  private NetlinkMessage request(int type, int number) {
    sequence++;
    return NetlinkMessage.request(type, NetlinkMessage.NSID_BODY, sequence)
        .with(NetlinkMessage.NETNSA_FD, number);
  }

  @Override
  public void close() {
    questions.close();
  }
}
