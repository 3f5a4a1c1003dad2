package dev.noren.tun;

import dev.noren.linux.Errno;
import dev.noren.linux.Fd;
import dev.noren.linux.LinuxException;
import dev.noren.linux.NetworkNamespaces;
import dev.noren.linux.RouteSocket;
import java.io.IOException;

/** Which network namespace a TUN interface is in, as its file tells. For one thread at a time. */
final class LinkPlace implements AutoCloseable {
  /** What a look found. */
  enum Found {
    /** {@link #namespaceId} says where to ask for it. */
    HERE,
    /** Its namespace is being deleted, and it will be too. */
    LEAVING,
    /** It was deleted. */
    GONE
  }

  private final TunFile file;
  private final NetworkNamespaces namespaces;
  private int namespaceId = RouteSocket.OWN;
  private boolean first = true;
  private boolean blind;

  /** Ids are those of the calling thread's namespace. */
  LinkPlace(TunFile file) throws IOException {
    this.file = file;
    namespaces = NetworkNamespaces.open();
  }

  /** The id of the namespace found last, {@link RouteSocket#OWN} for the own one. */
  int namespaceId() {
    return namespaceId;
  }

  /** Whether the interface was found in the own namespace. */
  boolean isOwn() {
    return namespaceId == RouteSocket.OWN;
  }

  /**
   * Whether the file won't say where the interface is: no CAP_NET_ADMIN, or an old kernel. Then it
   * can only be asked for in the own namespace, and elsewhere nothing but its end is seen.
   */
  boolean isBlind() {
    return blind;
  }

  /** Looks where it is. */
  Found find() throws IOException {
    try (Fd namespace = file.namespace()) {
      if (namespace != null) {
        blind = false;
        namespaceId = namespaces.idOf(namespace);
      } else {
        // A kernel that can tell does so at least once, since no namespace begins by ending.
        blind |= first;
      }
      first = false;
      return namespace == null && !blind ? Found.LEAVING : Found.HERE;
    } catch (LinuxException e) {
      if (TunFile.isGone(e.errno())) {
        return Found.GONE;
      }
      if (e.errno() != Errno.EPERM) {
        throw e;
      }
      blind = true;
      namespaceId = RouteSocket.OWN;
      return Found.HERE;
    }
  }

  @Override
  public void close() {
    namespaces.close();
  }
}
