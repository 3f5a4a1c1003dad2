package dev.noren.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Codes that stand in for a lost telephone, each once. One has 60 bits of chance, so its plain hash
 * tells nobody what it was.
 */
final class RecoveryCodes {
  static final int COUNT = 8;

  private RecoveryCodes() {}

  /** New ones, as they are shown once. */
  static List<String> generate(RandomGenerator chance) {
    List<String> codes = new ArrayList<>();
    for (int i = 0; i < COUNT; i++) {
      codes.add(
          SetupCode.generate(chance).text() + "-" + SetupCode.generate(chance).text().substring(5));
    }
    return codes;
  }

  /** What is kept of one, however it is typed. */
  static String hash(String code) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(SetupCode.plain(code).getBytes(UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
