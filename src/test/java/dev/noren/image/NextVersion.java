package dev.noren.image;

import dev.noren.street.Running;
import dev.noren.street.TempFolder;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Update files for tests, made by the build's own script and key out of what the image was made of.
 */
final class NextVersion {
  private static final String CACHE = Path.of("target/image-cache").toAbsolutePath().toString();
  private static final String MAKER =
      Path.of("src/build/image/update.sh").toAbsolutePath().toString();
  private static final String LIST_MAKER =
      Path.of("src/build/image/list.sh").toAbsolutePath().toString();
  private static final String KEY_MAKER =
      Path.of("src/build/image/key.sh").toAbsolutePath().toString();
  private static final String OWN_KEY = Path.of("target/update-key").toAbsolutePath().toString();

  private final TempFolder folder;

  NextVersion(TempFolder folder) {
    this.folder = folder;
  }

  private static void shell(Map<String, String> places, String script) {
    try (Running making = Running.start(List.of("sh", "-euc", script), "", places)) {
      making.await(Duration.ofMinutes(5)).must();
    }
  }

  /**
   * The image's own system with another version's number.
   *
   * @param change shell commands that change something in the folder $root
   */
  Path changed(String version, String change) {
    Path file = folder.path().resolve("noren-" + version + ".update");
    shell(
        places(version, file, OWN_KEY),
        """
        rm -rf "$root" && cp -a "$cache/system/root" "$root"
        %s
        sed -i "s/^version .*/version $version/" "$root/usr/share/noren/release"
        sed -i "s/^VERSION_ID=.*/VERSION_ID=\\"$version\\"/" "$root/etc/os-release"
        mksquashfs "$root" "$file.root" -noappend -no-progress -quiet -no-xattrs -all-root \
          -b 256K -comp zstd -Xcompression-level 1 >/dev/null
        truncate -s %%4096 "$file.root"
        rm -rf "$root"
        "$maker" "$file.root" "$cache/slot/boot" "$version" "$(($(date +%%s) + 86400))" "$file"
        rm "$file.root"
        """
            .formatted(change));
    return file;
  }

  /** One that has no root file system: its kernel starts, and goes no further. */
  Path withoutRoot(String version) {
    return small(version, OWN_KEY);
  }

  /** One that somebody else has signed. */
  Path signedByAnother(String version) {
    Path key = folder.path().resolve("other-key");
    Running.run(KEY_MAKER, key.toString()).must();
    return small(version, key.toString());
  }

  private Path small(String version, String key) {
    Path file = folder.path().resolve("noren-" + version + ".update");
    shell(
        places(version, file, key),
        """
        head -c 1048576 /dev/urandom >"$file.root"
        "$maker" "$file.root" "$cache/slot/boot" "$version" "$(($(date +%s) + 86400))" "$file"
        rm "$file.root"
        """);
    return file;
  }

  /** Puts one into a web server's folder, and beside it the signed list that names it. */
  void publish(Path file, String url, Path site, String list) {
    shell(
        Map.of(
            "file",
            file.toString(),
            "site",
            site.toString(),
            "url",
            url,
            "maker",
            LIST_MAKER,
            "UPDATE_KEY",
            OWN_KEY,
            "UPDATE_LIST",
            site.resolve(list).toString()),
        """
        cp "$file" "$site/"
        "$maker" "$url" "$site/${file##*/}"
        """);
  }

  private Map<String, String> places(String version, Path file, String key) {
    return Map.of(
        "root", folder.path().resolve("next-root").toString(),
        "cache", CACHE,
        "maker", MAKER,
        "version", version,
        "file", file.toString(),
        "UPDATE_KEY", key);
  }

  /** The same with one byte changed, behind what is signed. */
  Path tampered(Path whole) {
    Path file = folder.path().resolve("tampered.update");
    Running.run("cp", whole.toString(), file.toString()).must();
    try (RandomAccessFile changed = new RandomAccessFile(file.toFile(), "rw")) {
      changed.seek(100_000);
      int was = changed.read();
      changed.seek(100_000);
      changed.write(was ^ 1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file;
  }
}
