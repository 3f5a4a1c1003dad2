package dev.noren.config;

import dev.noren.crypto.PrivateKey;
import dev.noren.text.Sentence;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The router's document as JSON. */
public final class RouterJson {
  /** No document is longer, characters; a thousand peers take a quarter of it. */
  public static final int MAX_LENGTH = 1 << 21;

  private RouterJson() {}

  /**
   * Reads a document.
   *
   * @param fileName as it is to appear in errors
   * @throws ConfigException with every error in it; with one alone where it is no JSON or of a
   *     schema that this program does not know
   */
  public static RouterConfig read(String fileName, String text) throws ConfigException {
    return read(Sentence.plain(fileName), text);
  }

  /** Reads a document that is no file, and what errors call it. */
  public static RouterConfig read(Sentence called, String text) throws ConfigException {
    Problems problems = new Problems(called);
    return RouterReader.read(tree(text, problems), problems);
  }

  static Object tree(String text, Problems problems) throws ConfigException {
    if (text.length() > MAX_LENGTH) {
      throw problems.fatal(0, Sentence.of("document.too-long", MAX_LENGTH));
    }
    return Json.parse(text, problems);
  }

  /** The document, secrets and all. {@link #read} makes the same configuration of it. */
  public static String write(RouterConfig config) {
    return Json.write(RouterTree.of(config));
  }

  /** The document to be looked at, with {@code (hidden)} for each secret. */
  public static String writeHidden(RouterConfig config) {
    return Json.write(RouterTree.hidden(RouterTree.of(config)));
  }

  /** Each secret that is in it: keys, passwords, the secrets of one-time codes. */
  public static List<String> secrets(RouterConfig config) {
    return RouterTree.texts(RouterTree.of(config), RouterTree.SECRETS);
  }

  /** Each public key that is in it, and those of its private keys. */
  public static List<String> publicKeys(RouterConfig config) {
    Object tree = RouterTree.of(config);
    return Stream.concat(
            RouterTree.texts(tree, Set.of("publicKey")).stream(),
            RouterTree.texts(tree, Set.of("privateKey")).stream()
                .map(key -> PrivateKey.parseBase64(key).publicKey().toBase64()))
        .toList();
  }
}
