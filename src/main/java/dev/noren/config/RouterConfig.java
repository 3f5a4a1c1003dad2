package dev.noren.config;

import java.util.List;

/**
 * All that a router is configured to be: the one document, which {@link RouterJson} reads and
 * writes. One that was read contradicts itself nowhere.
 *
 * @param name the box's host name, one label
 * @param role what the box is in its network
 * @param ports which Ethernet ports do what
 * @param wan the lines to the internet, the preferred one first; empty for DHCP on the port found
 * @param lan the shop's network
 * @param dns what clients' questions are answered with
 * @param tunnels the tunnels, in the order in which they are shown; those of forms come after them
 * @param forms the ways of use
 * @param access who may reach what from outside
 * @param log what is written down
 * @param leds what the lights do
 * @param metrics who may fetch how the router fares
 * @param update what it does by itself for a new version
 * @param notices what the owner is told of by itself
 */
public record RouterConfig(
    String name,
    Role role,
    Ports ports,
    List<WanConfig> wan,
    LanConfig lan,
    DnsConfig dns,
    List<RouterTunnel> tunnels,
    List<Form> forms,
    Access access,
    LogConfig log,
    LedConfig leds,
    MetricsConfig metrics,
    UpdateConfig update,
    NoticesConfig notices) {
  /** The version of the document's form that this program reads and writes. */
  public static final int SCHEMA = 1;

  /** How many tunnels there can be. */
  public static final int MOST_TUNNELS = 125;

  /** How many lines there can be. */
  public static final int MOST_LINES = 250;

  /** What a box is before anybody configured it. */
  public static final RouterConfig DEFAULT =
      new RouterConfig(
          "noren",
          Role.AUTO,
          new Ports(List.of(), List.of()),
          List.of(),
          new LanConfig(
              null, new DhcpConfig(null, null, null, DhcpConfig.LEASE_MINUTES), List.of()),
          new DnsConfig(true, List.of(), List.of()),
          List.of(),
          List.of(),
          Access.NONE,
          new LogConfig(false, null, LogConfig.KEEP_DAYS),
          LedConfig.ALWAYS,
          MetricsConfig.OFF,
          UpdateConfig.DEFAULT,
          NoticesConfig.OFF);

  public RouterConfig {
    wan = List.copyOf(wan);
    tunnels = List.copyOf(tunnels);
    forms = List.copyOf(forms);
  }

  /** What the box is in its network. */
  public enum Role {
    /** A router where there are two ports, else beside. */
    AUTO,

    /** A machine of the shop's network, next to the router that is there. */
    BESIDE,

    /** The router between the line and the shop's network. */
    ROUTER
  }

  /**
   * Which Ethernet ports do what; those that are not named are found by looking.
   *
   * @param wan the ports of lines
   * @param lan the ports of the shop's network
   */
  public record Ports(List<String> wan, List<String> lan) {
    public Ports {
      wan = List.copyOf(wan);
      lan = List.copyOf(lan);
    }
  }

  /**
   * What is written down.
   *
   * @param destinations whether the addresses that clients talk to are logged
   * @param syslog where log lines are sent too, over UDP, or null
   * @param keepDays how long the audit log is kept, days
   */
  public record LogConfig(boolean destinations, HostPort syslog, int keepDays) {
    /** A year. */
    public static final int KEEP_DAYS = 365;

    /** Ten years. */
    public static final int MAX_KEEP_DAYS = 3650;
  }

  /** The tunnel of this name, or null. */
  public RouterTunnel tunnel(TunnelName tunnelName) {
    return tunnels.stream().filter(t -> t.name().equals(tunnelName)).findFirst().orElse(null);
  }

  /** The same with other tunnels. */
  public RouterConfig withTunnels(List<RouterTunnel> others) {
    return new RouterConfig(
        name, role, ports, wan, lan, dns, others, forms, access, log, leds, metrics, update,
        notices);
  }

  /** The same with other name servers. */
  public RouterConfig withDns(DnsConfig other) {
    return new RouterConfig(
        name, role, ports, wan, lan, other, tunnels, forms, access, log, leds, metrics, update,
        notices);
  }

  /** The form of this name, or null. */
  public Form form(TunnelName formName) {
    return forms.stream().filter(f -> f.name().equals(formName)).findFirst().orElse(null);
  }

  /** The same with other forms. */
  public RouterConfig withForms(List<Form> others) {
    return new RouterConfig(
        name, role, ports, wan, lan, dns, tunnels, others, access, log, leds, metrics, update,
        notices);
  }

  /** The same with other access. */
  public RouterConfig withAccess(Access other) {
    return new RouterConfig(
        name, role, ports, wan, lan, dns, tunnels, forms, other, log, leds, metrics, update,
        notices);
  }

  /** The same with something else done for new versions. */
  public RouterConfig withUpdate(UpdateConfig other) {
    return new RouterConfig(
        name, role, ports, wan, lan, dns, tunnels, forms, access, log, leds, metrics, other,
        notices);
  }

  /** The same with other notices. */
  public RouterConfig withNotices(NoticesConfig other) {
    return new RouterConfig(
        name, role, ports, wan, lan, dns, tunnels, forms, access, log, leds, metrics, update,
        other);
  }

  /** The same without what names a tunnel that is no longer there. */
  public RouterConfig withoutUsesOf(TunnelName gone) {
    return new RouterConfig(
        name,
        role,
        ports,
        wan,
        lan,
        dns,
        tunnels,
        forms,
        access.without(gone),
        log,
        leds,
        metrics.without(gone),
        update,
        notices);
  }
}
