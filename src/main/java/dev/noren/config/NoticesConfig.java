package dev.noren.config;

import dev.noren.text.Language;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What the owner is told of by itself, and how.
 *
 * @param language in which language
 * @param mail by which mail, or null for none
 * @param webhook by which webhook, or null for none
 * @param events what of
 */
public record NoticesConfig(Language language, Mail mail, Webhook webhook, Set<Event> events) {
  /** Nobody is told anything; once somebody is, it is of everything. */
  public static final NoticesConfig OFF =
      new NoticesConfig(Language.ENGLISH, null, null, EnumSet.allOf(Event.class));

  public NoticesConfig {
    events = events.isEmpty() ? Set.of() : Set.copyOf(events);
  }

  /** What can be told. */
  public enum Event {
    /** The shop had no internet or no tunnel for some minutes; and that it is back. */
    DOWN,

    /** A device that was never in the shop's network before. */
    DEVICE,

    /** Somebody tried to sign in, and was refused several times. */
    SIGN_IN,

    /** A new version waits, was kept or came to nothing. */
    UPDATE;

    /** As the document has it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** How a mail server is spoken to. */
  public enum Security {
    /** TLS from the first byte on. */
    TLS(465),

    /** TLS once the server was greeted; without it nothing is sent. */
    STARTTLS(587),

    /** In the clear. */
    NONE(25);

    private final int port;

    Security(int port) {
      this.port = port;
    }

    /** The usual port. */
    public int port() {
      return port;
    }
  }

  /**
   * A mail.
   *
   * @param to who gets it
   * @param from who it is from, or null for the user, or the one who gets it
   * @param server the mail server's name or address
   * @param port its port, or 0 for the usual one
   * @param security how it is spoken to
   * @param user who signs in there, or null for nobody
   * @param password the user's password, or null
   */
  public record Mail(
      String to,
      String from,
      String server,
      int port,
      Security security,
      String user,
      String password) {
    /** Where the server is. */
    public HostPort place() {
      return new HostPort(server, port == 0 ? security.port() : port);
    }

    /** Who it is from. */
    public String sender() {
      if (from != null) {
        return from;
      }
      return user != null && user.indexOf('@') > 0 ? user : to;
    }

    /** Without the password. */
    @Override
    public String toString() {
      return "Mail[to=" + to + ", server=" + place() + ", security=" + security + "]";
    }
  }

  /**
   * A webhook. Where it is, is a secret too: with many services, who knows it may send.
   *
   * @param url where
   * @param token what is sent as Authorization: Bearer, or null
   */
  public record Webhook(WebAddress url, String token) {
    /** Without the secrets. */
    @Override
    public String toString() {
      return "Webhook[at=" + url.place() + "]";
    }
  }

  /** Whether anybody is told anything. */
  public boolean isOn() {
    return mail != null || webhook != null;
  }

  /** The events as the document has them, in one order. */
  List<String> words() {
    return events.stream().sorted().map(Event::word).toList();
  }
}
