package dev.noren.doctor;

/**
 * What the data path and the questions saw of a far end.
 *
 * @param tunnel the tunnel's name
 * @param publicKey the far end's key
 * @param ownKey this box's key in the tunnel, or null
 * @param badResponses answers to our calls that are made for us and do not open
 * @param oldCalls genuine calls whose time is before that of an earlier call, each newer than the
 *     one before it, so that they are no copies
 * @param backSeconds by how much, of the last one
 * @param answered calls that we answered since a handshake last came to its end
 * @param foreign packets with an inner source that is not the far end's to use
 * @param foreignSource one of those sources, or null
 * @param oneWaySeconds for how long data has been sent to it and none has come
 * @param knock what its port says to a datagram that is not WireGuard's
 * @param hostAnswers whether its host answers echoes, or null where it was not asked
 * @param largeLost whether it answers small echoes through the tunnel, and not large ones
 * @param narrowed whether smaller packets are sent through the tunnel since larger ones got lost
 */
public record Sight(
    String tunnel,
    String publicKey,
    String ownKey,
    Event badResponses,
    Event oldCalls,
    long backSeconds,
    Event answered,
    Event foreign,
    String foreignSource,
    long oneWaySeconds,
    Knock knock,
    Boolean hostAnswers,
    boolean largeLost,
    boolean narrowed) {
  /** What a port says. */
  public enum Knock {
    /** It was not asked. */
    UNASKED,
    /** Nothing, as WireGuard's does. */
    SILENT,
    /** Its host says that nobody listens there. */
    REFUSED,
    /** Something, which WireGuard never does. */
    ANSWERED
  }

  /** Of a far end of which nothing was seen. */
  public static Sight nothing(String tunnel, String publicKey) {
    return new Sight(
        tunnel,
        publicKey,
        null,
        Event.NEVER,
        Event.NEVER,
        0,
        Event.NEVER,
        Event.NEVER,
        null,
        0,
        Knock.UNASKED,
        null,
        false,
        false);
  }
}
