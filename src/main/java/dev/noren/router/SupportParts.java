package dev.noren.router;

import dev.noren.config.ConfigStore.Loaded;
import dev.noren.config.RouterConfig;
import dev.noren.config.RouterJson;
import dev.noren.config.StoredConfig;
import dev.noren.control.RecordJson;
import dev.noren.control.SignalText;
import dev.noren.control.UpdateDesk.Update;
import dev.noren.doctor.Diagnosis;
import dev.noren.router.SupportSources.Source;
import dev.noren.services.CommandRunner;
import dev.noren.state.OwnerFiles;
import dev.noren.status.Finding;
import dev.noren.status.LogEntry;
import dev.noren.status.SignalFile;
import dev.noren.support.AddressHiding;
import dev.noren.support.Part;
import dev.noren.support.SecretHiding;
import dev.noren.support.SupportText;
import dev.noren.text.Language;
import dev.noren.text.Sentence;
import dev.noren.tunnel.Drop;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Puts a support file together. What can't be had says why in its place. */
public final class SupportParts {
  private static final int KB = 1 << 10;

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss xxx", Locale.ROOT);

  /** The documents that were saved last. */
  private static final int MOST_HISTORY = 30;

  private final Path state;
  private final SupportSources sources;
  private final SupportMachine machine;

  SupportParts(Path state, SupportSources sources, CommandRunner commands) {
    this.state = state;
    this.sources = sources;
    this.machine = new SupportMachine(commands, state);
  }

  /** Of a state folder on which no router runs. */
  public static SupportParts ofStopped(Path state) {
    return new SupportParts(state, SupportSources.stopped(state), new CommandRunner());
  }

  /**
   * The whole file.
   *
   * @param hideAddresses whether the internet's addresses are left out
   */
  public String text(Instant now, boolean hideAddresses) {
    Set<String> secrets = new HashSet<>();
    Set<String> publicKeys = new HashSet<>();
    List<Part> parts = new ArrayList<>();
    String problem = known(secrets, publicKeys);
    if (problem != null) {
      parts.add(Part.of("What could not be read", problem, 4 * KB));
    }
    add(parts, "The box", 16 * KB, machine::versions);
    add(parts, "How it is, and what is wrong", 32 * KB, this::health);
    add(parts, "Status", 96 * KB, () -> RecordJson.write(sources.status().get(), true));
    add(parts, "What tunnels dropped", 16 * KB, this::drops);
    add(parts, "Update", 4 * KB, this::update);
    add(parts, "Configuration, without secrets", 96 * KB, this::configuration);
    add(parts, "Its history", 16 * KB, this::history);
    parts.addAll(machine.network());
    parts.add(Part.log("What happened", orWhy(this::log), 64 * KB));
    parts.add(machine.messages());
    parts.add(machine.crash());
    UnaryOperator<String> hiding = new SecretHiding(secrets, publicKeys)::hide;
    if (hideAddresses) {
      AddressHiding addresses = new AddressHiding();
      UnaryOperator<String> first = hiding;
      hiding = text -> addresses.hide(first.apply(text));
    }
    return SupportText.of(head(now, hideAddresses), parts, hiding);
  }

  private static String head(Instant now, boolean hideAddresses) {
    Sentence addresses =
        hideAddresses
            ? Sentence.of("support.addresses-hidden")
            : Sentence.of("support.addresses-shown");
    StringBuilder head = new StringBuilder();
    for (Language language : List.of(Language.JAPANESE, Language.ENGLISH)) {
      for (Sentence each :
          List.of(
              Sentence.of("support.title", TIME.format(now.atZone(ZoneId.systemDefault()))),
              Sentence.of("support.lead"),
              Sentence.of("support.private"),
              addresses)) {
        head.append(each.in(language)).append('\n');
      }
      head.append('\n');
    }
    return head.toString();
  }

  /** Finds what is secret on this box; says why where not all of it can be known, or null. */
  private String known(Set<String> secrets, Set<String> publicKeys) {
    try {
      secrets.addAll(ofOwner(new OwnerFiles(state)));
      Loaded loaded = sources.document().get();
      List<StoredConfig> all = new ArrayList<>(sources.history().get());
      all.add(loaded.current());
      all.add(loaded.followed());
      for (StoredConfig each : all) {
        secrets.addAll(RouterJson.secrets(each.config()));
        publicKeys.addAll(RouterJson.publicKeys(each.config()));
      }
      return null;
    } catch (IOException e) {
      return e.getMessage();
    }
  }

