package dev.noren;

import dev.noren.net.Cidr;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.Properties;
import org.tinylog.Logger;

/**
 * What the router has found out by looking and must not find out anew after a restart, or the shop
 * would change its network with every power cut: {@code seen} in the state folder.
 */
final class RouterMemory {
  private static final String FILE = "seen";
  private static final String WAN = "wan";
  private static final String LAN = "lan";

  private final Path file;
  private String chosenWan;
  private Cidr chosenLan;

  /** Reads what is there; what can't be read was never seen. */
  RouterMemory(Path state) {
    file = state.resolve(FILE);
    Properties properties = new Properties();
    try (var in = Files.newBufferedReader(file)) {
      properties.load(in);
      chosenWan = properties.getProperty(WAN);
      String lan = properties.getProperty(LAN);
      chosenLan = lan == null ? null : Cidr.parse(lan);
    } catch (java.nio.file.NoSuchFileException e) {
      Logger.debug("{} is not there yet.", file);
    } catch (IOException | IllegalArgumentException e) {
      Logger.warn("{} can't be read and begins anew: {}.", file, e.getMessage());
    }
  }

  /** The port that answered first, or null. */
  String chosenWan() {
    return chosenWan;
  }

  /** The network that the box chose for the shop, or null. */
  Cidr chosenLan() {
    return chosenLan;
  }

  /** Keeps both, each perhaps null, where they are new; a disk that fails is logged. */
  void keep(String wan, Cidr lan) {
    if (Objects.equals(wan, chosenWan) && Objects.equals(lan, chosenLan)) {
      return;
    }
    chosenWan = wan;
    chosenLan = lan;
    String text =
        (wan == null ? "" : WAN + "=" + wan + "\n") + (lan == null ? "" : LAN + "=" + lan + "\n");
    try {
      write(text.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    } catch (IOException e) {
      Logger.error("{} can't be written: {}.", file, e.getMessage());
    }
  }

  private void write(byte[] content) throws IOException {
    Path temporary = file.resolveSibling(FILE + ".new");
    try (FileChannel channel =
        FileChannel.open(
            temporary,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer buffer = ByteBuffer.wrap(content);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    }
    Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    try (FileChannel folder = FileChannel.open(file.getParent(), StandardOpenOption.READ)) {
      folder.force(true);
    }
  }
}
