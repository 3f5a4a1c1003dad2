package dev.noren.config;

import dev.noren.text.Sentence;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads one wg-quick file from its first line to its last, and collects all that is wrong. */
final class WgQuickParser {
  private static final int MAX_KEY = 24;

  private final String file;
  private final List<ConfigError> errors = new ArrayList<>();
  private final InterfaceSection own;
  private final List<PeerSection> peers = new ArrayList<>();
  private boolean ownSeen;
  private Section section;
  private boolean skipping;

  WgQuickParser(String file) {
    this.file = file;
    this.own = new InterfaceSection(file, errors);
  }

  TunnelConfig parse(String text) throws ConfigException {
    String[] lines = (text.startsWith("\uFEFF") ? text.substring(1) : text).split("\n", -1);
    for (int i = 0; i < lines.length; i++) {
      int comment = lines[i].indexOf('#');
      String line = Values.trimmed(comment < 0 ? lines[i] : lines[i].substring(0, comment));
      if (line.startsWith("[")) {
        takeHeader(i + 1, line);
      } else if (!line.isEmpty() && !skipping) {
        takeLine(i + 1, line);
      }
    }
    TunnelConfig config = finish();
    if (!errors.isEmpty()) {
      errors.sort(
          Comparator.comparingInt(error -> error.line() == 0 ? Integer.MAX_VALUE : error.line()));
      throw new ConfigException(errors);
    }
    return config;
  }

  private void takeHeader(int line, String text) {
    skipping = false;
    switch (Values.lower(Values.squeezed(text))) {
      case "[interface]" -> {
        ownSeen = true;
        section = own;
      }
      case "[peer]" -> {
        PeerSection peer = new PeerSection(file, line, errors);
        peers.add(peer);
        section = peer;
      }
      default -> {
        skipping = true;
        error(line, Sentence.of("conf.no-section", Values.quoted(text)));
      }
    }
  }

  private void takeLine(int line, String text) {
    int equals = text.indexOf('=');
    if (section == null) {
      error(line, Sentence.of("conf.before-section"));
    } else if (equals < 0) {
      error(
          line,
          showable(text)
              ? Sentence.of("conf.no-equals-in", Values.quoted(text))
              : Sentence.of("conf.no-equals"));
    } else {
      takeKey(line, Values.squeezed(text.substring(0, equals)), text.substring(equals + 1));
    }
  }

  private void takeKey(int line, String word, String value) {
    String key = find(word, section == own ? InterfaceSection.KEYS : PeerSection.KEYS);
    String elsewhere = find(word, section == own ? PeerSection.KEYS : InterfaceSection.KEYS);
    if (key != null) {
      section.take(line, key, Values.trimmed(value));
    } else if (elsewhere != null) {
      String right = section == own ? "[Peer]" : "[Interface]";
      section.error(line, elsewhere, Sentence.of("conf.elsewhere", right));
    } else if (!showable(word)) {
      // A key pasted on a line of its own ends in = and would be taken for a name.
      error(line, Sentence.of("conf.no-key"));
    } else {
      String near = Suggestion.nearest(word, allKeys());
      section.error(
          line,
          word,
          near == null ? Sentence.of("conf.unknown") : Sentence.of("conf.unknown-near", near));
    }
  }

  private static List<String> allKeys() {
    List<String> keys = new ArrayList<>(InterfaceSection.KEYS);
    keys.addAll(PeerSection.KEYS);
    return keys;
  }

  private static String find(String word, List<String> keys) {
    return keys.stream().filter(key -> Values.same(key, word)).findFirst().orElse(null);
  }

  private static boolean showable(String word) {
    return !word.isEmpty()
        && word.length() <= MAX_KEY
        && word.chars().allMatch(c -> c > ' ' && c < 127 && c != '+' && c != '/');
  }

  private TunnelConfig finish() {
    InterfaceConfig interfaceConfig = null;
    if (ownSeen) {
      interfaceConfig = own.finish();
    } else {
      error(0, Sentence.of("conf.no-interface"));
    }
    List<PeerConfig> peerConfigs = new ArrayList<>();
    Map<Object, PeerSection> byKey = new HashMap<>();
    for (PeerSection peer : peers) {
      PeerConfig config = peer.finish();
      PeerSection twin = config == null ? null : byKey.putIfAbsent(config.publicKey(), peer);
      if (twin != null) {
        peer.error(peer.keyLine(), "PublicKey", Sentence.of("conf.peer-twin", twin.keyLine()));
      } else if (config != null) {
        peerConfigs.add(config);
      }
    }
    return new TunnelConfig(interfaceConfig, peerConfigs);
  }

  private void error(int line, Sentence reason) {
    errors.add(new ConfigError(file, line, null, reason));
  }
}
