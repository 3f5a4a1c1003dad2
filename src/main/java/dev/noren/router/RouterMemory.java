package dev.noren.router;

import dev.noren.net.Cidr;
import dev.noren.plan.TunnelNumbers;
import dev.noren.state.StateFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.tinylog.Logger;

/**
 * What the router has found out or chosen and must not choose anew after a restart, or the shop
 * would change its network with every power cut: {@code seen} in the state folder.
 */
public final class RouterMemory {
  private static final String FILE = "seen";
  private static final String WAN = "wan";
  private static final String LAN = "lan";
  private static final String TUNNELS = "tunnels";

  private final Path file;
  private String chosenWan;
  private Cidr chosenLan;
  private TunnelNumbers numbers = TunnelNumbers.NONE;

  /** Reads what is there; what can't be read was never seen. */
  RouterMemory(Path state) {
    file = state.resolve(FILE);
    Properties properties = new Properties();
    try (var in = Files.newBufferedReader(file)) {
      properties.load(in);
      chosenWan = properties.getProperty(WAN);
      String lan = properties.getProperty(LAN);
      chosenLan = lan == null ? null : Cidr.parse(lan);
      numbers = TunnelNumbers.parse(properties.getProperty(TUNNELS, ""));
    } catch (java.nio.file.NoSuchFileException e) {
      Logger.debug("{} is not there yet.", file);
    } catch (IOException | IllegalArgumentException e) {
      Logger.warn("{} can't be read and begins anew: {}.", file, e.getMessage());
    }
  }

  /** The network that the router of a state folder chose for the shop, or null. */
  public static Cidr chosenLan(Path state) {
    return new RouterMemory(state).chosenLan();
  }

  /** The port that answered first, or null. */
  String chosenWan() {
    return chosenWan;
  }

  /** The network that the box chose for the shop, or null. */
  Cidr chosenLan() {
    return chosenLan;
  }

  /** Which tunnels have, or had, which numbers. */
  TunnelNumbers numbers() {
    return numbers;
  }

  /** Keeps the port that answered first. */
  void keepWan(String port) {
    if (!port.equals(chosenWan)) {
      chosenWan = port;
      write();
    }
  }

  /** Keeps the network that the box chose for the shop. */
  void keepLan(Cidr network) {
    if (!network.equals(chosenLan)) {
      chosenLan = network;
      write();
    }
  }

  /** Keeps the tunnels' numbers. */
  void keepNumbers(TunnelNumbers now) {
    if (!now.equals(numbers)) {
      numbers = now;
      write();
    }
  }

  /** A disk that fails is logged. */
  private void write() {
    String text = line(WAN, chosenWan) + line(LAN, chosenLan) + line(TUNNELS, numbers.text());
    try {
      StateFile.write(file, text);
    } catch (IOException e) {
      Logger.error("{} can't be written: {}.", file, e.getMessage());
    }
  }

  private static String line(String key, Object value) {
    return value == null || value.equals("") ? "" : key + "=" + value + "\n";
  }
}
