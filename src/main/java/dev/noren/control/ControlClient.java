package dev.noren.control;

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
import dev.noren.doctor.Diagnosis;
import dev.noren.doctor.Symptom;
import dev.noren.status.Echoes;
import dev.noren.status.LogEntry;
import dev.noren.status.LogQuery;
import dev.noren.status.RouterStatus;
import dev.noren.status.TrafficDay;
import dev.noren.status.Trend;
import dev.noren.text.Language;
import dev.noren.text.Sentence;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;

/** The operations of a router that runs in another process, over its socket. */
public final class ControlClient implements Operations {
  private static final Sentence DOCUMENT = Sentence.of("file.document");

  private final Asking router;

  /** What the router is told of the language: nothing where it is English. */
  private final String language;

  private ControlClient(Asking router, Language language) {
    this.router = router;
    this.language = language == Language.ENGLISH ? null : language.code();
  }

  /**
   * Speaks to the router of this state folder; each call connects anew.
   *
   * @param language what the router's errors shall be in
   */
  public static ControlClient in(Path stateFolder, Language language) {
    return new ControlClient(new Asking(ControlSocket.path(stateFolder)), language);
  }

  /**
   * Whether a router answers there.
   *
   * @throws IOException with a sentence, where that can't be found out, as without the permission
   */
  public boolean isRunning() throws IOException {
    return router.isThere();
  }

  private Outcome change(Record request) throws IOException, ConfigException {
    List<Outcome> outcomes = new ArrayList<>();
    router.ask(request, answer -> outcomes.add(answer.outcome()));
    return outcomes.getFirst();
  }

  @Override
  public RouterStatus status() throws IOException {
    List<RouterStatus> seen = new ArrayList<>();
    router.look(
        new Request.Ask("status", language, null, null, null), answer -> seen.add(answer.status()));
    return seen.getFirst();
  }

  /** Gives one snapshot a second, until the router ends or the taker throws. */
  public void watch(Consumer<RouterStatus> taker) throws IOException {
    router.look(
        new Request.Ask("status", language, null, true, null),
        answer -> taker.accept(answer.status()));
  }

  @Override
  public TrafficDay day() throws IOException {
    List<TrafficDay> days = new ArrayList<>();
    router.look(
        new Request.Ask("day", language, null, null, null), answer -> days.add(answer.day()));
    return days.getFirst();
  }

  @Override
  public Trend trend(Trend.By by) throws IOException {
    List<Trend> trends = new ArrayList<>();
    router.look(
        new Request.Ask(by == Trend.By.MINUTE ? "minutes" : "hours", language, null, null, null),
        answer -> trends.add(answer.trend()));
    return trends.getFirst();
  }

  @Override
  public List<Echoes> echoes() throws IOException {
    List<Echoes> echoes = new ArrayList<>();
    router.look(
        new Request.Ask("echoes", language, null, null, null),
        answer -> echoes.addAll(answer.echoes()));
    return echoes;
  }

  @Override
  public Diagnosis diagnose(Symptom symptom) throws IOException {
    String key = symptom == null ? null : symptom.key();
    return answerTo(new Request.Diagnose("diagnose", language, key)).diagnosis();
  }

  @Override
  public List<LogEntry> log(LogQuery query) throws IOException {
    List<LogEntry> entries = new ArrayList<>();
    router.look(
        new Request.Log("log", language, query.since(), query.kind(), query.limit()),
        answer -> entries.addAll(answer.entries()));
    return entries;
  }

  @Override
  public Loaded load() throws IOException {
    List<Loaded> loaded = new ArrayList<>();
    router.look(
        new Request.Ask("config", language, null, null, true),
        answer -> loaded.add(new Loaded(config(answer.stored()), answer.notices())));
    return loaded.getFirst();
  }

  @Override
  public List<StoredConfig> history() throws IOException {
    List<StoredConfig> history = new ArrayList<>();
    router.look(
        new Request.Ask("history", language, null, null, null),
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
        RouterJson.read(DOCUMENT, stored.document()));
  }

  @Override
  public Outcome set(String path, String value, String author) throws IOException, ConfigException {
    return change(new Request.Set("set", language, author, path, value));
  }

  @Override
  public Outcome edit(int basedOn, RouterConfig after, String author)
      throws IOException, ConfigException {
    return change(new Request.Edit("edit", language, author, RouterJson.write(after), basedOn));
  }

