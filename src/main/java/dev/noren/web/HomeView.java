package dev.noren.web;

import dev.noren.config.TunnelUse.Mode;
import dev.noren.control.SignalText;
import dev.noren.status.Finding;
import dev.noren.status.Lamp;
import dev.noren.status.RouterStatus;
import dev.noren.status.RouterStatus.Line;
import dev.noren.status.Signal;
import dev.noren.status.Signal.Form;
import dev.noren.status.SignalFile;
import dev.noren.text.Past;
import dev.noren.text.Sentence;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the home page shows of the router at one moment.
 *
 * @param name the box's name
 * @param signal what the lights show, as the table of signals calls it
 * @param says what that says
 * @param panels the lamps, as the curtain's three cloths
 * @param way from a device to the internet, part by part
 * @param tunnels the tunnels
 * @param pending the change that waits to be confirmed, or null
 * @param visitSecondsLeft how long a technician may still look from elsewhere, or null
 * @param finding why something does not work, or null
 * @param problems what is wrong, a sentence each
 * @param instructions what is to be done elsewhere for the tunnels to serve all
 * @param receivedPerSecond what the lines bring now, bytes a second
 * @param sentPerSecond what they carry away
 * @param received the same in words
 * @param sent the same in words
 * @param running how long the router has been running
 */
