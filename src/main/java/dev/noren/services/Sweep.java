package dev.noren.services;

import dev.noren.plan.Marks;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tinylog.Logger;

/**
 * Takes away what a router that was killed has left: its services, its rules and tables, its
 * bridge. Its firewall stays, and so no packet gets out meanwhile. What can't be taken away is
 * logged and does not stop the rest.
 */
public final class Sweep {
  private static final Pattern PRIORITY = Pattern.compile("(?m)^(\\d{1,9}):");
  private static final Pattern TABLE = Pattern.compile("\\btable (\\d{1,9})\\b");
  private static final Pattern LINK = Pattern.compile("(?m)^\\d+: ([^:@\\s]+)[:@]");

  private final CommandRunner commands;
  private final Path state;
  private final Duration grace;

  /**
   * A sweep of this state folder's router.
   *
   * @param grace how long a service may take to end
   */
  public Sweep(CommandRunner commands, Path state, Duration grace) {
    this.commands = commands;
    this.state = state;
    this.grace = grace;
  }

  /** Does it; on a machine that was left tidily it finds nothing. */
  public void run() {
    attempt(() -> Supervisor.sweep(state, grace));
    for (String family : List.of("-4", "-6")) {
      attempt(() -> rules(family));
      attempt(() -> tables(family));
    }
    attempt(this::bridges);
  }

  /** One part of it. */
  private interface Part {
    void run() throws IOException;
  }

  private static void attempt(Part part) {
    try {
      part.run();
    } catch (IOException e) {
      Logger.warn("What was left of before can't be taken away: {}.", Sentences.reason(e));
    }
  }

  private void rules(String family) throws IOException {
    for (int priority : ours(PRIORITY, commands.run("ip", "-N", family, "rule", "show"))) {
      commands.run("ip", family, "rule", "del", "priority", Integer.toString(priority));
    }
  }

  private void tables(String family) throws IOException {
    String all = commands.run("ip", "-N", family, "route", "show", "table", "all");
    for (int table : new TreeSet<>(ours(TABLE, all))) {
      commands.run("ip", family, "route", "flush", "table", Integer.toString(table));
    }
  }

  /** The numbers that are the router's; a rule's as often as there are rules with it. */
  private static List<Integer> ours(Pattern pattern, String text) {
    List<Integer> ours = new ArrayList<>();
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      int number = Integer.parseInt(matcher.group(1));
      if (number >= Marks.FIRST_RULE && number <= Marks.LAST_RULE) {
        ours.add(number);
      }
    }
    return ours;
  }

  /** Only a device in the router's group is its own, whatever another is called. */
  private void bridges() throws IOException {
    String group = Integer.toString(Marks.DEVICE_GROUP);
    Matcher matcher =
        LINK.matcher(
            commands.run("ip", "-N", "-o", "link", "show", "group", group, "type", "bridge"));
    while (matcher.find()) {
      commands.run("ip", "link", "del", "dev", matcher.group(1));
    }
  }
}
