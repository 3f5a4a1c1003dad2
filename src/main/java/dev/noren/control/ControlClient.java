package dev.noren.control;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.noren.config.Backup;
import dev.noren.config.ConfigException;
import dev.noren.config.ConfigStore.Loaded;
import dev.noren.config.HostPort;
import dev.noren.config.RouterConfig;
import dev.noren.config.RouterJson;
import dev.noren.config.StoredConfig;
import dev.noren.config.TunnelConfig;
import dev.noren.config.TunnelName;
import dev.noren.config.WgQuickFile;
import dev.noren.control.Answer.Stored;
import dev.noren.linux.Errno;
import dev.noren.linux.LinuxException;
import dev.noren.linux.UnixStream;
import dev.noren.status.LogEntry;
import dev.noren.status.LogQuery;
import dev.noren.status.RouterStatus;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The operations of a router that runs in another process, over its socket. */
public final class ControlClient implements Operations {
  private final Path socket;

  private ControlClient(Path socket) {
    this.socket = socket;
  }

  /** Speaks to the router of this state folder; each call connects anew. */
  public static ControlClient in(Path stateFolder) {
    return new ControlClient(ControlSocket.path(stateFolder));
  }

  /**
   * Whether a router answers there.
   *
   * @throws IOException with a sentence, where that can't be found out, as without the permission
   */
  public boolean isRunning() throws IOException {
    try (UnixStream stream = UnixStream.connect(socket)) {
      stream.endOutput();
      return true;
    } catch (LinuxException e) {
      if (isNobodyThere(e)) {
        return false;
      }
      throw refused(e);
    }
  }

  private static boolean isNobodyThere(LinuxException e) {
    return switch (e.errno()) {
      // Nor could a router have listened at a path that is too long.
      case Errno.ENOENT, Errno.ECONNREFUSED, Errno.ENAMETOOLONG -> true;
      default -> false;
    };
  }

  private IOException refused(LinuxException e) {
    if (isNobodyThere(e)) {
      return new IOException("the router is not running: noren run starts it", e);
    }
    return e.errno() == Errno.EACCES
        ? new IOException("this user may not speak to the router: run as root", e)
        : e;
  }

  private interface Taker {
    void take(Answer answer) throws IOException, ConfigException;
  }

  private void ask(Record request, Taker taker) throws IOException, ConfigException {
    try (UnixStream stream = connect();
        BufferedReader lines = new BufferedReader(new InputStreamReader(stream.input(), UTF_8))) {
      IOException refused = null;
      try {
        stream.output().write((RecordJson.write(request, false) + "\n").getBytes(UTF_8));
      } catch (IOException e) {
        // It may have said why before it hung up.
        refused = e;
      }
      boolean more = true;
      while (more) {
        String line = lines.readLine();
        if (line == null && refused != null) {
          throw refused;
        }
        Answer answer = answer(line);
        taker.take(answer);
        more = Boolean.TRUE.equals(answer.more());
      }
    }
  }

  private UnixStream connect() throws IOException {
    try {
      return UnixStream.connect(socket);
    } catch (LinuxException e) {
      throw refused(e);
    }
  }

  private static Answer answer(String line) throws IOException, ConfigException {
    if (line == null) {
      throw new IOException("the router ended in the midst of its answer");
    }
    Answer answer;
    try {
      answer = RecordJson.read(line, Answer.class);
    } catch (IllegalArgumentException e) {
      throw new IOException(
          "the router's answer can't be understood ("
              + e.getMessage()
              + "): it may be of another version, so start it again",
          e);
    }
    if (answer.error() != null) {
      throw new IOException(answer.error());
    }
    if (answer.errors() != null && !answer.errors().isEmpty()) {
      throw new ConfigException(answer.errors());
    }
    return answer;
  }

