package dev.noren.config;

import dev.noren.crypto.PrivateKey;
import dev.noren.net.Cidr;
import dev.noren.net.IpAddress;
import dev.noren.text.Refused;
import dev.noren.text.Sentence;
import java.util.ArrayList;
import java.util.List;

/** Collects the [Interface] section; a second one goes on with the first, as in wg. */
final class InterfaceSection extends Section {
  static final List<String> KEYS =
      List.of(
          "PrivateKey",
          "ListenPort",
          "FwMark",
          "Address",
          "DNS",
          "MTU",
          "Table",
          "PreUp",
          "PostUp",
          "PreDown",
          "PostDown",
          "SaveConfig");

  private final List<Cidr> addresses = new ArrayList<>();
  private final List<IpAddress> dnsServers = new ArrayList<>();
  private final List<String> searchDomains = new ArrayList<>();
  private final List<String> preUp = new ArrayList<>();
  private final List<String> postUp = new ArrayList<>();
  private final List<String> preDown = new ArrayList<>();
  private final List<String> postDown = new ArrayList<>();
  private PrivateKey privateKey;
  private int listenPort;
  private long fwMark;
  private int mtuBytes;
  private RouteTable table = RouteTable.AUTO;
  private boolean saveConfig;

  InterfaceSection(String file, List<ConfigError> errors) {
    super(file, errors);
  }

  @Override
  void take(int line, String key, String value) {
    switch (key) {
      case "PrivateKey" ->
          readOnceFilled(line, key, Values.squeezed(value), v -> privateKey = Values.privateKey(v));
      case "ListenPort" ->
          readOnceFilled(line, key, Values.squeezed(value), v -> listenPort = Values.listenPort(v));
      case "FwMark" ->
          readOnceFilled(line, key, Values.squeezed(value), v -> fwMark = Values.fwMark(v));
      case "Address" -> words(value).forEach(word -> read(line, key, word, this::addAddress));
      case "DNS" -> words(value).forEach(word -> read(line, key, word, this::addDns));
      case "MTU" -> readOnce(line, key, value, v -> mtuBytes = v.isEmpty() ? 0 : Values.mtu(v));
      case "Table" ->
          readOnce(
              line, key, value, v -> table = v.isEmpty() ? RouteTable.AUTO : RouteTable.parse(v));
      case "PreUp" -> addHook(preUp, value);
      case "PostUp" -> addHook(postUp, value);
      case "PreDown" -> addHook(preDown, value);
      case "PostDown" -> addHook(postDown, value);
      case "SaveConfig" -> readOnceFilled(line, key, value, v -> saveConfig = Values.flag(v));
      default -> throw new IllegalStateException(key);
    }
  }

  private void addAddress(String word) {
    Cidr address = Values.cidr(word);
    if (addresses.contains(address)) {
      throw new Refused("address.twice", address);
    }
    addresses.add(address);
  }

  private void addDns(String word) {
    if (Values.looksLikeDnsServer(word)) {
      dnsServers.add(Values.dnsServer(word));
    } else {
      searchDomains.add(Values.searchDomain(word));
    }
  }

  private static void addHook(List<String> hooks, String command) {
    if (!command.isEmpty()) {
      hooks.add(command);
    }
  }

  /** The section as a record, with what only the whole section shows added to the errors. */
  InterfaceConfig finish() {
    Hooks hooks = new Hooks(preUp, postUp, preDown, postDown);
    if (!has("PrivateKey") && !hooks.setPrivateKey()) {
      error(0, "PrivateKey", Sentence.of("missing", Sentence.of("hint.genkey")));
    }
    if (mtuBytes != 0 && mtuBytes < InterfaceConfig.MIN_MTU_V6) {
      addresses.stream()
          .filter(cidr -> cidr.address().v6())
          .findFirst()
          .ifPresent(
              cidr ->
                  error(
                      lineOf("MTU"),
                      "MTU",
                      Sentence.of("conf.mtu-v6", mtuBytes, InterfaceConfig.MIN_MTU_V6, cidr)));
    }
    return new InterfaceConfig(
        privateKey,
        listenPort,
        fwMark,
        addresses,
        dnsServers,
        searchDomains,
        mtuBytes,
        table,
        hooks,
        saveConfig);
  }
}
