package dev.noren.services;

import dev.noren.plan.Action;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tinylog.Logger;

/**
 * The machine's name servers: by resolvconf(8) where there is one, else by writing resolv.conf.
 *
 * <p>That is written in place and never replaced, since it may be a bind mount. A copy from before
 * the first tunnel is kept in the state folder; of several tunnels the latest one's servers hold.
 * Whatever somebody else wrote meanwhile is left alone.
 */
final class ResolvConf {
  private static final String ORIGINAL = "resolv.conf.original";
  private static final String ABSENT = "resolv.conf.absent";
  private static final String END = ".resolv";
  private static final Pattern INTERFACE_ORDER = Pattern.compile("([A-Za-z0-9-]+)\\*");

  private final CommandRunner commands;
  private final StateFolder folder;
  private final Path resolvConf;
  private final Path interfaceOrder;

  /**
   * The machine's name servers.
   *
   * @param etc the folder of resolv.conf and of resolvconf's configuration
   */
  ResolvConf(CommandRunner commands, StateFolder folder, Path etc) {
    this.commands = commands;
    this.folder = folder;
    this.resolvConf = etc.resolve("resolv.conf");
    this.interfaceOrder = etc.resolve("resolvconf/interface-order");
  }

  void set(String name, Action.SetDns dns) throws IOException {
    if (commands.find("resolvconf").isPresent()) {
      commands.run(List.of("resolvconf", "-a", record(name), "-m", "0", "-x"), dns.text());
      return;
    }
    try (FileChannel channel = openLock()) {
      channel.lock();
      if (!isKept()) {
        keep();
      }
      byte[] text = dns.text().getBytes(StandardCharsets.UTF_8);
      folder.write("%06d-%s%s".formatted(nextNumber(), name, END), text);
      writeInPlace(text);
    }
  }

  /** Two tunnels that come or go at once must not mix up whose copy is whose. */
  private FileChannel openLock() throws IOException {
    return FileChannel.open(
        folder.file("resolv.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  void reset(String name) throws IOException {
    try (FileChannel channel = openLock()) {
      channel.lock();
      resetLocked(name);
    }
  }

  private void resetLocked(String name) throws IOException {
    List<Path> texts = texts();
    Path own = texts.stream().filter(file -> nameOf(file).equals(name)).findFirst().orElse(null);
    if (own == null) {
      if (commands.find("resolvconf").isPresent()) {
        commands.run("resolvconf", "-d", record(name), "-f");
      }
      forgetIfLast(texts);
      return;
    }
    boolean latest = own.equals(texts.getLast());
    if (latest && isAsWritten(Files.readAllBytes(own))) {
      if (texts.size() > 1) {
        writeInPlace(Files.readAllBytes(texts.get(texts.size() - 2)));
      } else {
        restore();
      }
    }
    folder.delete(own.getFileName().toString());
    forgetIfLast(texts());
  }

  /** The tunnels' texts, the latest last. */
  private List<Path> texts() throws IOException {
    return folder.filesEndingIn(END);
  }

  private int nextNumber() throws IOException {
    List<Path> texts = texts();
    return texts.isEmpty()
        ? 1
        : 1 + Integer.parseInt(texts.getLast().getFileName().toString().substring(0, 6));
  }

  private static String nameOf(Path file) {
    String fileName = file.getFileName().toString();
    return fileName.substring(7, fileName.length() - END.length());
  }

  private boolean isKept() {
    return Files.exists(folder.file(ORIGINAL)) || Files.exists(folder.file(ABSENT));
  }

  private void keep() throws IOException {
    try {
      folder.write(ORIGINAL, Files.readAllBytes(resolvConf));
    } catch (NoSuchFileException e) {
      folder.write(ABSENT, new byte[0]);
    }
  }

  private void restore() throws IOException {
    if (Files.exists(folder.file(ORIGINAL))) {
      writeInPlace(Files.readAllBytes(folder.file(ORIGINAL)));
    } else {
      Files.deleteIfExists(resolvConf);
    }
  }

  private void forgetIfLast(List<Path> texts) throws IOException {
    if (texts.isEmpty()) {
      folder.delete(ORIGINAL);
      folder.delete(ABSENT);
    }
  }

  /** A part of our text is ours too: the process may have been killed while it was writing. */
  private boolean isAsWritten(byte[] text) throws IOException {
    byte[] now = Files.exists(resolvConf) ? Files.readAllBytes(resolvConf) : new byte[0];
    boolean ours = now.length <= text.length && Arrays.equals(now, Arrays.copyOf(text, now.length));
    if (!ours) {
      Logger.warn("{} was changed by somebody else and is left as it is.", resolvConf);
    }
    return ours;
  }

  private void writeInPlace(byte[] text) throws IOException {
    try {
      Files.write(resolvConf, text);
    } catch (IOException e) {
      throw new IOException(resolvConf + " can't be written: " + Sentences.reason(e), e);
    }
  }

  /** As wg-quick does it: resolvconf's own order tells which prefix comes first, usually tun. */
  private String record(String name) throws IOException {
    if (Files.exists(interfaceOrder)) {
      for (String line : Files.readAllLines(interfaceOrder)) {
        Matcher matcher = INTERFACE_ORDER.matcher(line);
        if (matcher.matches()) {
          return matcher.group(1) + "." + name;
        }
      }
    }
    return name;
  }
}