  /** Asks for what can't be wrong with a document. */
  private void look(Record request, Taker taker) throws IOException {
    try {
      ask(request, taker);
    } catch (ConfigException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private Outcome change(Record request) throws IOException, ConfigException {
    List<Outcome> outcomes = new ArrayList<>();
    ask(request, answer -> outcomes.add(answer.outcome()));
    return outcomes.getFirst();
  }

  @Override
  public RouterStatus status() throws IOException {
    List<RouterStatus> seen = new ArrayList<>();
    look(new Request.Ask("status", null, null, null), answer -> seen.add(answer.status()));
    return seen.getFirst();
  }

  /** Gives one snapshot a second, until the router ends or the taker throws. */
  public void watch(Consumer<RouterStatus> taker) throws IOException {
    look(new Request.Ask("status", null, true, null), answer -> taker.accept(answer.status()));
  }

  @Override
  public List<LogEntry> log(LogQuery query) throws IOException {
    List<LogEntry> entries = new ArrayList<>();
    look(
        new Request.Log("log", query.since(), query.kind(), query.limit()),
        answer -> entries.addAll(answer.entries()));
    return entries;
  }

  @Override
  public Loaded load() throws IOException {
    List<Loaded> loaded = new ArrayList<>();
    look(
        new Request.Ask("config", null, null, true),
        answer -> loaded.add(new Loaded(config(answer.stored()), answer.notices())));
    return loaded.getFirst();
  }

  @Override
  public List<StoredConfig> history() throws IOException {
    List<StoredConfig> history = new ArrayList<>();
    look(
        new Request.Ask("history", null, null, null),
        answer -> {
          if (answer.stored() != null) {
            history.add(config(answer.stored()));
          }
        });
    return history;
  }

  private static StoredConfig config(Stored stored) throws ConfigException {
    return new StoredConfig(
        stored.number(),
        stored.savedAt(),
        stored.author(),
        stored.change(),
        RouterJson.read("the router's document", stored.document()));
  }

  @Override
  public Outcome set(String path, String value, String author) throws IOException, ConfigException {
    return change(new Request.Set("set", author, path, value));
  }

  @Override
  public Outcome edit(int basedOn, RouterConfig after, String author)
      throws IOException, ConfigException {
    return change(new Request.Edit("edit", author, RouterJson.write(after), basedOn));
  }

  @Override
  public Backup backup() throws IOException {
    List<Backup> backups = new ArrayList<>();
    look(
        new Request.Ask("backup", null, null, null),
        answer -> backups.add(Backup.read("the router's document", answer.backup())));
    return backups.getFirst();
  }

  @Override
  public Outcome replace(Backup backup, String from, String author)
      throws IOException, ConfigException {
    return change(new Request.Replace("replace", author, backup.write(), from));
  }

  @Override
  public Outcome importTunnel(TunnelName name, TunnelConfig file, String author)
      throws IOException, ConfigException {
    return change(new Request.Import("import", author, name.text(), WgQuickFile.write(file)));
  }

  @Override
  public Outcome rollback(int number, String author) throws IOException, ConfigException {
    return change(new Request.Rollback("rollback", author, number));
  }

  @Override
  public Outcome confirm(String author) throws IOException {
    List<Outcome> outcomes = new ArrayList<>();
    look(new Request.Ask("confirm", author, null, null), answer -> outcomes.add(answer.outcome()));
    return outcomes.getFirst();
  }

  @Override
  public Invited invite(TunnelName form, String shop, HostPort far, String author)
      throws IOException, ConfigException {
    return pairing("invite", author, form, shop, far == null ? null : far.toString(), null)
        .invited();
  }

  @Override
  public List<String> join(String line, TunnelName form, String shop, String author)
      throws IOException, ConfigException {
    return pairing("join", author, form, shop, null, line).notices();
  }

  @Override
  public List<Pair> pairings() throws IOException {
    List<Pair> pairings = new ArrayList<>();
    look(
        new Request.Ask("pairings", null, null, null),
        answer -> pairings.addAll(answer.pairings()));
    return pairings;
  }

  @Override
  public Pair accept(TunnelName form, String author) throws IOException, ConfigException {
    return pairing("accept", author, form, null, null, null).pairings().getFirst();
  }

  @Override
  public void refuse(TunnelName form, String author) throws IOException, ConfigException {
    pairing("refuse", author, form, null, null, null);
  }

  private Answer pairing(
      String op, String author, TunnelName form, String shop, String far, String invitation)
      throws IOException, ConfigException {
    List<Answer> answers = new ArrayList<>();
    ask(
        new Request.Pairing(op, author, form == null ? null : form.text(), shop, far, invitation),
        answers::add);
    return answers.getFirst();
  }
}
