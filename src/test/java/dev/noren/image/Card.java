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

  private static final String FIT_MAKER =
      Path.of("src/build/image/fit.sh").toAbsolutePath().toString();

  /** Where in a slot its kernel is, and how much room that has: board/common/boot.cmd. */
  private static final long KERNEL_AT = 128L << 20;

  private static final long KERNEL_BYTES = 32L << 20;

  /** Where a table's first entry says from which sector on it goes, little-endian, and how far. */
  private static final int STARTS_AT = 446 + 8;

  private static final int ENTRY_BYTES = 16;

  /** The entry of slot B. */
  private static final int SLOT_B = 2;

  /** What is signed is before what it is about. */
  private static final int HEAD_BYTES = 4096;

  /** In the table of the whole disk, the one that holds the others. */
  private static final int EXTENDED = 3;

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

  /** A folder of the test's that goes with the card. */
  TempFolder folder() {
    return folder;
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

  /**
   * Has a program of the test's in slot A's initramfs, which init runs first.
   *
   * @param program a script's text
   */
  void putProbe(String program) {
    Path fit = folder.path().resolve("boot.fit");
    Path own = folder.path().resolve("initrd.img");
    long kernelAt = slotAStartsAt() + KERNEL_AT;
    copy(disk, kernelAt, fit, 0, KERNEL_BYTES);
    Running.run("dumpimage", "-T", "flat_dt", "-p", "1", "-o", own.toString(), fit.toString())
        .must();
    Running.run(FIT_MAKER, initramfsWith(own, program).toString(), fit.toString()).must();
    copy(fit, 0, disk, kernelAt, KERNEL_BYTES);
  }

  private static void copy(Path from, long fromAt, Path to, long toAt, long mostBytes) {
    shell(
        "dd if=\"$0\" of=\"$2\" bs=1M iflag=skip_bytes,count_bytes oflag=seek_bytes skip=\"$1\""
            + " seek=\"$3\" count=\"$4\" conv=notrunc status=none",
        from.toString(),
        Long.toString(fromAt),
        to.toString(),
        Long.toString(toAt),
        Long.toString(mostBytes));
  }

  private Path initramfsWith(Path own, String program) {
    String init =
        shell("gzip -dc \"$0\" | cpio -i --quiet --to-stdout ./init init", own.toString());
    String goes = "exec switch_root ";
    if (!init.contains(goes)) {
      throw new AssertionError("the initramfs's init does not go to the root: " + init);
    }
    String hook =
        """
        cp /probe /root/usr/lib/noren/probe
        sed -i '1i ::sysinit:/usr/lib/noren/probe' /root/etc/inittab
        """;
    try {
      Path files = Files.createDirectories(folder.path().resolve("probe"));
      Files.writeString(files.resolve("init"), init.replace(goes, hook + goes));
      Files.writeString(files.resolve("probe"), program);
      Path whole = folder.path().resolve("initrd-with-probe");
      // The kernel unpacks one after the other.
      shell(
          "cd \"$0\" && chmod 755 init probe && { cat \"$1\" && printf 'init\\nprobe\\n'"
              + " | cpio -o -H newc -R 0:0 --quiet | gzip; } >\"$2\"",
          files.toString(),
          own.toString(),
          whole.toString());
      return whole;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What u-boot knows of the slots: the words of the first copy, with a blank behind each. */
  String slots() {
    return shell(
        "dd if=\"$0\" bs=512 skip=2048 count=1 status=none | tail -c +5 | tr -s '\\000' ' '",
        disk.toString());
  }

  /**
   * Fails where slot B is neither passed over by u-boot nor what an update file has: whenever the
   * power is cut, the box starts what is whole.
   *
   * @return whether it is what the file has
   */
  boolean hasInSlotB(Path update) {
    long slot = startsAt(SLOT_B);
    String first =
        shell(
            "dd if=\"$0\" bs=4 count=1 iflag=skip_bytes skip=\"$1\" status=none | od -An -tx1",
            disk.toString(),
            Long.toString(slot + KERNEL_AT));
    if (first.strip().equals("00 00 00 00")) {
      return false;
    }
    String[] head = shell("head -c 4096 \"$0\" | tr -d '\\000'", update.toString()).split("\n", -1);
    long rootBytes = 0;
    long bootBytes = 0;
    for (String line : head) {
      String[] words = line.split(" ", -1);
      rootBytes = words[0].equals("root") ? Long.parseLong(words[1]) : rootBytes;
      bootBytes = words[0].equals("boot") ? Long.parseLong(words[1]) : bootBytes;
    }
    same(update, HEAD_BYTES, slot, rootBytes);
    same(update, HEAD_BYTES + rootBytes, slot + KERNEL_AT, bootBytes);
    return true;
  }

  private void same(Path file, long fileAt, long diskAt, long bytes) {
    if (bytes == 0) {
      throw new AssertionError("the head of " + file + " says nothing of its parts");
    }
    Running.run(
            "cmp",
            "-n",
            Long.toString(bytes),
            "-i",
            fileAt + ":" + diskAt,
            file.toString(),
            disk.toString())
        .must();
  }

  /** Has noren.env say one thing more, or another; docs/FLASHING.md tells a technician of it. */
  void say(String name, String value) {
    String words = read("noren.env");
    String line = "(?m)^" + name + "=.*$";
    put(
        "noren.env",
        (words.replaceAll(line, "").strip() + "\n" + name + "=" + value + "\n").getBytes(UTF_8));
  }

  private static String shell(String script, String... arguments) {
    List<String> command = new ArrayList<>(List.of("sh", "-euc", script));
    command.addAll(List.of(arguments));
    return Running.run(command, "", Map.of()).must();
  }

  /** Copies what is on the data partition at this moment; its empty parts take no room. */
  void copyData(Path to) {
    try (RandomAccessFile file = new RandomAccessFile(disk.toFile(), "r")) {
      long outer = startsAt(file, 0, EXTENDED);
      long inner = startsAt(file, outer, 0);
      file.seek(outer + STARTS_AT + Integer.BYTES);
      long bytes = Integer.toUnsignedLong(Integer.reverseBytes(file.readInt())) * SECTOR_BYTES;
      shell(
          "dd if=\"$0\" of=\"$1\" bs=1M iflag=skip_bytes,count_bytes skip=\"$2\" count=\"$3\""
              + " conv=sparse status=none",
          disk.toString(),
          to.toString(),
          Long.toString(outer + inner),
          Long.toString(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
    return startsAt(0);
  }

  private long slotAStartsAt() {
    return startsAt(1);
  }

  private long startsAt(int entry) {
    try (RandomAccessFile file = new RandomAccessFile(disk.toFile(), "r")) {
      return startsAt(file, 0, entry);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where an entry's partition begins, in bytes as the table at a place of the disk counts. */
  private static long startsAt(RandomAccessFile file, long table, int entry) throws IOException {
    file.seek(table + STARTS_AT + (long) entry * ENTRY_BYTES);
    return Integer.toUnsignedLong(Integer.reverseBytes(file.readInt())) * SECTOR_BYTES;
  }

  @Override
  public void close() {
    folder.close();
  }
}
