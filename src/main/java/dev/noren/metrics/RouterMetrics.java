package dev.noren.metrics;

import static java.util.stream.Collectors.joining;

import dev.noren.metrics.Exposition.Family;
import dev.noren.metrics.Measured.Found;
import dev.noren.status.Echoes;
import dev.noren.status.Health;
import dev.noren.status.RouterStatus;
import dev.noren.status.RouterStatus.Line;
import dev.noren.status.RouterStatus.Peer;
import dev.noren.status.RouterStatus.Tunnel;
import dev.noren.status.TrafficSample.FarEnd;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * The router's metrics. Far ends have the names and labels of the common exporters for WireGuard,
 * and the machine those of Prometheus' own exporter for Linux, so that what draws and alarms by
 * those works here; what only Noren knows begins with its name. docs/METRICS.md lists all.
 */
public final class RouterMetrics {
  /** The media type of the text. */
  public static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private static final double MICROS = 1e-6;
  private static final double MILLIS = 1e-3;

  private final Measured measured;
  private final Exposition text = new Exposition();

  private RouterMetrics(Measured measured) {
    this.measured = measured;
  }

  /** What was measured, as Prometheus reads it. */
  public static String text(Measured measured) {
    RouterMetrics metrics = new RouterMetrics(measured);
    metrics.farEnds();
    metrics.tunnels();
    metrics.router();
    metrics.lines();
    metrics.firewall();
    metrics.programs();
    new MachineMetrics(metrics.text).add(measured.machine());
    return metrics.text.text();
  }

  private void farEnds() {
    Family sent = text.counter("wireguard_sent_bytes_total", "Bytes sent to the peer");
    Family received =
        text.counter("wireguard_received_bytes_total", "Bytes received from the peer");
    Family handshake =
        text.gauge(
            "wireguard_latest_handshake_seconds",
            "UNIX timestamp of the last handshake with the peer, 0 for never");
    Family unanswered =
        text.gauge(
            "noren_peer_unanswered_seconds",
            "For how long the peer has been called in vain, 0 while it is not");
    for (Tunnel tunnel : measured.status().tunnels()) {
      String name = tunnel.name().text();
      for (Peer peer : tunnel.peers()) {
        String[] labels = labels(name, peer);
        sent.add(peer.traffic().sentBytes(), labels);
        received.add(peer.traffic().receivedBytes(), labels);
        FarEnd end = new FarEnd(name, peer.publicKey());
        handshake.add((long) measured.handshakes().getOrDefault(end, 0L), labels);
        unanswered.add(peer.unansweredSeconds(), labels);
      }
    }
    Family loss =
        text.gauge(
            "noren_probe_loss_ratio", "Echoes through the tunnel that were not answered, 0 to 1");
    Family latency =
        text.gauge(
            "noren_probe_latency_seconds", "How long an echo through the tunnel takes, the median");
    for (Echoes each : measured.echoes()) {
      String[] labels = {
        "interface", each.tunnel(),
        "public_key", each.publicKey(),
        "target", each.target().toString()
      };
      if (each.asked() > 0) {
        loss.add((double) each.lost() / each.asked(), labels);
      }
      if (each.microseconds() != null) {
        latency.add(each.microseconds() * MICROS, labels);
      }
    }
  }

  /** In the exporters' order. */
  private static String[] labels(String tunnel, Peer peer) {
    return new String[] {
      "interface", tunnel,
      "public_key", peer.publicKey(),
      "allowed_ips", peer.allowedIps().stream().map(Objects::toString).collect(joining(",")),
      "friendly_name", peer.name()
    };
  }

  private void tunnels() {
    Family up = text.gauge("noren_tunnel_up", "Whether the tunnel's interface is set up");
    for (Tunnel tunnel : measured.status().tunnels()) {
      up.add(bit(tunnel.up()), "interface", tunnel.name().text());
    }
    Family drops =
        text.counter("noren_dropped_packets_total", "Packets that the data path dropped, by cause");
    new TreeMap<>(measured.drops())
        .forEach(
            (tunnel, causes) ->
                new TreeMap<>(causes)
                    .forEach(
                        (cause, count) ->
                            drops.add((long) count, "interface", tunnel, "cause", cause)));
  }

