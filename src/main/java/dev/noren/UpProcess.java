package dev.noren;

import dev.noren.cli.Exit;
import dev.noren.cli.LogLevel;
import dev.noren.cli.UpRequest;
import dev.noren.config.HostPort;
import dev.noren.config.PeerConfig;
import dev.noren.config.TunnelConfig;
import dev.noren.crypto.PublicKey;
import dev.noren.net.Endpoint;
import dev.noren.plan.QuickPlan;
import dev.noren.plan.Step.Phase;
import dev.noren.process.InterfaceProcess;
import dev.noren.process.Readiness;
import dev.noren.process.Termination;
import dev.noren.protocol.Limits;
import dev.noren.services.Machine;
import dev.noren.services.QuickUp;
import dev.noren.tunnel.EndpointResolver;
import dev.noren.tunnel.Tunnel;
import dev.noren.tunnel.TunnelChange;
import dev.noren.tunnel.TunnelChange.AllowedIpChange;
import dev.noren.tunnel.TunnelChange.PeerChange;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * {@code noren up}: what a wg-quick file asks for, in order, and all of it undone in reverse when
 * the process is told to end, when a step fails, or when the interface is deleted.
 */
final class UpProcess {
  private final UpRequest request;
  private final Limits limits;
  private final String name;
  private final Map<PublicKey, Endpoint> endpoints = new HashMap<>();
  private final List<EndpointResolver.Name> unresolved = new ArrayList<>();

  UpProcess(UpRequest request, Limits limits) {
    this.request = request;
    this.limits = limits;
    this.name = request.name().text();
  }

  /**
   * Runs to the tunnel's end.
   *
   * @return the exit code
   * @throws IOException with a sentence, after all that was done is undone
   */
  int run() throws IOException {
    boolean clean;
    try (Termination termination = new Termination();
        QuickUp up = QuickUp.begin(name, Machine.here(request.stateFolder()))) {
      termination.calls(up::cancel);
      // While names can still be asked for outside the tunnel.
      resolveEndpoints();
      QuickPlan plan =
          QuickPlan.of(
              request.name(),
              request.config(),
              up.facts(endpoints.values().stream().map(Endpoint::address).toList()));
      up.apply(plan.steps(), Phase.BEFORE_INTERFACE);
      clean = runInterface(termination, up, plan);
      clean &= up.undo(Phase.BEFORE_INTERFACE);
      termination.exitsWith(clean ? Exit.DONE : Exit.FAILED);
    }
    return clean ? Exit.DONE : Exit.FAILED;
  }

  private void resolveEndpoints() {
    for (PeerConfig peer : request.config().peers()) {
      HostPort where = peer.endpoint();
      if (where == null) {
        continue;
      }
      Optional<Endpoint> found = EndpointResolver.resolve(where.host(), where.port());
      if (found.isPresent()) {
        endpoints.put(peer.publicKey(), found.get());
      } else {
        unresolved.add(new EndpointResolver.Name(peer.publicKey(), where.host(), where.port()));
      }
    }
  }

  /** Makes the interface and waits for its end; whether all was then undone. */
  private boolean runInterface(Termination termination, QuickUp up, QuickPlan plan)
      throws IOException {
    try (InterfaceProcess process =
            InterfaceProcess.start(
                name, OptionalInt.empty(), OptionalInt.empty(), request.stateFolder(), limits);
        EndpointResolver resolver = new EndpointResolver(process.tunnel(), unresolved)) {
      Tunnel tunnel = process.tunnel();
      termination.calls(
          () -> {
            up.cancel();
            tunnel.end();
          });
      tunnel.apply(change(request.config(), plan.fwMark()));
      tunnel.up();
      up.apply(plan.steps(), Phase.AFTER_START);
      resolver.start();
      sayUp(tunnel);
      Readiness.announce(request.logLevel() == LogLevel.DEBUG);
      Tunnel.End end = tunnel.awaitEnd();
      if (end == Tunnel.End.INTERFACE_GONE) {
        System.err.println("noren: " + name + " was deleted; undoing the rest");
      }
      return up.undo(Phase.AFTER_START) && end != Tunnel.End.FAILED;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(name + ": interrupted", e);
    }
  }

  private void sayUp(Tunnel tunnel) {
    if (!request.detach() && request.logLevel() != LogLevel.SILENT) {
      System.err.println(
          "noren: "
              + name
              + " is up and listens on UDP port "
              + tunnel.snapshot().listenPort()
              + "; Ctrl-C or noren down "
              + name
              + " takes it down");
    }
  }

  private TunnelChange change(TunnelConfig config, long mark) {
    List<PeerChange> peers = new ArrayList<>();
    for (PeerConfig peer : config.peers()) {
      peers.add(
          new PeerChange(
              peer.publicKey(),
              false,
              false,
              peer.presharedKey(),
              endpoints.get(peer.publicKey()),
              peer.persistentKeepaliveSeconds(),
              true,
              peer.allowedIps().stream()
                  .map(prefix -> new AllowedIpChange(prefix, false))
                  .toList()));
    }
    return new TunnelChange(
        config.own().privateKey(), false, config.own().listenPort(), (int) mark, true, peers);
  }
}
