package dev.noren.crypto;

import java.security.Key;
import javax.crypto.spec.SecretKeySpec;

/** Secrets as the JDK's MACs take them, for whoever may not see {@code javax.crypto}. */
public final class MacKey {
  private MacKey() {}

  /** A key for HMAC-SHA-1. */
  public static Key hmacSha1(byte[] secret) {
    return new SecretKeySpec(secret, "HmacSHA1");
  }
}
