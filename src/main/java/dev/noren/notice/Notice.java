package dev.noren.notice;

import java.time.Instant;
import java.util.Locale;

/**
 * Something that the owner is told.
 *
 * @param id its own, on this box
 * @param kind what it is about
 * @param at when it happened, as the box's clock had it
 * @param finding the number of the finding that says why, or null
 * @param subject what it is in a few words
 * @param text all of it
 * @param mail whether it has still to go out by mail
 * @param webhook whether it has still to go out by the webhook
 */
public record Notice(
    String id,
    Kind kind,
    Instant at,
    String finding,
    String subject,
    String text,
    boolean mail,
    boolean webhook) {
  /** What a notice is about. */
  public enum Kind {
    /** There is no internet, or no tunnel. */
    DOWN,

    /** It is back. */
    BACK,

    /** A new device. */
    DEVICE,

    /** Refused sign-ins. */
    SIGN_IN,

    /** A new version. */
    UPDATE,

    /** More happened than is told one by one. */
    MORE,

    /** Somebody wants to see whether notices arrive. */
    TEST;

    /** What programs call it, as in sign-in. */
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** A way to the owner. */
  public enum Channel {
    /** By mail. */
    MAIL,

    /** By the webhook. */
    WEBHOOK
  }

  /** Whether it has still to go out this way. */
  public boolean isFor(Channel channel) {
    return channel == Channel.MAIL ? mail : webhook;
  }

  /** Whether it has still to go out. */
  boolean isWaiting() {
    return mail || webhook;
  }

  /** The same with only these ways of those that it has. */
  Notice only(boolean byMail, boolean byWebhook) {
    return new Notice(id, kind, at, finding, subject, text, mail && byMail, webhook && byWebhook);
  }

  /** The same without one way. */
  Notice without(Channel channel) {
    return only(channel != Channel.MAIL, channel != Channel.WEBHOOK);
  }
}
