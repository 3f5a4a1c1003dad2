package dev.noren.services;

import dev.noren.net.IpAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The JDK's keytool, which every Java has: makes keys with a certificate that they sign. */
public final class Keytool {
  /**
   * What a PKCS #12 file has to have. It keeps nothing secret: the file is for its owner's eyes
   * only.
   */
  public static final String PASSWORD = "noren-page";

  /** How long a certificate lasts, days: longer ones are refused by Apple's systems. */
  private static final int DAYS = 825;

  /** A Java starts for it, on a board that may be busy. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** The password is no secret, so that to stretch it would only cost memory at each start. */
  private static final String ONCE = "-J-Dkeystore.pkcs12.";

  private final CommandRunner commands;

  /** Runs it by this. */
  public Keytool(CommandRunner commands) {
    this.commands = commands;
  }

  /**
   * A key on the curve P-256 and its certificate for a web server, as PKCS #12.
   *
   * @param folder where it may lie for a moment; for its owner's eyes only
   * @param names DNS names, the first of which is what the certificate is called
   * @param addresses where the server is besides
   */
  public byte[] certificate(Path folder, List<String> names, Collection<IpAddress> addresses)
      throws IOException {
    Path made = Files.createTempDirectory(folder, "keytool");
    Path file = made.resolve("made");
    try {
      CommandRunner.Result result =
          commands.tryRun(
              List.of(
                  Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                  ONCE + "keyPbeIterationCount=1",
                  ONCE + "certPbeIterationCount=1",
                  ONCE + "macIterationCount=1",
                  "-genkeypair",
                  "-alias",
                  "page",
                  "-keyalg",
                  "EC",
                  "-groupname",
                  "secp256r1",
                  "-sigalg",
                  "SHA256withECDSA",
                  "-validity",
                  Integer.toString(DAYS),
                  "-dname",
                  "CN=" + names.getFirst() + ", O=Noren",
                  "-ext",
                  "san=" + alternatives(names, addresses),
                  "-ext",
                  "eku=serverAuth",
                  "-storetype",
                  "PKCS12",
                  "-keystore",
                  file.toString(),
                  "-storepass",
                  PASSWORD),
              "",
              PATIENCE);
      if (result.exitCode() != 0) {
        throw new IOException("keytool makes no certificate: " + result.output().strip());
      }
      return Files.readAllBytes(file);
    } finally {
      Files.deleteIfExists(file);
      Files.delete(made);
    }
  }

  private static String alternatives(List<String> names, Collection<IpAddress> addresses) {
    return Stream.concat(
            names.stream().map(name -> "dns:" + name),
            addresses.stream().map(address -> "ip:" + address))
        .collect(Collectors.joining(","));
  }
}
