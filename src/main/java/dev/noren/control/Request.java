package dev.noren.control;

import dev.noren.status.LogEntry.Kind;
import java.time.Instant;

/**
 * One line to the control socket.
 *
 * @param op status, day, minutes, hours, echoes, diagnose, config, backup, history, set, edit,
 *     replace, import, rollback, confirm, log, invite, join, pairings, accept, refuse, lights,
 *     identify, test-lights, reset, update, give-update, try-update, try-tonight, update-news,
 *     look-for-update, fetch-update, support, notices or test-notices
 * @param as who asks, in the asker's own words; added to what the kernel says of it
 * @param watch for status: one more each second, until the caller hangs up
 * @param secrets for config: whether the document comes with its secrets
 * @param path for set: where
 * @param value for set: JSON, or text
 * @param document for edit and replace: the whole document as text
 * @param from for replace: where it is from, for the history
 * @param name for import: the tunnel's name
 * @param conf for import: the wg-quick file as text
 * @param number for rollback: which one; for edit: the one that was changed
 * @param since for log: not before this
 * @param kind for log: only these
 * @param limit for log: the last so many
 * @param form for invite, join, accept and refuse: the form's name
 * @param shop for invite and join: what the other shop is to be called
 * @param far for invite: where the other router is called
 * @param invitation for join: the line
 * @param seconds for identify: how long
 * @param offset for give-update: where in the file the part is
 * @param of for give-update: how long the whole file is, bytes
 * @param part for give-update: its bytes in Base64
 * @param wanted for try-tonight: whether, or not any more
 * @param hideAddresses for support: whether the internet's addresses are left out
 * @param card for support: whether it is put onto the card that a PC can read, too
 * @param symptom for diagnose: what somebody complains of
 * @param language of the errors in the answer, as in ja; English where there is none
 */
record Request(
    String op,
    String as,
    Boolean watch,
    Boolean secrets,
    String path,
    String value,
    String document,
    String from,
    String name,
    String conf,
    Integer number,
    Instant since,
    Kind kind,
    Integer limit,
    String form,
    String shop,
    String far,
    String invitation,
    Integer seconds,
    Long offset,
    Long of,
    String part,
    Boolean wanted,
    Boolean hideAddresses,
    Boolean card,
    String symptom,
    String language)
    implements RecordJson.Sparse {
  /** What is asked without more words; the language comes early, as the rest may be too long. */
  record Ask(String op, String language, String as, Boolean watch, Boolean secrets)
      implements RecordJson.Sparse {}

  /** What is wrong. */
  record Diagnose(String op, String language, String symptom) implements RecordJson.Sparse {}

  /** One value. */
  record Set(String op, String language, String as, String path, String value)
      implements RecordJson.Sparse {}

  /** Several values: the whole document as it shall be, and the number of what it was. */
  record Edit(String op, String language, String as, String document, int number)
      implements RecordJson.Sparse {}

  /** The whole document. */
  record Replace(String op, String language, String as, String document, String from)
      implements RecordJson.Sparse {}

  /** A tunnel. */
  record Import(String op, String language, String as, String name, String conf)
      implements RecordJson.Sparse {}

  /** An older document. */
  record Rollback(String op, String language, String as, int number) implements RecordJson.Sparse {}

  /** A pairing. */
  record Pairing(
      String op,
      String language,
      String as,
      String form,
      String shop,
      String far,
      String invitation)
      implements RecordJson.Sparse {}

  /** Which box it is. */
  record Identify(String op, String language, int seconds) implements RecordJson.Sparse {}

  /** A part of a file with a new version. */
  record GiveUpdate(String op, String language, String as, long offset, long of, String part)
      implements RecordJson.Sparse {}

  /** Whether something is wanted. */
  record Wish(String op, String language, String as, boolean wanted) implements RecordJson.Sparse {}

  /** A support file. */
  record Support(String op, String language, String as, boolean hideAddresses, boolean card)
      implements RecordJson.Sparse {}

  /** Entries of the log. */
  record Log(String op, String language, Instant since, Kind kind, Integer limit)
      implements RecordJson.Sparse {}

  /** The most bytes on one line: a document of the greatest length, in which much is escaped. */
  static final int MAX_BYTES = (4 << 20) + (64 << 10);

  /** Says neither a value nor a document: there may be secrets in them. */
  @Override
  public String toString() {
    return "Request[op=" + op + "]";
  }
}
