package dev.noren.cli;

import dev.noren.config.TunnelName;
import dev.noren.control.ConfigDesk;
import dev.noren.control.LightDesk;
import dev.noren.control.NewsDesk;
import dev.noren.control.NoticeDesk;
import dev.noren.control.PairingDesk;
import dev.noren.control.UpdateDesk;
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
import java.util.List;
import java.util.function.Consumer;

/**
 * What the command line asks of the rest of the program. An IOException's message is one sentence
 * that is shown as it is; exit codes are those of {@link Exit}.
 */
public interface Host {
  /** What errors of the router are to be said in; called once, before all else. */
  void speak(Language language);

  /**
   * Runs a bare interface, as wireguard-go does, until it is deleted or the process is told to end.
   *
   * @return the exit code
   */
  int runInterface(InterfaceRequest request) throws IOException;

  /**
   * Brings a tunnel up as its file says, and runs it until the process is told to end; then undoes
   * all of it.
   *
   * @return the exit code
   */
  int up(UpRequest request) throws IOException;

  /**
   * Ends the {@code noren up} of this name and waits until it is gone; if it was killed, undoes
   * what it left behind.
   *
   * @return the exit code
   */
  int down(TunnelName name, Path stateFolder) throws IOException;

  /**
   * Runs the router until the process is told to end.
   *
   * @return the exit code
   */
  int runRouter(RunRequest request) throws IOException;

  /**
   * The router's document in this state folder: through the router that runs there, or else the
   * files themselves.
   */
  ConfigDesk config(Path stateFolder) throws IOException;

  /**
   * Makes a new secret of one-time codes.
   *
   * @param box what the app shows the codes under
   * @param person whose they are
   */
  NewTotp newTotp(String box, String person);

  /**
   * Signs in at a router, through the tunnel to it.
   *
   * @param at where, as in {@code http://10.8.0.1}
   * @return until when
   */
  Instant signIn(URI at, String person, String code) throws IOException;

  /** What is to be known beside the document in this state folder, whether a router runs or not. */
  FormFacts formFacts(Path stateFolder) throws IOException;

  /** The pairings of the router that runs there. */
  PairingDesk pairing(Path stateFolder) throws IOException;

  /** New versions, by the router that runs there. */
  UpdateDesk updates(Path stateFolder) throws IOException;

  /** What newer versions there are, by the router that runs there. */
  NewsDesk news(Path stateFolder) throws IOException;

  /**
   * A support file of the box that has this state folder, whether a router runs or not.
   *
   * @param hideAddresses whether the internet's addresses are left out
   * @param author who wants it, and from where
   */
  String support(Path stateFolder, boolean hideAddresses, String author) throws IOException;

  /** What the owner is told by the router that runs there. */
  NoticeDesk notices(Path stateFolder) throws IOException;

  /** The lights of the router that runs there. */
  LightDesk lights(Path stateFolder) throws IOException;

  /**
   * The set-up code of the box that has this state folder, whether a router runs or not.
   *
   * @return null where the box has an owner, and so no code
   * @throws IOException with a sentence, where there is none yet or it may not be read
   */
  String setupCode(Path stateFolder) throws IOException;

  /** The newest snapshot of the router that runs there. */
  RouterStatus status(Path stateFolder) throws IOException;

  /**
   * What is wrong, as the router that runs there says once it has asked all that it can.
   *
   * @param symptom what somebody complains of, or null
   */
  Diagnosis diagnose(Path stateFolder, Symptom symptom) throws IOException;

  /** Gives one snapshot a second, until that router ends. */
  void watchStatus(Path stateFolder, Consumer<RouterStatus> taker) throws IOException;

  /** Entries of the log, the oldest first, whether the router runs or not. */
  List<LogEntry> log(Path stateFolder, LogQuery query) throws IOException;

  /**
   * Looks whether each line of the log is the one that was written.
   *
   * @return one sentence: what was looked at
   * @throws IOException with a sentence that names the first line that is not
   */
  Sentence verifyLog(Path stateFolder) throws IOException;

  /** How many rows the terminal has that standard output goes to; 0 where it goes elsewhere. */
  int terminalRows();

  /** The names of the interfaces whose configuration socket answers, sorted. */
  List<String> interfaces() throws IOException;

  /**
   * Asks an interface's configuration socket for its state.
   *
   * @return the answer to {@code get=1}, to its {@code errno=} line
   */
  String uapiGet(String name) throws IOException;
}
