package dev.noren.probe;

import dev.noren.linux.Errno;
import dev.noren.net.Endpoint;
import dev.noren.net.IpAddress;
import dev.noren.probe.DnsMessage.Answer;
import dev.noren.probe.DnsMessage.Kind;
import dev.noren.text.Failed;
import dev.noren.text.Sentence;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Asks name servers for a host's addresses, with a mark on each packet, which the JDK's resolver
 * has not; and it tells how long the answer stays true. A and AAAA are asked for together, over
 * UDP, and over TCP where an answer doesn't fit. It takes at most the time for each server, twice.
 */
public final class NameQuery {
  /** The port of name servers. */
  public static final int PORT = 53;

  /** How long to wait for one server. */
  public static final Duration USUAL_TIME = Duration.ofSeconds(2);

  private static final int ROUNDS = 2;
  private static final int MOST_UDP = 4096;
  private static final int MOST_TCP = 65535;
  private static final int[] TYPES = {DnsMessage.A, DnsMessage.AAAA};

  private final List<Endpoint> servers;
  private final int mark;
  private final Duration time;
  private final RandomGenerator random;

  /**
   * What was found.
   *
   * @param addresses at least one, those of IPv4 first
   * @param seconds how long they may be used without asking again, 0 to a day
   */
  public record Found(List<IpAddress> addresses, int seconds) {
    public Found {
      addresses = List.copyOf(addresses);
    }
  }

  /**
   * A way to ask.
   *
   * @param servers in the order in which they are asked
   * @param mark the mark of all packets, or 0 for none
   * @param time how long to wait for one server
   * @param random gives ids that can't be guessed, so a {@link java.security.SecureRandom}
   */
  public NameQuery(List<Endpoint> servers, int mark, Duration time, RandomGenerator random) {
    this.servers = List.copyOf(servers);
    this.mark = mark;
    this.time = time;
    this.random = random;
  }

  /**
   * Asks, and waits for the answer.
   *
   * @param name a host's name, without a full stop at its end
   * @throws IOException with a sentence: there is no such name, it has no address, or no server
   *     gave an answer
   */
  public Found ask(String name) throws IOException {
    if (!DnsMessage.isName(name)) {
      throw new Failed(
          "names.no-name", Sentence.of("value.quoted", name.replaceAll("[^ -~]", "?")));
    }
    if (servers.isEmpty()) {
      throw new Failed("names.no-server", name);
    }
    Sentence why = Sentence.plain("");
    for (int round = 0; round < ROUNDS; round++) {
      for (Endpoint server : servers) {
        try {
          Answer[] answers = ask(server, name);
          Found found = found(answers);
          if (found != null) {
            return found;
          }
          if (isFinal(answers)) {
            throw new NoAddressException(
                Sentence.of(
                    answers[0].kind() == Kind.NO_SUCH_NAME ? "names.none" : "names.no-address",
                    name,
                    server.address()));
          }
          why = Sentence.of("names.silent", server.address());
        } catch (NoAddressException e) {
          throw e;
        } catch (IOException e) {
          why = Sentence.of(e);
        }
      }
    }
    throw new Failed("names.not-asked", name, why);
  }

  private static Found found(Answer[] answers) {
    List<IpAddress> addresses = new ArrayList<>();
    int seconds = Integer.MAX_VALUE;
    for (Answer answer : answers) {
      if (answer != null && answer.kind() == Kind.ADDRESSES) {
        addresses.addAll(answer.addresses());
        seconds = Math.min(seconds, answer.seconds());
      }
    }
    return addresses.isEmpty() ? null : new Found(addresses, seconds);
  }

  private static boolean isFinal(Answer[] answers) {
    for (Answer answer : answers) {
      if (answer == null || (answer.kind() != Kind.NONE && answer.kind() != Kind.NO_SUCH_NAME)) {
        return false;
      }
    }
    return true;
  }

  /** One server's answers, in the order of TYPES; null for one that did not come. */
  private Answer[] ask(Endpoint server, String name) throws IOException {
    long untilNs = System.nanoTime() + time.toNanos();
    Answer[] answers = new Answer[TYPES.length];
    int firstId = random.nextInt(1 << 16);
    int[] ids = {firstId, firstId ^ (1 + random.nextInt((1 << 16) - 1))};
    try (MarkedSocket socket = MarkedSocket.udp(server, mark)) {
      for (int i = 0; i < TYPES.length; i++) {
        byte[] question = DnsMessage.question(ids[i], name, TYPES[i]);
        check(socket.send(question, 0, question.length), server);
      }
      byte[] bytes = new byte[MOST_UDP];
      while ((answers[0] == null || answers[1] == null) && socket.awaitReadable(untilNs)) {
        int length = socket.receive(bytes, 0, bytes.length);
        if (length == -Errno.EAGAIN) {
          continue;
        }
        check(length, server);
        for (int i = 0; i < TYPES.length; i++) {
          if (answers[i] == null) {
            answers[i] = DnsMessage.answer(bytes, length, ids[i], name, TYPES[i]).orElse(null);
          }
        }
      }
    }
    for (int i = 0; i < TYPES.length; i++) {
      if (answers[i] != null && answers[i].kind() == Kind.TRUNCATED) {
        answers[i] = askByStream(server, name, TYPES[i], untilNs);
      }
    }
    return answers;
  }

  /** RFC 7766: each message after its length in 2 bytes. */
  private Answer askByStream(Endpoint server, String name, int type, long untilNs)
      throws IOException {
    int id = random.nextInt(1 << 16);
    byte[] question = DnsMessage.question(id, name, type);
    byte[] framed = new byte[2 + question.length];
    framed[0] = (byte) (question.length >>> 8);
    framed[1] = (byte) question.length;
    System.arraycopy(question, 0, framed, 2, question.length);
    try (MarkedSocket socket = MarkedSocket.tcp(server, mark)) {
      if (!socket.awaitConnected(untilNs)) {
        return null;
      }
      // So few bytes fit into an empty buffer whole.
      check(socket.send(framed, 0, framed.length), server);
      byte[] bytes = new byte[2 + MOST_TCP];
      int have = 0;
      while (have < 2 || have < 2 + uint16(bytes)) {
        if (!socket.awaitReadable(untilNs)) {
          return null;
        }
        int got = socket.receive(bytes, have, bytes.length - have);
        if (got == -Errno.EAGAIN) {
          continue;
        }
        if (got == 0) {
          return null;
        }
        have += check(got, server);
      }
      byte[] message = Arrays.copyOfRange(bytes, 2, 2 + uint16(bytes));
      return DnsMessage.answer(message, message.length, id, name, type)
          .filter(answer -> answer.kind() != Kind.TRUNCATED)
          .orElse(null);
    }
  }

  private static int uint16(byte[] bytes) {
    return (bytes[0] & 0xff) << 8 | (bytes[1] & 0xff);
  }

  private static int check(int result, Endpoint server) throws IOException {
    if (result < 0) {
      throw new Failed("names.server", server.address(), Errno.describe(-result));
    }
    return result;
  }
}
