package dev.noren.linux;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;

/**
 * Lets the process open only so many descriptors more, for a test of what is left open when one
 * can't be had. The rest of the process is not to open any meanwhile.
 */
public final class FewDescriptors {
  /** Something that opens descriptors. */
  @FunctionalInterface
  public interface Opener {
    AutoCloseable open() throws Exception;
  }

  private static final Path MINE = Path.of("/proc/self/fd");
  private static final int RLIMIT_NOFILE = 7;

  /** More than anything under test opens. */
  private static final int MOST = 20;

  static {
    Native.register(FewDescriptors.class, NativeLibrary.getProcess());
  }

  /** The soft and the hard limit, 8 bytes each. */
  private final NativeBuffer before = new NativeBuffer(2 * Long.BYTES);

  private FewDescriptors(long limit) throws LinuxException {
    check(getrlimit(RLIMIT_NOFILE, before.address()));
    NativeBuffer now = new NativeBuffer(2 * Long.BYTES);
    now.putLong(0, limit);
    now.putLong(Long.BYTES, before.getLong(Long.BYTES));
    check(setrlimit(RLIMIT_NOFILE, now.address()));
  }

  private static native int getrlimit(int resource, long address);

  private static native int setrlimit(int resource, long address);

  private static void check(int result) throws LinuxException {
    if (result < 0) {
      throw LinuxException.of("can't limit the descriptors", LibC.errno());
    }
  }

  /**
   * Opens it once, and then again with no descriptor to be had, with one, with two and so on until
   * they are enough; fails if one of them is left open.
   *
   * @return how many descriptors were needed
   */
  public static int needed(Opener opener) throws Exception {
    // So that all classes are there, the refusal's too: loading one opens its file.
    opener.open().close();
    if (LinuxException.of("", Errno.EMFILE).errno() != Errno.EMFILE) {
      throw new AssertionError();
    }
    for (int allowed = 0; allowed < MOST; allowed++) {
      Set<Integer> open = open();
      boolean enough = true;
      FewDescriptors few = allow(allowed);
      try {
        opener.open().close();
      } catch (LinuxException e) {
        if (e.errno() != Errno.EMFILE) {
          throw e;
        }
        enough = false;
      } finally {
        few.lift();
      }
      if (!open().equals(open)) {
        throw new AssertionError(open + " were open, and after " + allowed + " more " + open());
      }
      if (enough) {
        return allowed;
      }
    }
    throw new AssertionError("not even " + MOST + " descriptors are enough");
  }

  /** A descriptor takes the lowest free number, and numbers from the limit up are refused. */
  private static FewDescriptors allow(int count) throws IOException {
    Set<Integer> open = open();
    int limit = 0;
    int free = 0;
    while (free < count || open.contains(limit)) {
      free += open.contains(limit) ? 0 : 1;
      limit++;
    }
    return new FewDescriptors(limit);
  }

  private static Set<Integer> open() throws IOException {
    Set<Integer> numbers = new TreeSet<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(MINE)) {
      for (Path file : files) {
        numbers.add(Integer.parseInt(file.getFileName().toString()));
      }
    }
    // What was open to list them is closed again.
    numbers.removeIf(number -> !Files.exists(MINE.resolve("" + number), LinkOption.NOFOLLOW_LINKS));
    return numbers;
  }

  /** Ends it. */
  private void lift() throws LinuxException {
    check(setrlimit(RLIMIT_NOFILE, before.address()));
  }
}
