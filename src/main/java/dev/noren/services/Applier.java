package dev.noren.services;

import dev.noren.plan.Deed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import org.tinylog.Logger;

/**
 * Does a list of deeds, all or none: where one fails, those that were done are taken back in
 * reverse. What can't be taken back is logged and does not stop the rest. For one thread.
 */
public final class Applier {
  private final CommandRunner commands;
  private final IpBatch batch;
  private final Firewall firewall;
  private final KernelSettings settings;
  private final Supervisor supervisor;
  private final TunnelRunner tunnels;
  private final LongSupplier clockNs;

  /** Takes one deed back. */
  private interface Undo {
    void run() throws IOException;
  }

  /**
   * An applier for this machine.
   *
   * @param clockNs the supervisor's clock
   */
  public Applier(
      CommandRunner commands, Supervisor supervisor, TunnelRunner tunnels, LongSupplier clockNs) {
    this(commands, Path.of("/proc/sys"), supervisor, tunnels, clockNs);
  }

  /** As above, with the kernel's settings elsewhere. */
  Applier(
      CommandRunner commands,
      Path settings,
      Supervisor supervisor,
      TunnelRunner tunnels,
      LongSupplier clockNs) {
    this.commands = commands;
    this.batch = new IpBatch(commands);
    this.firewall = new Firewall(commands);
    this.settings = new KernelSettings(settings);
    this.supervisor = supervisor;
    this.tunnels = tunnels;
    this.clockNs = clockNs;
  }

  /**
   * Lets the firewall see what goes from one network into another and not what a bridge carries
   * within the shop's, where the kernel has a switch for that (br_netfilter).
   *
   * @throws IOException with a sentence
   */
  public void leaveBridgesAlone() throws IOException {
    for (String family : List.of("ip", "ip6")) {
      String key = "net.bridge.bridge-nf-call-" + family + "tables";
      if (settings.has(key) && !settings.read(key).equals("0")) {
        settings.write(key, "0");
      }
    }
  }

  /**
   * Takes out of the firewall what older texts have left in it. The names' addresses go with it, so
   * this is for when nobody will go back to an older text.
   *
   * @param text the one in force
   * @throws IOException with a sentence
   */
  public void tidy(String text) throws IOException {
    firewall.tidy(text);
  }

  /**
   * Does them in order.
   *
   * @throws IOException with the sentence of the first that failed, after those before it were
   *     taken back
   */
  public void apply(List<Deed> deeds) throws IOException {
    List<Undo> undos = new ArrayList<>();
    try {
      int next = 0;
      while (next < deeds.size()) {
        int together = IpBatch.length(deeds, next);
        if (together > 1) {
          doTogether(deeds.subList(next, next + together), undos);
          next += together;
        } else {
          undos.add(carryOut(deeds.get(next)));
          next++;
        }
      }
    } catch (IOException | RuntimeException e) {
      undos.reversed().forEach(Applier::takeBack);
      throw e;
    }
  }

  private void doTogether(List<Deed> deeds, List<Undo> undos) throws IOException {
    IpBatch.Outcome outcome = batch.run(deeds);
    for (Deed deed : deeds.subList(0, outcome.done())) {
      undos.add(() -> run(((Deed.Command) deed).undoes()));
    }
    if (outcome.failure() != null) {
      throw outcome.failure();
    }
  }

  private static void takeBack(Undo undo) {
    try {
      undo.run();
    } catch (IOException | RuntimeException e) {
      Logger.error("It could not be taken back: {}.", e.getMessage());
    }
  }

  /** Does one deed and gives what takes it back. */
  private Undo carryOut(Deed deed) throws IOException {
    return switch (deed) {
      case Deed.Command command -> {
        run(command.does());
        yield () -> run(command.undoes());
      }
      case Deed.Setting setting -> set(setting);
      case Deed.Firewall change -> {
        Set<Firewall.Item> before = firewall.items();
        firewall.apply(change.after());
        yield () -> firewall.restore(change.before(), before);
      }
      case Deed.Tunnel tunnel -> {
        tunnels.change(tunnel.before(), tunnel.after());
        yield () -> tunnels.change(tunnel.after(), tunnel.before());
      }
      case Deed.Service service -> serve(service);
    };
  }

  private void run(List<String> command) throws IOException {
    if (!command.isEmpty()) {
      commands.run(command, "");
    }
  }

  /** What it really was is put back, not what the plan took it for. */
  private Undo set(Deed.Setting setting) throws IOException {
    if (setting.after() == null) {
      return () -> {};
    }
    String was = settings.read(setting.key());
    if (was.equals(setting.after())) {
      return () -> {};
    }
    settings.write(setting.key(), setting.after());
    return () -> settings.write(setting.key(), was);
  }

  /** A service that does not come up has ended its predecessor already, which then comes back. */
  private Undo serve(Deed.Service service) throws IOException {
    try {
      supervisor.change(service.before(), service.after(), clockNs.getAsLong());
    } catch (IOException | RuntimeException e) {
      if (service.before() != null) {
        takeBack(() -> supervisor.change(service.after(), service.before(), clockNs.getAsLong()));
      }
      throw e;
    }
    return () -> supervisor.change(service.after(), service.before(), clockNs.getAsLong());
  }
}
