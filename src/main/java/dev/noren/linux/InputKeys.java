package dev.noren.linux;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The keys of one of the kernel's input devices, such as a button of the board's own.
 *
 * <pre>
 * input_event, 24 bytes   time 0 (16) · type 16 (2) · code 18 (2) · value 20 (4)
 * </pre>
 */
public final class InputKeys implements AutoCloseable {
  static final int EVENT_SIZE = 24;
  static final int TYPE = 16;
  static final int CODE = 18;
  static final int VALUE = 20;

  static final int EV_SYN = 0;
  static final int EV_KEY = 1;

  /** The kernel had no room for more events: what was told is no longer all that was. */
  static final int SYN_DROPPED = 3;

  static final int RELEASED = 0;
  static final int PRESSED = 1;

  private static final int NAME_SIZE = 128;

  /** {@code _IOR('E', 0x06, char[128])}. */
  static final long GET_NAME = 0x80804506L;

  /** A bit for each key that there can be (KEY_MAX is 0x2ff). */
  private static final int STATE_SIZE = 96;

  /** {@code EVIOCGKEY(96)}: {@code _IOR('E', 0x18, char[96])}. */
  static final long GET_STATE = 0x80604518L;

  private static final int MOST_EVENTS = 32;

  private final Fd fd;
  private final NativeBuffer events = new NativeBuffer(MOST_EVENTS * EVENT_SIZE);
  private final NativeBuffer keys = new NativeBuffer(STATE_SIZE);

  private InputKeys(Fd fd) {
    this.fd = fd;
  }

  /** Opens an input device's file. */
  public static InputKeys open(Path device) throws LinuxException {
    return new InputKeys(Fd.open(device.toString(), LibC.O_NONBLOCK));
  }

  /**
   * Opens the first input device of this name, as {@code /proc/bus/input/devices} has it. One that
   * this user may not read keeps none of the others from being found.
   *
   * @param folder where they are: /dev/input
   * @throws IOException with a sentence
   */
  public static InputKeys byName(Path folder, String name) throws IOException {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, "event*")) {
      entries.forEach(found::add);
    } catch (IOException e) {
      throw new IOException("there is no input device " + name + ", nor any other", e);
    }
    Collections.sort(found);
    LinuxException refused = null;
    for (Path each : found) {
      try {
        InputKeys keys = open(each);
        if (keys.name().equals(name)) {
          return keys;
        }
        keys.close();
      } catch (LinuxException e) {
        refused = refused == null ? e : refused;
      }
    }
    throw refused == null
        ? new IOException("there is no input device " + name)
        : new IOException(
            "there is no input device "
                + name
                + " among those that can be opened ("
                + refused.getMessage()
                + ")",
            refused);
  }

  private String name() {
    NativeBuffer text = new NativeBuffer(NAME_SIZE);
    int length = Ioctl.call(fd, GET_NAME, text.address());
    try {
      return length < 0 ? "" : text.getText(0, NAME_SIZE);
    } finally {
      text.keep();
    }
  }

  /** What to wait on. */
  public Fd fd() {
    return fd;
  }

  /**
   * Takes what came, of which the last change of this key counts; that it repeats is no change.
   * Where the kernel says that it has dropped events, how the key is now counts instead: its being
   * let go may have been among them.
   *
   * @param code the key's number, as in linux/input-event-codes.h
   * @return whether it is pressed by that; null where nothing of it came
   * @throws LinuxException where the device is gone
   */
  public Boolean takeChanges(int code) throws LinuxException {
    int number = fd.acquire();
    if (number == Fd.CLOSED) {
      return null;
    }
    try {
      long got = LibC.read(number, events.address(), events.size());
      if (got < 0) {
        int errno = LibC.errno();
        if (errno != Errno.EAGAIN && errno != Errno.EINTR) {
          throw LinuxException.of("can't read the button", errno);
        }
      }
      return isDropped(events, got) ? (Boolean) isDown(code) : lastOf(events, got, code);
    } finally {
      fd.release();
    }
  }

  /** How the key is by the kernel's own account; let go where that can't be had. */
  private boolean isDown(int code) {
    return Ioctl.call(fd, GET_STATE, keys) == 0 && isSet(keys, code);
  }

  /** Whether a key's bit is set. */
  static boolean isSet(NativeBuffer keys, int code) {
    return code / 8 < keys.size() && (keys.getByte(code / 8) >> code % 8 & 1) != 0;
  }

  /** Whether so many bytes of events say that others were dropped. */
  static boolean isDropped(NativeBuffer events, long bytes) {
    for (int at = 0; at + EVENT_SIZE <= bytes; at += EVENT_SIZE) {
      if (events.getShort(at + TYPE) == EV_SYN && events.getShort(at + CODE) == SYN_DROPPED) {
        return true;
      }
    }
    return false;
  }

  /** By so many bytes of events. */
  static Boolean lastOf(NativeBuffer events, long bytes, int code) {
    Boolean last = null;
    for (int at = 0; at + EVENT_SIZE <= bytes; at += EVENT_SIZE) {
      int value = events.getInt(at + VALUE);
      if (events.getShort(at + TYPE) == EV_KEY
          && events.getShort(at + CODE) == code
          && (value == PRESSED || value == RELEASED)) {
        last = value == PRESSED;
      }
    }
    return last;
  }

  @Override
  public void close() {
    fd.close();
  }
}
