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

  static final int EV_KEY = 1;
  static final int RELEASED = 0;
  static final int PRESSED = 1;

  private static final int NAME_SIZE = 128;

  /** {@code _IOR('E', 0x06, char[128])}. */
  static final long GET_NAME = 0x80804506L;

  private static final int MOST_EVENTS = 32;

  private final Fd fd;
  private final NativeBuffer events = new NativeBuffer(MOST_EVENTS * EVENT_SIZE);

  private InputKeys(Fd fd) {
    this.fd = fd;
  }

  /** Opens an input device's file. */
  public static InputKeys open(Path device) throws LinuxException {
    return new InputKeys(Fd.open(device.toString(), LibC.O_NONBLOCK));
  }

  /**
   * Opens the first input device of this name, as {@code /proc/bus/input/devices} has it.
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
    for (Path each : found) {
      InputKeys keys = open(each);
      if (keys.name().equals(name)) {
        return keys;
      }
      keys.close();
    }
    throw new IOException("there is no input device " + name);
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
      return lastOf(events, got, code);
    } finally {
      fd.release();
    }
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
