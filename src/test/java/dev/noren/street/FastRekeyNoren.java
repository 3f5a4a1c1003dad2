package dev.noren.street;

import dev.noren.Main;
import dev.noren.protocol.Limits;

/**
 * Noren's main with every time a hundredth: a session is renewed after 1.2 s, refused after 1.8 s,
 * an unanswered handshake retried after 50 ms. The only class in here that knows one of Noren's.
 */
public final class FastRekeyNoren {
  private static final int FASTER = 100;

  private FastRekeyNoren() {}

  /** Takes the arguments that Noren takes. */
  public static void main(String[] args) {
    System.exit(Main.run(Limits.WHITEPAPER.faster(FASTER), args));
  }
}