record HomeView(
    String name,
    String signal,
    Sentence says,
    List<PanelView> panels,
    List<PartView> way,
    List<TunnelView> tunnels,
    Pending pending,
    Long visitSecondsLeft,
    Finding finding,
    List<Sentence> problems,
    List<Sentence> instructions,
    long receivedPerSecond,
    long sentPerSecond,
    String received,
    String sent,
    Sentence running) {
  /** What is to be done once on the shop's router or its devices, which nobody here can see. */
  private static final Set<String> INSTRUCTIONS =
      Set.of(
          "remark.static-route",
          "remark.static-routes",
          "remark.by-gateway",
          "remark.by-gateway-kill-switch");

  private static final List<String> LAMPS = List.of("status", "internet", "vpn");

  HomeView {
    panels = List.copyOf(panels);
    way = List.copyOf(way);
    tunnels = List.copyOf(tunnels);
    problems = List.copyOf(problems);
    instructions = List.copyOf(instructions);
  }

  /**
   * A change that is undone unless somebody confirms it.
   *
   * @param what what it changes
   * @param secondsLeft how long until then
   */
  record Pending(Sentence what, long secondsLeft) {}

  static HomeView of(Feed.Look look) {
    RouterStatus status = look.status();
    Signal signal = SignalFile.TABLE.get(look.lights().signal());
    List<TunnelView> tunnels =
        status.tunnels().stream().map(tunnel -> TunnelView.of(tunnel, look.echoes())).toList();
    long received = status.lines().stream().mapToLong(l -> l.traffic().receivedPerSecond()).sum();
    long sent = status.lines().stream().mapToLong(l -> l.traffic().sentPerSecond()).sum();
    return new HomeView(
        status.name(),
        signal.key(),
        SignalText.says(signal),
        panels(signal.three()),
        way(status, tunnels),
        tunnels,
        status.pending() == null
            ? null
            : new Pending(Past.what(status.pending().what()), status.pending().secondsLeft()),
        look.visitor() == null ? null : (Long) look.visitor().secondsLeft(),
        look.finding(),
        problems(status),
        status.problems().stream().filter(HomeView::isInstruction).toList(),
        received,
        sent,
        Measures.rate(received),
        Measures.rate(sent),
        Measures.duration(status.uptimeMs() / 1000));
  }

  /** What is wrong with the router, as far as the router can see. */
  static List<Sentence> problems(RouterStatus status) {
    return status.problems().stream().filter(each -> !isInstruction(each)).toList();
  }

  private static boolean isInstruction(Sentence problem) {
    return problem.isOneOf(INSTRUCTIONS);
  }

  /** What there is of all: where that differs, the page has to be drawn anew. */
  String shape() {
    return Stream.of(
            Stream.of(way.size(), problems.size(), instructions.size()),
            tunnels.stream().map(each -> each.name() + each.ends().size()),
            Stream.of(
                finding == null ? "" : finding.number(),
                finding == null || finding.tunnel() == null ? "" : finding.tunnel()))
        .flatMap(each -> each)
        .map(Object::toString)
        .collect(Collectors.joining(","));
  }

  /** Beside the shop's router devices have their addresses from that, and are not counted here. */
  private static Sentence devices(RouterStatus status) {
    boolean serves = status.lan() != null && status.lan().dhcpFrom() != null;
    return serves
        ? Sentence.of("web.part-devices", status.leases().size())
        : Sentence.of("web.part-devices-elsewhere");
  }

  private static List<PanelView> panels(List<Lamp> lamps) {
    List<Sentence> names = SignalText.names(Form.THREE);
    List<PanelView> panels = new ArrayList<>();
    for (int i = 0; i < LAMPS.size(); i++) {
      panels.add(PanelView.of(LAMPS.get(i), names.get(i), lamps.get(i)));
    }
    return panels;
  }

  private static List<PartView> way(RouterStatus status, List<TunnelView> tunnels) {
    List<PartView> way = new ArrayList<>();
    way.add(
        new PartView(
            "device",
            Sentence.of("part.device"),
            Sentence.of("part.device-term"),
            PartView.GOOD,
            devices(status),
            ""));
    way.add(
        new PartView(
            "router",
            Sentence.of("part.router"),
            Sentence.of("part.router-term"),
            PartView.GOOD,
            Sentence.of("web.part-router", Measures.duration(status.uptimeMs() / 1000)),
            status.lan() == null ? "" : status.lan().address().toString()));
    way.add(line(status.lines()));
    if (!tunnels.isEmpty()) {
      way.add(tunnel(status, tunnels));
      way.add(far(tunnels));
    }
    boolean all = status.tunnels().stream().anyMatch(tunnel -> tunnel.mode() == Mode.FULL);
    way.add(
        new PartView(
            "beyond",
            Sentence.of("part.beyond"),
            Sentence.of("part.beyond-term"),
            PartView.OFF,
            tunnels.isEmpty()
                ? Sentence.of("web.part-beyond-none")
                : Sentence.of(all ? "web.part-beyond-full" : "web.part-beyond"),
            ""));
    return way;
  }

  private static PartView line(List<Line> lines) {
    Line best = lines.stream().filter(Line::healthy).findFirst().orElse(null);
    if (best != null) {
      return new PartView(
          "line",
          Sentence.of("part.line"),
          Sentence.of("part.line-term"),
          best.number() == lines.getFirst().number() ? PartView.GOOD : PartView.UNSURE,
          Sentence.of(
              best.number() == lines.getFirst().number()
                  ? "web.part-line-good"
                  : "web.part-line-spare"),
          best.address() == null ? best.device() : best.address().toString());
    }
    boolean cable = lines.stream().anyMatch(Line::cable);
    return new PartView(
        "line",
        Sentence.of("part.line"),
        Sentence.of("part.line-term"),
        PartView.BAD,
        Sentence.of(cable ? "web.part-line-bad" : "web.part-line-cable"),
        "");
  }

  private static PartView tunnel(RouterStatus status, List<TunnelView> tunnels) {
    TunnelView worst = worst(tunnels);
    return new PartView(
        "tunnel",
        Sentence.of("part.tunnel"),
        Sentence.of("part.tunnel-term"),
        worst.state(),
        worst.says(),
        "WireGuard, MTU " + status.tunnels().getFirst().mtuBytes());
  }

  private static TunnelView worst(List<TunnelView> tunnels) {
    for (String state : new String[] {PartView.BAD, PartView.UNSURE, PartView.GOOD}) {
      for (TunnelView tunnel : tunnels) {
        if (tunnel.state().equals(state)) {
          return tunnel;
        }
      }
    }
    return tunnels.getFirst();
  }

  private static PartView far(List<TunnelView> tunnels) {
    TunnelView worst = worst(tunnels);
    if (worst.ends().isEmpty()) {
      return new PartView(
          "far",
          Sentence.of("part.far"),
          Sentence.of("part.far-term"),
          PartView.OFF,
          Sentence.of("web.part-far-none"),
          "");
    }
    TunnelView.End end =
        worst.ends().stream()
            .filter(each -> each.state().equals(worst.state()))
            .findFirst()
            .orElse(worst.ends().getFirst());
    return new PartView(
        "far",
        Sentence.of("part.far"),
        Sentence.of("part.far-term"),
        end.state(),
        end.says(),
        end.endpoint(),
        end.answers());
  }
}
