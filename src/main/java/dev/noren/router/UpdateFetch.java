package dev.noren.router;

import dev.noren.services.Signify;
import dev.noren.services.Wget;
import dev.noren.text.Failed;
import dev.noren.update.UpdateHead;
import dev.noren.update.UpdateList;
import dev.noren.update.UpdateList.Release;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;

/** Fetches the list of versions and their files, and takes only what was signed or promised. */
final class UpdateFetch {
  /** A version's file on its way. */
  static final String FILE = "fetched";

  private static final String SIGNED = "list.signed";
  private static final String TEXT = "list.text";

  /** The list is small. */
  private static final int LIST_TRIES = 2;

  /** A line that breaks now and then still brings the whole file. */
  private static final int FILE_TRIES = 20;

  private static final int BLOCK_BYTES = 64 << 10;

  private final Path folder;
  private final UpdateSource source;
  private final Wget wget;
  private final Signify signify;
  private final Limits limits;

  /**
   * How long all of it may take.
   *
   * @param list to fetch the list
   * @param file to fetch a version's file
   */
  record Limits(Duration list, Duration file) {
    /** A slow line brings a version in two hours: that is 0.2 Mbit/s and more. */
    static final Limits USUAL = new Limits(Duration.ofMinutes(2), Duration.ofHours(2));
  }

  /**
   * @param folder where files are for a while; a half one of before is deleted
   */
  UpdateFetch(Path folder, UpdateSource source, Wget wget, Signify signify, Limits limits)
      throws IOException {
    this.folder = folder;
    this.source = source;
    this.wget = wget;
    this.signify = signify;
    this.limits = limits;
    for (String each : new String[] {FILE, SIGNED, TEXT}) {
      Files.deleteIfExists(folder.resolve(each));
    }
  }

  /**
   * The text of the list, once it was found to be signed.
   *
   * @throws IOException with a sentence
   */
  String list() throws IOException {
    Path signed = folder.resolve(SIGNED);
    try {
      wget.fetch(source.url(), signed, UpdateList.MOST_BYTES, limits.list(), LIST_TRIES);
      return signify.text(signed, source.key(), folder.resolve(TEXT));
    } finally {
      Files.deleteIfExists(signed);
    }
  }

  /**
   * Fetches a version's file, which is what the list says.
   *
   * @return the file, which the caller takes away
   * @throws IllegalArgumentException where a box takes no such file
   * @throws IOException with a sentence
   */
  Path file(Release release) throws IOException {
    UpdateHead.checkSize(release.bytes());
    UpdateUpload.checkRoom(folder, release.bytes());
    Path file = folder.resolve(FILE);
    wget.fetch(release.url(), file, release.bytes(), limits.file(), FILE_TRIES);
    if (Files.size(file) != release.bytes() || !sum(file).equals(release.sha256())) {
      throw new Failed("news.other-file");
    }
    return file;
  }

  private static String sum(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] block = new byte[BLOCK_BYTES];
      for (int length = in.read(block); length >= 0; length = in.read(block)) {
        digest.update(block, 0, length);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** How much of a version's file is there, percent. */
  int percent(Release release) {
    try {
      return (int) Math.min(99, Files.size(folder.resolve(FILE)) * 100 / release.bytes());
    } catch (IOException e) {
      return 0;
    }
  }

  /** Deletes what is there of a version's file. */
  void drop() throws IOException {
    Files.deleteIfExists(folder.resolve(FILE));
  }
}
