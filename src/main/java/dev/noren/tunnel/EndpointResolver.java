package dev.noren.tunnel;

import dev.noren.crypto.PublicKey;
import dev.noren.net.Endpoint;
import dev.noren.net.IpAddress;
import dev.noren.tunnel.TunnelChange.PeerChange;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tinylog.Logger;

/**
 * Finds the addresses of peers that are given by name. A name that cannot be resolved yet, as at
 * boot before the line is up, is tried again for ever, less and less often, while the tunnel
 * already runs.
 */
public final class EndpointResolver implements AutoCloseable {
  /** A peer and the name under which it is found. */
  public record Name(PublicKey peer, String host, int port) {}

  private static final long FIRST_WAIT_MS = 1_000;
  private static final long LONGEST_WAIT_MS = 60_000;

  private final Tunnel tunnel;
  private final List<Name> open;
  private final Thread thread;

  /** Resolves these names for this tunnel. */
  public EndpointResolver(Tunnel tunnel, List<Name> names) {
    this.tunnel = tunnel;
    open = new ArrayList<>(names);
    thread = new Thread(this::retry, "noren-resolver " + tunnel.name());
    thread.setDaemon(true);
  }

  /** Goes on trying in the background, if there is anything to try. */
  public void start() {
    if (!open.isEmpty()) {
      thread.start();
    }
  }

  private void retry() {
    long waitMs = FIRST_WAIT_MS;
    try {
      while (!open.isEmpty()) {
        Thread.sleep(waitMs);
        waitMs = Math.min(2 * waitMs, LONGEST_WAIT_MS);
        open.removeIf(this::isDone);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isDone(Name name) {
    Optional<Endpoint> found = resolve(name.host(), name.port());
    found.ifPresent(endpoint -> tell(name, endpoint));
    return found.isPresent();
  }

  private void tell(Name name, Endpoint endpoint) {
    PeerChange change =
        new PeerChange(name.peer(), false, true, null, endpoint, null, false, List.of());
    try {
      tunnel.apply(new TunnelChange(null, false, null, null, false, List.of(change)));
      Logger.info("{}: {} is at {}", tunnel.name(), name.host(), endpoint);
    } catch (IOException e) {
      Logger.error("{}: {}", tunnel.name(), e.getMessage());
    }
  }

  /** The first address that the system gives for a name, or the address itself; none for now. */
  public static Optional<Endpoint> resolve(String host, int port) {
    try {
      InetAddress found = InetAddress.getByName(host);
      byte[] bytes = found.getAddress();
      IpAddress address = IpAddress.of(bytes, 0, bytes.length);
      int scope = found instanceof Inet6Address v6 ? v6.getScopeId() : 0;
      return Optional.of(new Endpoint(address, port, scope, null, 0));
    } catch (UnknownHostException e) {
      Logger.warn("the name {} cannot be resolved now; it is tried again", host);
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
