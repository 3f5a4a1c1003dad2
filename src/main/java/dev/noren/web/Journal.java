package dev.noren.web;

/** Writes down who came to the page. */
public interface Journal {
  /**
   * Somebody signed in, or tried to.
   *
   * @param who who it is, and from where
   * @param what what happened, without a secret
   */
  void signedIn(String who, String what);
}