  @Override
  public Backup backup() throws IOException {
    List<Backup> backups = new ArrayList<>();
    router.look(
        new Request.Ask("backup", language, null, null, null),
        answer -> backups.add(Backup.read(DOCUMENT, answer.backup())));
    return backups.getFirst();
  }

  @Override
  public Outcome replace(Backup backup, String from, String author)
      throws IOException, ConfigException {
    return change(new Request.Replace("replace", language, author, backup.write(), from));
  }

  @Override
  public Outcome importTunnel(TunnelName name, TunnelConfig file, String author)
      throws IOException, ConfigException {
    return change(
        new Request.Import("import", language, author, name.text(), WgQuickFile.write(file)));
  }

  @Override
  public Outcome rollback(int number, String author) throws IOException, ConfigException {
    return change(new Request.Rollback("rollback", language, author, number));
  }

  @Override
  public Outcome confirm(String author) throws IOException {
    List<Outcome> outcomes = new ArrayList<>();
    router.look(
        new Request.Ask("confirm", language, author, null, null),
        answer -> outcomes.add(answer.outcome()));
    return outcomes.getFirst();
  }

  @Override
  public Invited invite(TunnelName form, String shop, HostPort far, String author)
      throws IOException, ConfigException {
    return pairing("invite", author, form, shop, far == null ? null : far.toString(), null)
        .invited();
  }

  @Override
  public List<Sentence> join(String line, TunnelName form, String shop, String author)
      throws IOException, ConfigException {
    return pairing("join", author, form, shop, null, line).notices();
  }

  @Override
  public List<Pair> pairings() throws IOException {
    List<Pair> pairings = new ArrayList<>();
    router.look(
        new Request.Ask("pairings", language, null, null, null),
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

  @Override
  public Shown lights() throws IOException {
    return answerTo(new Request.Ask("lights", language, null, null, null)).lights();
  }

  @Override
  public void identify(int seconds) throws IOException {
    answerTo(new Request.Identify("identify", language, seconds));
  }

  @Override
  public int testLights() throws IOException {
    return answerTo(new Request.Ask("test-lights", language, null, null, null)).seconds();
  }

  @Override
  public void factoryReset(String author) throws IOException {
    answerTo(new Request.Ask("reset", language, author, null, null));
  }

  @Override
  public Update update() throws IOException {
    return answerTo(new Request.Ask("update", language, null, null, null)).update();
  }

  @Override
  public void giveUpdate(long offset, long of, byte[] part, String author) throws IOException {
    String text = Base64.getEncoder().encodeToString(part);
    answerTo(new Request.GiveUpdate("give-update", language, author, offset, of, text));
  }

  @Override
  public void tryUpdate(String author) throws IOException {
    answerTo(new Request.Ask("try-update", language, author, null, null));
  }

  @Override
  public void tryTonight(boolean wanted, String author) throws IOException {
    answerTo(new Request.Wish("try-tonight", language, author, wanted));
  }

  @Override
  public News news() throws IOException {
    return answerTo(new Request.Ask("update-news", language, null, null, null)).news();
  }

  @Override
  public void lookForUpdate(String author) throws IOException {
    answerTo(new Request.Ask("look-for-update", language, author, null, null));
  }

  @Override
  public void fetchUpdate(String author) throws IOException {
    answerTo(new Request.Ask("fetch-update", language, author, null, null));
  }

  @Override
  public Support support(boolean hideAddresses, boolean toCard, String author) throws IOException {
    return answerTo(new Request.Support("support", language, author, hideAddresses, toCard))
        .support();
  }

  @Override
  public Notices notices() throws IOException {
    return answerTo(new Request.Ask("notices", language, null, null, null)).told();
  }

  @Override
  public List<Tried> testNotices(String author) throws IOException {
    return answerTo(new Request.Ask("test-notices", language, author, null, null)).tried();
  }

  private Answer answerTo(Record request) throws IOException {
    List<Answer> answers = new ArrayList<>();
    router.look(request, answers::add);
    return answers.getFirst();
  }

  private Answer pairing(
      String op, String author, TunnelName form, String shop, String far, String invitation)
      throws IOException, ConfigException {
    List<Answer> answers = new ArrayList<>();
    router.ask(
        new Request.Pairing(
            op, language, author, form == null ? null : form.text(), shop, far, invitation),
        answers::add);
    return answers.getFirst();
  }
}
