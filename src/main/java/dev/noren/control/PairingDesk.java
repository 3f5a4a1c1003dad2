package dev.noren.control;

import dev.noren.config.ConfigException;
import dev.noren.config.HostPort;
import dev.noren.config.TunnelName;
import dev.noren.text.Sentence;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/**
 * Pairing two shops by an invitation. An IOException's message is one sentence that is shown as it
 * is.
 */
public interface PairingDesk {
  /**
   * An invitation that was made.
   *
   * @param line what is to be carried; a secret
   * @param expires when it ends, by this box's clock
   * @param remarks what is to be said about it before it is carried, one sentence each
   */
  record Invited(String line, Instant expires, List<Sentence> remarks) {
    public Invited {
      remarks = List.copyOf(remarks);
    }

    /** Without the line. */
    @Override
    public String toString() {
      return "Invited[expires=" + expires + "]";
    }
  }

  /**
   * How far a pairing is.
   *
   * @param form the form
   * @param invites whether this end made the invitation
   * @param shop what the other shop calls itself, or is called here; null before that is known
   * @param digits the six digits to be compared, or null before there are any
   * @param subnet the other shop's networks as they are seen here, or null
   * @param state one sentence
   * @param expires when the invitation ends, by the clock of who made it
   * @param remarks what is to be done besides, one sentence each
   */
  record Pair(
      TunnelName form,
      boolean invites,
      String shop,
      String digits,
      String subnet,
      Sentence state,
      Instant expires,
      List<Sentence> remarks) {
    private static final String TO_COMPARE = "pairing.compare";

    public Pair {
      remarks = remarks == null ? List.of() : List.copyOf(remarks);
    }

    /** What a pairing's state is while its digits wait to be compared. */
    public static Sentence toCompare(TunnelName form) {
      return Sentence.of(TO_COMPARE, form);
    }

    /** Whether a person is to compare the digits and to decide. */
    public boolean isToBeCompared() {
      return TO_COMPARE.equals(state.key());
    }

    /** The same with other remarks. */
    public Pair withRemarks(List<Sentence> others) {
      return new Pair(form, invites, shop, digits, subnet, state, expires, others);
    }
  }

  /**
   * Makes an invitation for a form.
   *
   * @param shop what the other shop is to be called here, or null
   * @param far where the other router is called from here, or null
   */
  Invited invite(TunnelName form, String shop, HostPort far, String author)
      throws IOException, ConfigException;

  /**
   * Begins to call in by an invitation.
   *
   * @param line the invitation
   * @param form what the new form is called, or null to choose
   * @param shop what the other shop is to be called here, or null
   * @return what is to be said about it, one sentence each
   */
  List<Sentence> join(String line, TunnelName form, String shop, String author)
      throws IOException, ConfigException;

  /** The pairings that are under way. */
  List<Pair> pairings() throws IOException;

  /** A person says that the digits are the same at both ends. */
  Pair accept(TunnelName form, String author) throws IOException, ConfigException;

  /** A person says that this is not to be. */
  void refuse(TunnelName form, String author) throws IOException, ConfigException;
}
