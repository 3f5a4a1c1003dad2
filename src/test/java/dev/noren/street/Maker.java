package dev.noren.street;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Who made a tunnel end: which program is started for an interface. */
public enum Maker {
  /** This tree's Noren, by its launcher. */
  NOREN {
    @Override
    public List<String> command(String interfaceName) {
      return List.of(launcher(), "-f", interfaceName);
    }
  },

  /** This tree's Noren without segmentation offload. */
  PLAIN {
    @Override
    public List<String> command(String interfaceName) {
      return List.of("env", "NOREN_OFFLOADS=off", launcher(), "-f", interfaceName);
    }
  },

  /** This tree's Noren with limits so short that a test sees many rekeys. */
  NOREN_FAST_REKEY {
    @Override
    public List<String> command(String interfaceName) {
      return java("dev.noren.street.FastRekeyNoren", "-f", interfaceName);
    }
  },

  /** The machine's wireguard-go. */
  GO {
    @Override
    public List<String> command(String interfaceName) {
      return List.of("wireguard-go", "-f", interfaceName);
    }
  };

  /** The command that runs this end in front, until it is ended or its interface is deleted. */
  public abstract List<String> command(String interfaceName);

  /** Whether it is a Noren. */
  public boolean isNoren() {
    return this != GO;
  }

  /** The same program with segmentation offload off, where it can be switched. */
  Maker withoutOffloads() {
    return this == NOREN ? PLAIN : this;
  }

  /** The launcher of the tree that the test was built from. */
  public static String launcher() {
    Path launcher = base().resolve("noren");
    if (!Files.isExecutable(launcher)) {
      throw new AssertionError("There is no launcher at " + launcher + ".");
    }
    if (!Files.exists(base().resolve("target/noren.jar"))) {
      throw new AssertionError("target/noren.jar is missing: run `make build` first.");
    }
    return launcher.toString();
  }

  /** A command that runs a main class of the tests beside the jar. */
  public static List<String> java(String mainClass, String... arguments) {
    return java(mainClass, List.of(arguments));
  }

  /** A command that opens a TUN device and a listening socket and becomes the given command. */
  public static List<String> passingFds(String interfaceName, String socket, List<String> command) {
    List<String> arguments = new ArrayList<>(List.of(interfaceName, socket));
    arguments.addAll(command);
    return java("dev.noren.street.PassFds", arguments);
  }

  private static List<String> java(String mainClass, List<String> arguments) {
    String path =
        base().resolve("target/test-classes")
            + File.pathSeparator
            + base().resolve("target/noren.jar");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-Xmx64m",
                "-cp",
                path,
                mainClass));
    command.addAll(arguments);
    return command;
  }

  /** The project's folder. */
  public static Path base() {
    return Path.of(System.getProperty("basedir", ".")).toAbsolutePath().normalize();
  }
}
