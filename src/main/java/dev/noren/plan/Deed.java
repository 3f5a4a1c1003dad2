package dev.noren.plan;

import java.util.List;

/** One thing to do on the way from one plan to the next; each can be taken back. */
public sealed interface Deed {
  /** What takes it back. */
  Deed inverse();

  /**
   * A command.
   *
   * @param does its arguments, the program first
   * @param undoes the arguments of what takes it back; empty where nothing has to
   */
  record Command(List<String> does, List<String> undoes) implements Deed {
    public Command {
      does = List.copyOf(does);
      undoes = List.copyOf(undoes);
    }

    @Override
    public Deed inverse() {
      return new Command(undoes, does);
    }
  }

  /**
   * A kernel setting.
   *
   * @param key as sysctl(8) names it
   * @param before what it was, or null where it stays when the rest is taken back
   * @param after what it shall be, or null to leave it
   */
  record Setting(String key, String before, String after) implements Deed {
    @Override
    public Deed inverse() {
      return new Setting(key, after, before);
    }
  }

  /**
   * The firewall, in one transaction.
   *
   * @param before the text in force
   * @param after the text that {@code nft -f} gets
   */
  record Firewall(String before, String after) implements Deed {
    @Override
    public Deed inverse() {
      return new Firewall(after, before);
    }
  }

  /**
   * A tunnel begins, changes or ends. Its interface has its MTU, but neither addresses nor routes,
   * which commands give it; a change keeps the interface, or they would go with it.
   *
   * @param before as it runs, or null
   * @param after as it shall run, or null
   */
  record Tunnel(TunnelPlan before, TunnelPlan after) implements Deed {
    @Override
    public Deed inverse() {
      return new Tunnel(after, before);
    }
  }

  /**
   * A service begins, changes or ends.
   *
   * @param before as it runs, or null
   * @param after as it shall run, or null
   */
  record Service(ServicePlan before, ServicePlan after) implements Deed {
    @Override
    public Deed inverse() {
      return new Service(after, before);
    }
  }
}
