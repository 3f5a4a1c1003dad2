package dev.noren.router;

import dev.noren.net.IpAddress;
import dev.noren.text.Sentence;
import java.io.IOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.tinylog.Logger;

/**
 * Knows the addresses of the tunnels' far ends: asks for their names outside the tunnels, again
 * when an answer has had its time, and keeps the last answer while there is no other.
 */
final class FarNames implements AutoCloseable {
  /** Asks a name server. */
  interface Asker {
    /**
     * Asks for both families.
     *
     * @throws IOException with a sentence, where no server gave an answer
     */
    Answer ask(String host, List<IpAddress> servers) throws IOException;
  }

  /**
   * What a name server said.
   *
   * @param addresses at least one
   * @param ttlSeconds how long that may be believed
   */
  record Answer(List<IpAddress> addresses, long ttlSeconds) {}

  private static final long SECOND_NS = 1_000_000_000L;
  private static final long SHORTEST_TTL_SECONDS = 30;
  private static final long LONGEST_TTL_SECONDS = 3_600;
  private static final long FIRST_WAIT_NS = SECOND_NS;
  private static final long LONGEST_WAIT_NS = 60 * SECOND_NS;

  private final Asker asker;
  private final LongSupplier nowNs;
  private final Runnable changed;
  private final Thread thread = new Thread(this::run, "noren-names");
  private final Map<String, Name> names = new HashMap<>();
  private List<IpAddress> servers = List.of();
  private boolean closed;

  /** What is known of one name. */
  private static final class Name {
    private List<IpAddress> addresses = List.of();
    private long dueNs;
    private long waitNs = FIRST_WAIT_NS;
    private Sentence problem;
  }

  /**
   * @param changed called from another thread when there is a new answer
   */
  FarNames(Asker asker, LongSupplier nowNs, Runnable changed) {
    this.asker = asker;
    this.nowNs = nowNs;
    this.changed = changed;
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /**
   * Which names are wanted, and who is asked for them; another line's servers are asked at once.
   */
  synchronized void want(Set<String> hosts, List<IpAddress> askedServers) {
    names.keySet().retainAll(hosts);
    long now = nowNs.getAsLong();
    for (String host : hosts) {
      names.computeIfAbsent(host, any -> due(now));
    }
    if (!servers.equals(askedServers)) {
      servers = List.copyOf(askedServers);
      for (Name name : names.values()) {
        name.dueNs = now;
        name.waitNs = FIRST_WAIT_NS;
      }
    }
    notifyAll();
  }

  private static Name due(long now) {
    Name name = new Name();
    name.dueNs = now;
    return name;
  }

  /** The addresses that are known, by name. */
  synchronized Map<String, List<IpAddress>> known() {
    Map<String, List<IpAddress>> known = new LinkedHashMap<>();
    names.forEach(
        (host, name) -> {
          if (!name.addresses.isEmpty()) {
            known.put(host, name.addresses);
          }
        });
    return known;
  }

  /** The names that are wanted. */
  synchronized List<String> wanted() {
    return names.keySet().stream().sorted().toList();
  }

  /** What keeps names from being known of which no address is, by name. */
  synchronized Map<String, Sentence> unknown() {
    Map<String, Sentence> unknown = new LinkedHashMap<>();
    names.forEach(
        (host, name) -> {
          if (name.addresses.isEmpty() && name.problem != null) {
            unknown.put(host, name.problem);
          } else if (name.addresses.isEmpty() && servers.isEmpty()) {
            unknown.put(host, Sentence.of("names.no-server", host));
          }
        });
    return unknown;
  }

  /** What keeps names from being known, one sentence each. */
  synchronized List<Sentence> problems() {
    return names.values().stream()
        .filter(name -> name.problem != null)
        .map(name -> Sentence.of("names.again", name.problem))
        .sorted(Comparator.comparing(Sentence::toString))
        .toList();
  }

  private void run() {
    try {
      while (true) {
        String host;
        List<IpAddress> asked;
        synchronized (this) {
          host = nextDue();
          while (host == null && !closed) {
            wait(Math.max(1, untilDueMs()));
            host = nextDue();
          }
          if (closed) {
            return;
          }
          asked = servers;
        }
        ask(host, asked);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private String nextDue() {
    long now = nowNs.getAsLong();
    return servers.isEmpty()
        ? null
        : names.entrySet().stream()
            .filter(each -> each.getValue().dueNs - now <= 0)
            .map(Map.Entry::getKey)
            .findFirst()
            .orElse(null);
  }

  private long untilDueMs() {
    long now = nowNs.getAsLong();
    return servers.isEmpty()
        ? LONGEST_WAIT_NS / 1_000_000
        : names.values().stream()
            .mapToLong(name -> (name.dueNs - now) / 1_000_000 + 1)
            .min()
            .orElse(LONGEST_WAIT_NS / 1_000_000);
  }

  private void ask(String host, List<IpAddress> asked) {
    Answer answer = null;
    Sentence problem = null;
    try {
      answer = asker.ask(host, asked);
    } catch (IOException e) {
      problem = Sentence.of(e);
    }
    boolean isNew = false;
    synchronized (this) {
      Name name = names.get(host);
      if (name == null) {
        return;
      }
      long now = nowNs.getAsLong();
      if (answer != null) {
        isNew = !answer.addresses().equals(name.addresses);
        name.addresses = answer.addresses();
        long seconds = Math.clamp(answer.ttlSeconds(), SHORTEST_TTL_SECONDS, LONGEST_TTL_SECONDS);
        name.dueNs = now + seconds * SECOND_NS;
        name.waitNs = FIRST_WAIT_NS;
        name.problem = null;
      } else {
        name.dueNs = now + name.waitNs;
        name.waitNs = Math.min(2 * name.waitNs, LONGEST_WAIT_NS);
        if (name.problem == null) {
          Logger.warn("{}; it is asked again.", problem);
        }
        name.problem = problem;
      }
    }
    if (isNew) {
      Logger.info("{} is at {}", host, answer.addresses());
      changed.run();
    }
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    thread.interrupt();
  }
}
