package dev.noren.image;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.noren.street.Wait;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Runs commands within a box as root, for what nobody can see from outside. The box's end,
 * probe.sh, is the test's own and not of the image.
 */
final class Probe implements AutoCloseable {
  private static final Pattern END = Pattern.compile("\\n=(\\d+)\\n$");

  /** A command in an emulated box on a busy machine. */
  private static final Duration AT_MOST = Duration.ofMinutes(3);

  private final SocketChannel channel;

  /** At QEMU's end of the port. */
  Probe(Path socket) {
    try {
      channel = SocketChannel.open(StandardProtocolFamily.UNIX);
      channel.connect(UnixDomainSocketAddress.of(socket));
      channel.configureBlocking(false);
    } catch (IOException e) {
      throw new UncheckedIOException("there is no way into the box by " + socket, e);
    }
  }

  /** Runs a command of the shell's, a line, and returns what it says; fails if it fails. */
  String must(String command) {
    try {
      ByteBuffer line = ByteBuffer.wrap((command + "\n").getBytes(UTF_8));
      while (line.hasRemaining()) {
        channel.write(line);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    Wait.until(
        "an answer of the box to " + command,
        AT_MOST,
        () -> read(said) && END.matcher(said.toString(UTF_8)).find(),
        () -> said.toString(UTF_8));
    Matcher end = END.matcher(said.toString(UTF_8));
    if (!end.find() || !end.group(1).equals("0")) {
      throw new AssertionError("in the box, `" + command + "` said: " + said.toString(UTF_8));
    }
    return said.toString(UTF_8).substring(0, end.start());
  }

  private boolean read(ByteArrayOutputStream said) {
    ByteBuffer buffer = ByteBuffer.allocate(64 << 10);
    try {
      if (channel.read(buffer) < 0) {
        throw new AssertionError("the box has ended, having said: " + said.toString(UTF_8));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    said.write(buffer.array(), 0, buffer.position());
    return true;
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
