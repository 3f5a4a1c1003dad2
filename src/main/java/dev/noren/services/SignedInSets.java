package dev.noren.services;

import dev.noren.net.IpAddress;
import dev.noren.plan.Marks;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/**
 * The sets of the firewall that hold the addresses of devices whose person has signed in, each with
 * its end. Each change is one transaction.
 */
public final class SignedInSets implements SignedIn {
  private static final String TABLE = "inet " + Marks.NFT_TABLE;

  private final CommandRunner commands;

  public SignedInSets(CommandRunner commands) {
    this.commands = commands;
  }

  /** Whether a text for the firewall makes the sets. */
  public static boolean areIn(String firewall) {
    return firewall.contains("set " + Marks.SIGNED_IN4 + " ");
  }

  @Override
  public void open(Collection<IpAddress> addresses, Duration time) throws IOException {
    StringBuilder text = new StringBuilder();
    for (IpAddress address : addresses) {
      // An element that is there keeps its end, so it goes and comes again; and what is not there
      // can't go.
      line(text, "add", address, "");
      line(text, "delete", address, "");
      line(text, "add", address, " timeout " + time.toSeconds() + "s");
    }
    run(text.toString(), "a sign-in can't be let through");
  }

  @Override
  public void close(Collection<IpAddress> addresses) throws IOException {
    StringBuilder text = new StringBuilder();
    for (IpAddress address : addresses) {
      line(text, "add", address, "");
      line(text, "delete", address, "");
    }
    run(text.toString(), "a sign-in can't be ended");
  }

  @Override
  public void clear() throws IOException {
    run(
        "flush set %1$s %2$s\nflush set %1$s %3$s\n"
            .formatted(TABLE, Marks.SIGNED_IN4, Marks.SIGNED_IN6),
        "earlier sign-ins can't be ended");
  }

  private static void line(StringBuilder text, String verb, IpAddress address, String more) {
    text.append(
        "%s element %s %s { %s%s }\n"
            .formatted(
                verb, TABLE, address.v6() ? Marks.SIGNED_IN6 : Marks.SIGNED_IN4, address, more));
  }

  private void run(String text, String what) throws IOException {
    CommandRunner.Result result =
        commands.tryRun(List.of("nft", "-f", "-"), text, CommandRunner.USUAL_TIME);
    if (result.exitCode() != 0) {
      throw new IOException(
          what
              + ": nft says "
              + result
                  .output()
                  .lines()
                  .filter(line -> !line.isBlank())
                  .findFirst()
                  .orElse("nothing"));
    }
  }
}
