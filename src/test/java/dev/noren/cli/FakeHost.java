package dev.noren.cli;

import dev.noren.config.TunnelName;
import dev.noren.control.ConfigDesk;
import dev.noren.control.LightDesk;
import dev.noren.control.NewsDesk;
import dev.noren.control.NoticeDesk;
import dev.noren.control.PairingDesk;
import dev.noren.control.UpdateDesk;
import dev.noren.doctor.Diagnoses;
import dev.noren.doctor.Diagnosis;
import dev.noren.doctor.Symptom;
import dev.noren.status.LogEntry;
import dev.noren.status.LogQuery;
import dev.noren.status.RouterStatus;
import dev.noren.text.Language;
import dev.noren.text.Sentence;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Writes down what it is asked, and answers for interfaces that are only text. */
final class FakeHost implements Host {
  final List<Object> asked = new ArrayList<>();
  final Map<String, String> answers = new TreeMap<>();
  IOException failure;
  ConfigDesk desk;
  Language language;
  PairingDesk pairing;
  LightDesk lights;
  UpdateDesk updates;
  NewsDesk news;
  NoticeDesk notices;
  String setupCode;
  RouterStatus status;
  Diagnosis diagnosis = Diagnoses.NONE;
  FormFacts facts = new FormFacts(null, null, List.of(), Map.of());
  List<LogEntry> entries = List.of();
  int code;
  int terminalRows;

  private int done(Object request) throws IOException {
    asked.add(request);
    if (failure != null) {
      throw failure;
    }
    return code;
  }

  @Override
  public void speak(Language asked) {
    language = asked;
  }

  @Override
  public int runInterface(InterfaceRequest request) throws IOException {
    return done(request);
  }

  @Override
  public int up(UpRequest request) throws IOException {
    return done(request);
  }

  @Override
  public int down(TunnelName name, Path stateFolder) throws IOException {
    return done("down " + name + " " + stateFolder);
  }

  @Override
  public int runRouter(RunRequest request) throws IOException {
    return done(request);
  }

  @Override
  public NewTotp newTotp(String box, String person) {
    return new NewTotp("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", "otpauth://" + box + "/" + person);
  }

  @Override
  public Instant signIn(URI at, String person, String code) throws IOException {
    done("sign in " + at + " " + person + " " + code);
    return Instant.parse("2026-10-05T16:00:00Z");
  }

  @Override
  public PairingDesk pairing(Path stateFolder) {
    asked.add("pairing " + stateFolder);
    return pairing;
  }

  @Override
  public String setupCode(Path stateFolder) throws IOException {
    done("setup code " + stateFolder);
    return setupCode;
  }

  @Override
  public UpdateDesk updates(Path stateFolder) {
    asked.add("updates " + stateFolder);
    return updates;
  }

  @Override
  public NewsDesk news(Path stateFolder) {
    asked.add("news " + stateFolder);
    return news;
  }

  @Override
  public NoticeDesk notices(Path stateFolder) {
    asked.add("notices " + stateFolder);
    return notices;
  }

  @Override
  public String support(Path stateFolder, boolean hideAddresses, String author) throws IOException {
    done("support " + stateFolder + " " + hideAddresses + " " + author);
    return "what helps\n";
  }

  @Override
  public LightDesk lights(Path stateFolder) {
    asked.add("lights " + stateFolder);
    return lights;
  }

  @Override
  public Diagnosis diagnose(Path stateFolder, Symptom symptom) throws IOException {
    done("diagnose " + stateFolder + (symptom == null ? "" : " " + symptom.key()));
    return symptom == null ? diagnosis : Diagnoses.complained(diagnosis, symptom);
  }

  @Override
  public RouterStatus status(Path stateFolder) throws IOException {
    done("status " + stateFolder);
    return status;
  }

  @Override
  public void watchStatus(Path stateFolder, Consumer<RouterStatus> taker) throws IOException {
    done("watch " + stateFolder);
    taker.accept(status);
    taker.accept(status);
  }

  @Override
  public List<LogEntry> log(Path stateFolder, LogQuery query) throws IOException {
    done(query);
    return entries;
  }

  @Override
  public Sentence verifyLog(Path stateFolder) throws IOException {
    done("verify " + stateFolder);
    return Sentence.plain("2 lines are as written");
  }

  @Override
  public ConfigDesk config(Path stateFolder) {
    asked.add("config " + stateFolder);
    return desk;
  }

  @Override
  public FormFacts formFacts(Path stateFolder) {
    asked.add("facts " + stateFolder);
    return facts;
  }

  @Override
  public int terminalRows() {
    return terminalRows;
  }

  @Override
  public List<String> interfaces() {
    return List.copyOf(answers.keySet());
  }

  @Override
  public String uapiGet(String name) throws IOException {
    if (!answers.containsKey(name)) {
      throw new IOException("there is no interface " + name);
    }
    return answers.get(name);
  }
}
