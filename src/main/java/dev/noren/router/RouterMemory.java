package dev.noren.router;

import dev.noren.net.Cidr;
import dev.noren.state.StateFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
      StateFile.write(file, text);
    } catch (IOException e) {
      Logger.error("{} can't be written: {}.", file, e.getMessage());
    }
  }
}
