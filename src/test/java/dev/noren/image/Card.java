package dev.noren.image;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.noren.street.Running;
import dev.noren.street.TempFolder;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A card with the image on it, as a technician has flashed it: a file that QEMU has for a disk. */
final class Card implements AutoCloseable {
  private static final Path IMAGES = Path.of("target/image");
  private static final int SECTOR_BYTES = 512;

  /** Where the first partition's first sector stands in a disk's first one, little-endian. */
  private static final int FIRST_PARTITION = 446 + 8;

  private final TempFolder folder = new TempFolder();
  private final Path disk;

  /** Flashes a card with the newest image for QEMU. */
  Card() {
    disk = folder.path().resolve("card.img");
    Running.run("zstd", "-q", "-d", "--sparse", newest().toString(), "-o", disk.toString()).must();
  }

  private static Path newest() {
    try (Stream<Path> images = Files.list(IMAGES)) {
      return images
          .filter(each -> each.toString().endsWith("-qemu-virt.img.zst"))
          .max((a, b) -> Long.compare(a.toFile().lastModified(), b.toFile().lastModified()))
          .orElseThrow(() -> new AssertionError("there is no image: make image makes it"));
    } catch (IOException e) {
      throw new AssertionError("there is no image: make image makes it", e);
    }
  }

  /** The whole disk. */
  Path disk() {
    return disk;
  }

  /** Takes a file out of the boot partition, as a PC reads it, and returns where it is now. */
  Path take(String file) {
    Path taken = folder.path().resolve(file.replace('/', '-'));
    boot("mcopy", "-n", "-o", "::" + file, taken.toString());
    return taken;
  }

  /** Has what the log says stand on the serial console too, as docs/IMAGE.md tells a technician. */
  void logToConsole() {
    String words = read("noren.env").replace("noren.log=console ", "");
    put(
        "noren.env",
        (words.replaceFirst("args=", "args=noren.log=console ") + "\n").getBytes(UTF_8));
  }

  /** Puts a file onto the boot partition, as a technician's PC does. */
  void put(String name, byte[] content) {
    try {
      Path file = folder.path().resolve("put");
      Files.write(file, content);
      boot("mcopy", "-n", "-o", file.toString(), "::" + name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The names of what lies at the top of the boot partition. */
  String list() {
    return boot("mdir", "-b", "::/");
  }

  /** A text file of the boot partition. */
  String read(String file) {
    try {
      return Files.readString(take(file)).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs one of mtools' programs on the boot partition; names of files may be Japanese. */
  private String boot(String program, String... arguments) {
    List<String> command = new ArrayList<>(List.of(program, "-i", disk + "@@" + bootStartsAt()));
    command.addAll(List.of(arguments));
    return Running.run(command, "", Map.of("LC_ALL", "C.UTF-8")).must();
  }

  private long bootStartsAt() {
    try (RandomAccessFile file = new RandomAccessFile(disk.toFile(), "r")) {
      file.seek(FIRST_PARTITION);
      return Integer.toUnsignedLong(Integer.reverseBytes(file.readInt())) * SECTOR_BYTES;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    folder.close();
  }
}
