package dev.noren.plan;

import dev.noren.config.RouterConfig;
import dev.noren.config.RouterTunnel;
import dev.noren.config.TunnelName;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/**
 * Which number each tunnel has, and which ones those had that are gone. A tunnel keeps its number
 * while others come and go, and finds it again when it comes back: its packets' mark, its table and
 * its sets of names are called after it, so another number would cost its connections.
 *
 * @param all one of each name and each number, the longest unused first
 */
public record TunnelNumbers(List<Numbered> all) {
  /** Before there was any tunnel. */
  public static final TunnelNumbers NONE = new TunnelNumbers(List.of());

  /**
   * A tunnel's number.
   *
   * @param number from 1 to {@link Marks#LAST_TUNNEL}
   */
  public record Numbered(TunnelName name, int number) {
    public Numbered {
      if (number < 1 || number > Marks.LAST_TUNNEL) {
        throw new IllegalArgumentException(number + " is not a tunnel's number");
      }
    }

    private static Numbered parse(String text) {
      int colon = text.indexOf(':');
      if (colon < 0) {
        throw new IllegalArgumentException("\"" + text + "\" is not a tunnel and its number");
      }
      return new Numbered(
          new TunnelName(text.substring(0, colon)), Integer.parseInt(text.substring(colon + 1)));
    }
  }

  /**
   * @throws IllegalArgumentException where two have the same name or number
   */
  public TunnelNumbers {
    all = List.copyOf(all);
    if (names(all).size() < all.size() || numbers(all).size() < all.size()) {
      throw new IllegalArgumentException("two tunnels have the same name or number");
    }
  }

  /**
   * What {@link #text} gave.
   *
   * @throws IllegalArgumentException with a sentence, where it is something else
   */
  public static TunnelNumbers parse(String text) {
    return text.isEmpty()
        ? NONE
        : new TunnelNumbers(Stream.of(text.split(" ", -1)).map(Numbered::parse).toList());
  }

  /** One line of text without a space at its ends. */
  public String text() {
    return all.stream()
        .map(each -> each.name() + ":" + each.number())
        .collect(Collectors.joining(" "));
  }

  /** The number of a tunnel that is among them. */
  int of(TunnelName name) {
    return all.stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow().number();
  }

  /**
   * The same when these tunnels are used. A new one gets a number that nobody had; where there is
   * none, that of the one that has been gone for longest.
   *
   * @throws IllegalArgumentException with a sentence, where they are too many
   */
  public TunnelNumbers with(Collection<RouterTunnel> tunnels) {
    TreeSet<String> used = new TreeSet<>();
    tunnels.forEach(tunnel -> used.add(tunnel.name().text()));
    if (used.size() > RouterConfig.MOST_TUNNELS) {
      throw new IllegalArgumentException("more than " + RouterConfig.MOST_TUNNELS + " tunnels");
    }
    List<Numbered> gone = new ArrayList<>(all);
    gone.removeIf(each -> used.contains(each.name().text()));
    List<Numbered> now = new ArrayList<>(all);
    now.removeAll(gone);
    Set<TunnelName> known = names(now);
    for (String text : used) {
      TunnelName name = new TunnelName(text);
      if (!known.contains(name)) {
        Set<Integer> taken = numbers(gone);
        taken.addAll(numbers(now));
        boolean full = taken.size() == Marks.LAST_TUNNEL;
        now.add(new Numbered(name, full ? gone.removeFirst().number() : free(name, taken)));
      }
    }
    now.sort((one, other) -> one.name().text().compareTo(other.name().text()));
    gone.addAll(now);
    return new TunnelNumbers(gone);
  }

  /** It follows from the name where it can, so that whoever remembers nothing finds the same. */
  private static int free(TunnelName name, Set<Integer> taken) {
    CRC32 crc = new CRC32();
    crc.update(name.text().getBytes(StandardCharsets.UTF_8));
    int number = (int) (crc.getValue() % Marks.LAST_TUNNEL) + 1;
    while (taken.contains(number)) {
      number = number % Marks.LAST_TUNNEL + 1;
    }
    return number;
  }

  private static Set<TunnelName> names(List<Numbered> all) {
    return all.stream().map(Numbered::name).collect(Collectors.toSet());
  }

  private static Set<Integer> numbers(List<Numbered> all) {
    return all.stream().map(Numbered::number).collect(Collectors.toCollection(HashSet::new));
  }
}
