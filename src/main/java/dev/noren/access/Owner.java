package dev.noren.access;

import java.util.ArrayList;
import java.util.List;

/**
 * Whose box it is, as that is kept: a line each for the passphrase's hash and, where there is a
 * second factor, for its secret, its last code and each recovery code that was not used.
 *
 * @param passphrase the passphrase's hash
 * @param totp the secret of one-time codes, or null without a second factor
 * @param lastStep the step of the last code that was taken, or {@link Totp#NONE}
 * @param recovery the hashes of the recovery codes that are left
 */
record Owner(PassphraseHash passphrase, TotpSecret totp, long lastStep, List<String> recovery) {
  private static final String PASSPHRASE = "passphrase ";
  private static final String TOTP = "totp ";
  private static final String STEP = "step ";
  private static final String RECOVERY = "recovery ";

  Owner {
    recovery = List.copyOf(recovery);
  }

  /** One without a second factor. */
  static Owner of(PassphraseHash passphrase) {
    return new Owner(passphrase, null, Totp.NONE, List.of());
  }

  Owner withPassphrase(PassphraseHash other) {
    return new Owner(other, totp, lastStep, recovery);
  }

  Owner withSecondFactor(TotpSecret secret, long step, List<String> codes) {
    return new Owner(passphrase, secret, step, codes);
  }

  Owner withStep(long step) {
    return new Owner(passphrase, totp, step, recovery);
  }

  Owner withoutRecovery(String hash) {
    return new Owner(
        passphrase, totp, lastStep, recovery.stream().filter(each -> !each.equals(hash)).toList());
  }

  /**
   * Reads what {@link #text} gave.
   *
   * @throws IllegalArgumentException where it is damaged
   */
  static Owner parse(String text) {
    PassphraseHash passphrase = null;
    TotpSecret totp = null;
    long step = Totp.NONE;
    List<String> recovery = new ArrayList<>();
    for (String line : text.lines().toList()) {
      if (line.startsWith(PASSPHRASE)) {
        passphrase = PassphraseHash.parse(line.substring(PASSPHRASE.length()));
      } else if (line.startsWith(TOTP)) {
        totp = new TotpSecret(line.substring(TOTP.length()));
      } else if (line.startsWith(STEP)) {
        step = Long.parseLong(line.substring(STEP.length()));
      } else if (line.startsWith(RECOVERY)) {
        recovery.add(line.substring(RECOVERY.length()));
      } else {
        throw new IllegalArgumentException("a line of it is none of ours");
      }
    }
    if (passphrase == null) {
      throw new IllegalArgumentException("it has no passphrase");
    }
    return new Owner(passphrase, totp, step, recovery);
  }

  /** As it is kept. */
  String text() {
    StringBuilder text = new StringBuilder(PASSPHRASE + passphrase.text() + "\n");
    if (totp != null) {
      text.append(TOTP + totp.base32() + "\n");
      text.append(STEP + lastStep + "\n");
      recovery.forEach(each -> text.append(RECOVERY).append(each).append('\n'));
    }
    return text.toString();
  }

  /** Without the secrets. */
  @Override
  public String toString() {
    return "Owner";
  }
}
