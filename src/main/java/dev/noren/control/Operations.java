package dev.noren.control;

import dev.noren.doctor.Diagnosis;
import dev.noren.doctor.Symptom;
import dev.noren.status.Echoes;
import dev.noren.status.LogEntry;
import dev.noren.status.LogQuery;
import dev.noren.status.RouterStatus;
import dev.noren.status.TrafficDay;
import dev.noren.status.Trend;
import java.io.IOException;
import java.util.List;

/**
 * What can be asked of the running router and done to it, by the command line, the page and the
 * button alike. Any thread may call; an IOException's message is one sentence that is shown as it
 * is.
 */
public interface Operations
    extends ConfigDesk, PairingDesk, LightDesk, UpdateDesk, NewsDesk, SupportDesk, NoticeDesk {
  /** The newest snapshot. */
  RouterStatus status() throws IOException;

  /** What lines and tunnels carried in the last day. */
  TrafficDay day() throws IOException;

  /** How lines and tunnels fared for longer: by minute for a day, or by hour for 90 days. */
  Trend trend(Trend.By by) throws IOException;

  /**
   * How far ends answer echoes: those of which the document names an address. They are asked while
   * somebody asks this now and then, and not otherwise.
   */
  List<Echoes> echoes() throws IOException;

  /**
   * What is wrong, as far as it is known now. That somebody asks has the line and far ends asked
   * for half a minute, so that a diagnosis that is not settled yet is so some seconds later.
   */
  default Diagnosis diagnose() throws IOException {
    return diagnose(null);
  }

  /**
   * The same for who says what he complains of: what makes people say that goes before the rest.
   *
   * @param symptom what he complains of, or null
   */
  Diagnosis diagnose(Symptom symptom) throws IOException;

  /** The entries of the log that are asked for, the oldest first. */
  List<LogEntry> log(LogQuery query) throws IOException;
}
