package dev.noren.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Whether a folder is ours alone. What lies in the state folder is done with the router's rights,
 * so nobody else may write to it, nor put another one in its place: that is up to whoever may write
 * to one of the folders above it, or owns a symbolic link on the way.
 */
public final class OwnFolder {
  private static final String USER = "unix:uid";
  private static final String MODE = "unix:mode";

  /** The write permissions of the group and of all others (inode(7)). */
  private static final int OTHERS_WRITE = 022;

  /** In such a folder only an entry's owner may rename or delete it, as in /tmp. */
  private static final int STICKY = 01000;

  private static final FileAttribute<Set<PosixFilePermission>> OURS =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private OwnFolder() {}

  /**
   * Makes a folder where it is not, with those above it, each for us alone, and checks it. Nothing
   * is made on a way that is not ours.
   *
   * @throws IOException with a sentence
   */
  public static void make(Path folder) throws IOException {
    Path there = folder.toAbsolutePath();
    while (there.getParent() != null && !Files.exists(there, LinkOption.NOFOLLOW_LINKS)) {
      there = there.getParent();
    }
    walk(there, user());
    Files.createDirectories(folder, OURS);
    check(folder);
  }

  /**
   * Checks a folder that is there, and each on the way to it.
   *
   * @throws IOException with a sentence that names the first that is not ours
   */
  public static void check(Path folder) throws IOException {
    Path whole = folder.toAbsolutePath();
    if ((mode(whole.toRealPath()) & OTHERS_WRITE) != 0) {
      throw writable(whole);
    }
    walk(whole, user());
  }

  private static void walk(Path whole, int user) throws IOException {
    checkOne(whole.getRoot(), user);
    Path way = whole.getRoot();
    for (Path name : whole) {
      way = way.resolve(name);
      checkOne(way, user);
      if (Files.isSymbolicLink(way)) {
        walk(way.toRealPath(), user);
      }
    }
  }

  private static void checkOne(Path path, int user) throws IOException {
    int owner = (Integer) Files.getAttribute(path, USER, LinkOption.NOFOLLOW_LINKS);
    if (owner != 0 && owner != user) {
      throw new IOException(
          path + " belongs to another user: chown it, or name another folder with --state");
    }
    int mode = mode(path);
    if (!Files.isSymbolicLink(path) && (mode & OTHERS_WRITE) != 0 && (mode & STICKY) == 0) {
      throw writable(path);
    }
  }

  private static IOException writable(Path path) {
    return new IOException(
        path + " can be written to by others, and keys are in it: chmod go-w " + path);
  }

  private static int mode(Path path) throws IOException {
    return (Integer) Files.getAttribute(path, MODE, LinkOption.NOFOLLOW_LINKS);
  }

  private static int user() throws IOException {
    return (Integer) Files.getAttribute(Path.of("/proc/self"), USER);
  }
}