  /** What proves who the owner is: what stands behind the first word of each line. */
  private static List<String> ofOwner(OwnerFiles files) throws IOException {
    List<String> all = new ArrayList<>();
    String owner = files.owner();
    if (owner != null) {
      owner.lines().forEach(line -> all.add(line.substring(line.indexOf(' ') + 1)));
    }
    String code = files.setupCode();
    if (code != null) {
      all.add(code);
    }
    return all;
  }

  private static void add(List<Part> parts, String title, int mostBytes, Source<String> body) {
    parts.add(Part.of(title, orWhy(body), mostBytes));
  }

  private static String orWhy(Source<String> body) {
    try {
      return body.get();
    } catch (IOException | RuntimeException e) {
      return "(it can't be had: " + e.getMessage() + ")";
    }
  }

  private String health() throws IOException {
    StringBuilder text = new StringBuilder();
    String signal = sources.signal().get();
    text.append("signal: ").append(signal).append('\n');
    say(text, SignalText.says(SignalFile.TABLE.get(signal)));
    Diagnosis diagnosis = sources.diagnosis().get();
    text.append("\ndiagnosis of ").append(diagnosis.at());
    text.append(diagnosis.settled() ? "\n" : ", of which not all was asked yet\n");
    if (diagnosis.finding() == null) {
      text.append("nothing was found\n");
    } else {
      say(text, diagnosis.finding());
    }
    diagnosis.also().forEach(each -> say(text, each));
    return text.toString();
  }

  private static void say(StringBuilder text, Finding finding) {
    text.append(
        "\n%s %s%s"
            .formatted(finding.number(), finding.key(), finding.fault() ? "" : " (may be meant)"));
    if (finding.tunnel() != null) {
      text.append(", tunnel ").append(finding.tunnel());
    }
    if (finding.farEnd() != null) {
      text.append(", far end ").append(finding.farEnd());
    }
    text.append('\n');
    say(text, finding.says());
    finding.evidence().forEach(each -> say(text, each));
    say(text, finding.next());
  }

  /** For who reads it here, and for who reads it there. */
  private static void say(StringBuilder text, Sentence sentence) {
    text.append("  ").append(sentence.in(Language.ENGLISH)).append('\n');
    text.append("  ").append(sentence.in(Language.JAPANESE)).append('\n');
  }

  private String drops() throws IOException {
    StringBuilder text = new StringBuilder();
    for (Map.Entry<String, Map<Drop, Long>> tunnel : sources.drops().get().entrySet()) {
      text.append(tunnel.getKey()).append(":\n");
      tunnel
          .getValue()
          .forEach(
              (drop, count) -> {
                if (count > 0) {
                  text.append("  %,d %s\n".formatted(count, drop.sentence()));
                }
              });
    }
    return text.toString();
  }

  private String update() throws IOException {
    Update update = sources.update().get();
    return RecordJson.write(update, true);
  }

  private String configuration() throws IOException {
    Loaded loaded = sources.document().get();
    StringBuilder text = new StringBuilder();
    loaded.notices().forEach(each -> text.append(each).append('\n'));
    StoredConfig stored = loaded.followed();
    RouterConfig config = stored.config();
    text.append("number %d, %s\n".formatted(stored.number(), stored.savedAt()));
    if (loaded.trial() != null) {
      text.append("it is being tried, and not saved\n");
    }
    config
        .tunnels()
        .forEach(each -> text.append(own(each.name().text(), each.privateKey().publicKey())));
    config
        .forms()
        .forEach(
            each -> {
              if (each.gateway() != null) {
                text.append(own(each.name().text(), each.gateway().privateKey().publicKey()));
              }
            });
    return text.append(RouterJson.writeHidden(config)).toString();
  }

  private static String own(String tunnel, Object publicKey) {
    return "own public key of %s: %s\n".formatted(tunnel, publicKey);
  }

  private String history() throws IOException {
    List<StoredConfig> all = sources.history().get();
    StringBuilder text = new StringBuilder();
    for (StoredConfig each : all.subList(Math.max(0, all.size() - MOST_HISTORY), all.size())) {
      text.append(
          "%d  %s  %s: %s\n"
              .formatted(each.number(), each.savedAt(), each.author(), each.change()));
    }
    return text.toString();
  }

  private String log() throws IOException {
    StringBuilder text = new StringBuilder();
    for (LogEntry each : sources.log().get()) {
      text.append(
          "%s  %-7s  %s  %s\n"
              .formatted(each.at(), RecordJson.wordOf(each.kind()), each.who(), each.what()));
    }
    return text.toString();
  }
}
