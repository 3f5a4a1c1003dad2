package dev.noren.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.noren.text.Refused;
import dev.noren.text.Sentence;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The bytes of a saved configuration: a first line {@code sha256 DIGEST} over all that follows it,
 * then JSON in UTF-8: an object with {@code number}, {@code savedAt} (RFC 3339), {@code author},
 * {@code change} and {@code document}.
 */
final class StoredFile {
  private static final String HEAD = "sha256 ";
  private static final int HEAD_BYTES = HEAD.length() + 64 + 1;

  private StoredFile() {}

  static byte[] write(StoredConfig stored) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("number", Json.Num.of(stored.number()));
    tree.put("savedAt", stored.savedAt().toString());
    tree.put("author", stored.author());
    tree.put("change", stored.change());
    tree.put("document", RouterTree.of(stored.config()));
    byte[] body = Json.write(tree).getBytes(UTF_8);
    byte[] head = head(body);
    byte[] whole = Arrays.copyOf(head, head.length + body.length);
    System.arraycopy(body, 0, whole, head.length, body.length);
    return whole;
  }

  private static byte[] head(byte[] body) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(body);
      return (HEAD + HexFormat.of().formatHex(digest) + "\n").getBytes(UTF_8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /**
   * Reads what {@link #write} made.
   *
   * @param number what its name says
   * @throws ConfigException where it is not whole, or this program can't read its document
   */
  static StoredConfig read(String name, int number, byte[] whole) throws ConfigException {
    Problems problems = new Problems(name);
    byte[] body = Arrays.copyOfRange(whole, Math.min(HEAD_BYTES, whole.length), whole.length);
    byte[] head = Arrays.copyOf(whole, whole.length - body.length);
    if (!Arrays.equals(head, head(body))) {
      throw problems.fatal(0, Sentence.of("stored.damaged"));
    }
    Fields fields = Fields.of(Json.parse(new String(body, UTF_8), problems), "", problems);
    fields.number("number", number, number, number);
    Instant savedAt = fields.required("savedAt", "hint.not-ours", StoredFile::instant);
    String author = fields.required("author", "hint.not-ours", text -> text);
    String change = fields.required("change", "hint.not-ours", text -> text);
    RouterConfig config = RouterReader.read(fields.value("document"), problems);
    fields.done();
    problems.throwIfAny();
    return new StoredConfig(number, savedAt, author, change, config);
  }

  private static Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw new Refused(Sentence.of("stored.time"), e);
    }
  }
}
