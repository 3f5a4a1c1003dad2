package dev.noren.config;

import dev.noren.config.DnsConfig.DomainServer;
import dev.noren.config.RouterConfig.LogConfig;
import dev.noren.config.RouterConfig.Ports;
import dev.noren.config.RouterConfig.Role;
import dev.noren.net.IpAddress;
import dev.noren.text.Refused;
import dev.noren.text.Sentence;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;

/** Makes a configuration of a document's tree, and finds all that is wrong with it. */
final class RouterReader {
  private RouterReader() {}

  /**
   * @param problems what is wrong already; it takes the rest
   * @throws ConfigException where anything is wrong
   */
  static RouterConfig read(Object tree, Problems problems) throws ConfigException {
    if (tree instanceof Map<?, ?> members) {
      checkSchema(members.get("schema"), problems);
    }
    Fields fields = Fields.of(tree, "", problems);
    fields.number("schema", RouterConfig.SCHEMA, RouterConfig.SCHEMA, RouterConfig.SCHEMA);
    String name = fields.textOr("name", RouterConfig.DEFAULT.name(), RouterValues::boxName);
    Role role = fields.word("role", Role.class, Role.AUTO);
    Once portNames = new Once();
    Ports ports = ports(fields.object("ports"), role, portNames);
    Fields lanFields = fields.object("lan");
    LanConfig lan = LanReader.read(lanFields, name);
    lanFields.done();
    OwnAddresses addresses = new OwnAddresses(lan.address());
    WanReader wanReader = new WanReader(role, ports, lan, addresses);
    List<WanConfig> wan = fields.objects("wan", wanReader::read);
    wanReader.checkAll(fields, wan, portNames);
    TunnelReader tunnelReader = new TunnelReader(problems, lan, portNames, addresses);
    List<RouterTunnel> tunnels = fields.objects("tunnels", tunnelReader::read);
    AccessReader accessReader = new AccessReader(fields.object("access"), lan);
    FormReader formReader = new FormReader(tunnelReader, lan, accessReader);
    List<Form> forms = fields.objects("forms", formReader::read);
    Access access = accessReader.read(tunnels, forms);
    checkSize(fields, "tunnels", tunnels, RouterConfig.MOST_TUNNELS);
    checkSize(fields, "forms", forms, Math.max(0, RouterConfig.MOST_TUNNELS - tunnels.size()));
    DnsConfig dns = dns(fields.object("dns"), addresses);
    LogConfig log = log(fields.object("log"));
    LedConfig leds = leds(fields.object("leds"));
    MetricsConfig metrics = MetricsReader.read(fields.object("metrics"), tunnels, forms);
    UpdateConfig update = UpdateConfig.read(fields.object("update"));
    NoticesConfig notices = NoticesReader.read(fields.object("notices"));
    fields.done();
    problems.throwIfAny();
    return new RouterConfig(
        name, role, ports, wan, lan, dns, tunnels, forms, access, log, leds, metrics, update,
        notices);
  }

  /** What another version means by a field is not known, so none of them is looked at. */
  private static void checkSchema(Object schema, Problems problems) throws ConfigException {
    if (schema == null) {
      throw problems.only("schema", Sentence.of("schema.missing", RouterConfig.SCHEMA));
    }
    if (!(schema instanceof Json.Num number) || Values.decimal(number.text(), 999_999) < 0) {
      throw problems.only("schema", Sentence.of("schema.number", RouterConfig.SCHEMA));
    }
    if (Values.decimal(number.text(), 999_999) != RouterConfig.SCHEMA) {
      throw problems.only(
          "schema", Sentence.of("schema.other", number.text(), RouterConfig.SCHEMA));
    }
  }

  private static Ports ports(Fields fields, Role role, Once names) {
    List<String> wan =
        fields.texts("wan", (path, text) -> names.take(path, InterfaceNames.port(text)));
    List<String> lan =
        fields.texts("lan", (path, text) -> names.take(path, InterfaceNames.port(text)));
    checkSize(fields, "wan", wan, RouterConfig.MOST_LINES);
    if (role == Role.BESIDE && !lan.isEmpty()) {
      fields.error("lan", Sentence.of("role.no-lan"));
    }
    if (role == Role.BESIDE && wan.size() > 1) {
      fields.error("wan", Sentence.of("role.one-port"));
    }
    fields.done();
    return new Ports(wan, lan);
  }

  /** Says where a list has more entries than there can be. */
  static void checkSize(Fields fields, String key, List<?> entries, int most) {
    if (entries.size() > most) {
      fields.error(key, Sentence.of("list.too-many", entries.size(), most));
    }
  }

  private static DnsConfig dns(Fields fields, OwnAddresses addresses) {
    Once domains = new Once();
    DnsConfig dns =
        new DnsConfig(
            fields.flag("forceClients", true),
            fields.texts("upstream", text -> server(text, addresses)),
            fields.objects("domains", each -> domain(each, domains, addresses)));
    fields.done();
    return dns;
  }

  private static IpAddress server(String text, OwnAddresses addresses) {
    IpAddress server = RouterValues.server(text);
    addresses.checkForeign(server);
    return server;
  }

  private static DomainServer domain(Fields fields, Once domains, OwnAddresses addresses) {
    return new DomainServer(
        fields.required(
            "domain", "hint.domain", (path, text) -> domains.take(path, RouterValues.domain(text))),
        fields.required("server", "hint.name-server", text -> server(text, addresses)));
  }

  private static LogConfig log(Fields fields) {
    LogConfig log =
        new LogConfig(
            fields.flag("destinations", false),
            fields.text("syslog", RouterReader::syslog),
            fields.number("keepDays", 1, LogConfig.MAX_KEEP_DAYS, LogConfig.KEEP_DAYS));
    fields.done();
    return log;
  }

  private static LedConfig leds(Fields fields) {
    Fields night = fields.object("night");
    LocalTime from = night.text("from", RouterReader::timeOfDay);
    LocalTime to = night.text("to", RouterReader::timeOfDay);
    if (night.has("from") != night.has("to")) {
      night.error(night.has("to") ? "from" : "to", Sentence.of("leds.night-half"));
    }
    if (from != null && from.equals(to)) {
      night.error("to", Sentence.of("leds.night-same"));
    }
    night.done();
    fields.done();
    return new LedConfig(from, to);
  }

  private static LocalTime timeOfDay(String text) {
    if (!text.matches("([01][0-9]|2[0-3]):[0-5][0-9]")) {
      throw new Refused("leds.time", Values.quoted(text));
    }
    return LocalTime.parse(text);
  }

  private static HostPort syslog(String text) {
    HostPort target;
    try {
      target = HostPort.parse(text);
    } catch (IllegalArgumentException e) {
      throw new Refused(Sentence.of("syslog.form", Values.quoted(text)), e);
    }
    return RouterValues.reachable(target);
  }
}