  private void router() {
    text.gauge("noren_build_info", "Which version of Noren this is; always 1")
        .add(1, "version", measured.version());
    Family health = text.gauge("noren_health", "How the router is: 1 for the state that it is in");
    for (Health each : Health.values()) {
      health.add(bit(each == measured.health()), "state", each.key());
    }
    text.gauge("noren_findings", "How many things fail, as noren doctor says")
        .add(measured.findings().stream().filter(Found::fault).count());
    Family findings =
        text.gauge("noren_finding", "Something that is not as it should be; always 1 while it is");
    for (Found each : measured.findings()) {
      findings.add(
          1,
          "number",
          each.number(),
          "finding",
          each.key(),
          "severity",
          each.fault() ? "fault" : "remark",
          "interface",
          each.tunnel(),
          "far_end",
          each.farEnd());
    }
    RouterStatus status = measured.status();
    text.gauge("noren_config_revision", "The number of the configuration in force")
        .add(status.config().number());
    text.gauge("noren_config_pending", "Whether a change waits to be confirmed")
        .add(bit(status.pending() != null));
    text.gauge("noren_dhcp_leases", "Devices that have an address from this box")
        .add(status.leases().size());
  }

  private void lines() {
    Family up = text.gauge("noren_line_up", "Whether the line leads to the internet");
    Family received =
        text.counter("noren_line_received_bytes_total", "Bytes that came by the line");
    Family sent = text.counter("noren_line_sent_bytes_total", "Bytes that went out by the line");
    for (Line line : measured.status().lines()) {
      String[] labels = {
        "line", Integer.toString(line.number()), "device", line.device(), "method", line.method()
      };
      up.add(bit(line.healthy()), labels);
      received.add(line.traffic().receivedBytes(), labels);
      sent.add(line.traffic().sentBytes(), labels);
    }
  }

  private void firewall() {
    Family packets =
        text.counter(
            "noren_firewall_packets_total",
            "Packets that a counter of the firewall has counted: refused, or let through by a"
                + " rule");
    Family bytes = text.counter("noren_firewall_bytes_total", "Bytes of the same packets");
    for (RouterStatus.Rule each : measured.status().rules()) {
      packets.add(each.packets(), "counter", each.name());
      bytes.add(each.bytes(), "counter", each.name());
    }
  }

  private void programs() {
    Family up =
        text.gauge("noren_service_up", "Whether a program that works for the router is running");
    Family restarts =
        text.counter("noren_service_restarts_total", "How often it ended and was started again");
    for (RouterStatus.Service each : measured.status().services()) {
      up.add(bit(each.runningSince() != null), "service", each.name());
      restarts.add(each.restarts(), "service", each.name());
    }
    RouterStatus status = measured.status();
    text.gauge("process_start_time_seconds", "When the router's program started, UNIX time")
        .add((status.at().toEpochMilli() - status.uptimeMs()) * MILLIS);
  }

  private static long bit(boolean is) {
    return is ? 1 : 0;
  }

  /** What Linux and Java say, under the names of the exporters that say the same. */
  private record MachineMetrics(Exposition text) {
    void add(Machine machine) {
      Family cpu =
          text.counter("process_cpu_seconds_total", "Processor time of the program, seconds");
      if (machine.processCpuSeconds() != null) {
        cpu.add((double) machine.processCpuSeconds());
      }
      Family memory =
          text.gauge("process_resident_memory_bytes", "Memory that the program holds, bytes");
      if (machine.processMemoryBytes() != null) {
        memory.add((long) machine.processMemoryBytes());
      }
      String[] heap = {"area", "heap"};
      text.gauge("jvm_memory_used_bytes", "Used bytes of a Java memory area")
          .add(machine.heap().used(), heap);
      text.gauge("jvm_memory_committed_bytes", "Committed bytes of a Java memory area")
          .add(machine.heap().committed(), heap);
      text.gauge("jvm_memory_max_bytes", "Most bytes of a Java memory area")
          .add(machine.heap().max(), heap);
      Family cpus = text.counter("node_cpu_seconds_total", "Seconds the CPUs spent in each mode");
      new TreeMap<>(machine.cpuSeconds())
          .forEach(
              (number, modes) ->
                  new TreeMap<>(modes)
                      .forEach(
                          (mode, seconds) ->
                              cpus.add((double) seconds, "cpu", number, "mode", mode)));
      for (Map.Entry<String, Long> each : new TreeMap<>(machine.memoryBytes()).entrySet()) {
        text.gauge(
                "node_memory_" + each.getKey() + "_bytes",
                "Memory information field " + each.getKey() + "_bytes")
            .add((long) each.getValue());
      }
      Family load = text.gauge("node_load1", "1m load average");
      if (machine.load() != null) {
        load.add((double) machine.load());
      }
      Family warm = text.gauge("node_thermal_zone_temp", "Zone temperature in Celsius");
      for (Machine.Zone each : machine.zones()) {
        warm.add(each.celsius(), "zone", Integer.toString(each.number()), "type", each.type());
      }
    }
  }
}
