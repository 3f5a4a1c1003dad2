package dev.noren.linux;

import java.nio.charset.StandardCharsets;

/** What the kernel takes as the name of a network interface. */
public final class InterfaceName {
  /** The longest name, bytes in UTF-8. */
  public static final int MOST_BYTES = 15;

  private InterfaceName() {}

  /**
   * Checks a name.
   *
   * @return the name
   * @throws LinuxException with a sentence: it is empty, too long, "." or "..", or has a character
   *     that the kernel or a shell would take for something else
   */
  public static String check(String name) throws LinuxException {
    if (name.isEmpty()) {
      throw new LinuxException("the interface name is empty: give one, as in wg0", Errno.EINVAL);
    }
    String shown = "the interface name \"" + name.replaceAll("[^\\x20-\\x7e]", "?") + "\" ";
    if (name.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
      throw new LinuxException(
          shown + "is too long: at most " + MOST_BYTES + " bytes", Errno.ENAMETOOLONG);
    }
    if (name.equals(".") || name.equals("..") || !name.chars().allMatch(InterfaceName::allowed)) {
      throw new LinuxException(
          shown + "is not allowed: use letters, digits and _ = + . - only", Errno.EINVAL);
    }
    return name;
  }

  /** The kernel refuses / : and spaces, and takes %d for a number to choose. */
  private static boolean allowed(int c) {
    boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    boolean digit = c >= '0' && c <= '9';
    return letter || digit || "_=+.-".indexOf(c) >= 0;
  }
}
