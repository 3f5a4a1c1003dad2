package dev.noren.plan;

import dev.noren.net.IpAddress;
import java.util.List;

/** One thing that is done to the machine. */
public sealed interface Action {
  /**
   * A program with its arguments; no shell is involved.
   *
   * @param arguments the program's name first
   * @param stdin what it reads, perhaps nothing
   */
  record Command(List<String> arguments, String stdin) implements Action {
    public Command {
      arguments = List.copyOf(arguments);
    }

    /** A command that reads nothing. */
    public static Command of(String... arguments) {
      return new Command(List.of(arguments), "");
    }

    @Override
    public String toString() {
      return String.join(" ", arguments);
    }
  }

  /**
   * A shell command of the user's own.
   *
   * @param text what the shell gets, with the interface's name in place of %i
   */
  record Hook(String text) implements Action {
    @Override
    public String toString() {
      return text;
    }
  }

  /**
   * These name servers and search domains instead of the machine's.
   *
   * @param servers at least one
   * @param searchDomains perhaps none
   */
  record SetDns(List<IpAddress> servers, List<String> searchDomains) implements Action {
    public SetDns {
      servers = List.copyOf(servers);
      searchDomains = List.copyOf(searchDomains);
    }

    /** The text of a resolv.conf that says so. */
    public String text() {
      StringBuilder text = new StringBuilder();
      servers.forEach(server -> text.append("nameserver ").append(server).append('\n'));
      if (!searchDomains.isEmpty()) {
        text.append("search ").append(String.join(" ", searchDomains)).append('\n');
      }
      return text.toString();
    }

    @Override
    public String toString() {
      return "DNS " + servers + " " + searchDomains;
    }
  }

  /** The machine's name servers again. */
  record ResetDns() implements Action {
    @Override
    public String toString() {
      return "DNS as before";
    }
  }
}
