package dev.noren.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.street.Iperf;
import dev.noren.street.Maker;
import dev.noren.street.Ping;
import dev.noren.street.Ran;
import dev.noren.street.Running;
import dev.noren.street.Street;
import dev.noren.street.TwoShops;
import dev.noren.street.WgEnd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The archive of classes that the build makes from a rehearsal, which no start may depend on. */
class ArchiveIT {
  @TempDir Path folder;

  /** A class of ours that comes from the jar is one that the rehearsal has missed. */
  @Test
  void holdsEveryClassOfTheJarThatARunningTunnelLoads() throws IOException {
    Path log = folder.resolve("classes");
    try (Street street = Street.open();
        WgEnd left = new WgEnd(street.left(), Maker.NOREN);
        WgEnd right = new WgEnd(street.right(), Maker.NOREN)) {
      left.startWith(
          List.of(
              "env",
              "NOREN_JAVA_OPTS=-Xlog:class+load:file=" + log,
              Maker.launcher(),
              "-f",
              left.name()));
      right.start();
      left.identify();
      right.identify();
      know(left, right, TwoShops.RIGHT_4, Street.RIGHT_4);
      know(right, left, TwoShops.LEFT_4, Street.LEFT_4);
      left.up(1420, TwoShops.LEFT_4 + "/24");
      right.up(1420, TwoShops.RIGHT_4 + "/24");
      Ping.answers(left.host(), TwoShops.RIGHT_4);
      Iperf.tcp(left.host(), right.host(), TwoShops.RIGHT_4, 50_000_000);
      Iperf.tcp(right.host(), left.host(), TwoShops.LEFT_4, 50_000_000);
      left.dump();
    }
    List<String> loaded = Files.readAllLines(log);
    assertTrue(
        loaded.stream()
            .anyMatch(line -> line.endsWith("dev.noren.Main source: shared objects file")),
        "the archive is not used: run make build");
    assertEquals(List.of(), loaded.stream().filter(ArchiveIT::isMissed).toList());
  }

  private static void know(WgEnd end, WgEnd peer, String inner, String outer) {
    end.set(
        "peer", peer.publicKey(),
        "allowed-ips", inner + "/32",
        "endpoint", outer + ":" + WgEnd.PORT);
  }

  /** A class is named after its file, and a lambda after the class that it is in. */
  private static boolean isMissed(String line) {
    return line.matches(".* source: (.*noren\\.jar|dev\\.noren\\..*)");
  }

  @Test
  void ofAnotherJarIsPassedOverInSilence() throws IOException {
    Files.setLastModifiedTime(install(), FileTime.fromMillis(0));
    assertOnlyTheVersionIsSaid();
  }

  @Test
  void thatIsDamagedIsPassedOverInSilence() throws IOException {
    install();
    Files.write(archive(), new byte[100_000]);
    assertOnlyTheVersionIsSaid();
  }

  @Test
  void thatIsMissingIsNotMissed() throws IOException {
    install();
    Files.delete(archive());
    assertOnlyTheVersionIsSaid();
  }

  private void assertOnlyTheVersionIsSaid() {
    Ran ran = Running.run(folder.resolve("noren").toString(), "--version");
    assertEquals(0, ran.exit(), ran.toString());
    assertTrue(ran.said().matches("noren [0-9.]+\\s*"), ran.said());
  }

  /** Lays the launcher, the jar and the archive into a folder of their own; returns the jar. */
  private Path install() throws IOException {
    Path target = Files.createDirectories(folder.resolve("target"));
    copy(Maker.base().resolve("noren"), folder);
    copy(Maker.base().resolve("target/noren.jar"), target);
    try (Stream<Path> files = Files.list(Maker.base().resolve("target"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".jsa")).toList()) {
        copy(file, target);
      }
    }
    return target.resolve("noren.jar");
  }

  private static void copy(Path file, Path into) throws IOException {
    Files.copy(file, into.resolve(file.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
  }

  private Path archive() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("target"))) {
      return files.filter(f -> f.toString().endsWith(".jsa")).findFirst().orElseThrow();
    }
  }
}
