package dev.noren.control;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.noren.config.ConfigException;
import dev.noren.linux.Errno;
import dev.noren.linux.LinuxException;
import dev.noren.linux.UnixStream;
import dev.noren.text.Failed;
import dev.noren.text.Sentence;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;

/** One question to a router that runs in another process, and its answers; each connects anew. */
final class Asking {
  private final Path socket;

  Asking(Path socket) {
    this.socket = socket;
  }

  /**
   * Whether a router answers there.
   *
   * @throws IOException with a sentence, where that can't be found out, as without the permission
   */
  boolean isThere() throws IOException {
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
      return new Failed(Sentence.of("router.not-running"), e);
    }
    return e.errno() == Errno.EACCES ? new Failed(Sentence.of("router.not-allowed"), e) : e;
  }

  /** What is done with each answer. */
  interface Taker {
    void take(Answer answer) throws IOException, ConfigException;
  }

  /**
   * Asks, and has each answer taken.
   *
   * @throws IOException with a sentence, also where the router refuses
   * @throws ConfigException with all that would be wrong with the document
   */
  void ask(Record request, Taker taker) throws IOException, ConfigException {
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
      throw new Failed("router.ended");
    }
    Answer answer;
    try {
      answer = RecordJson.read(line, Answer.class);
    } catch (IllegalArgumentException e) {
      throw new Failed(Sentence.of("router.unclear", Sentence.of(e)), e);
    }
    if (answer.error() != null) {
      throw new Failed(answer.error(), null);
    }
    if (answer.errors() != null && !answer.errors().isEmpty()) {
      throw new ConfigException(answer.errors().stream().map(Answer.Mistake::error).toList());
    }
    return answer;
  }

  /** Asks for what can't be wrong with a document. */
  void look(Record request, Taker taker) throws IOException {
    try {
      ask(request, taker);
    } catch (ConfigException e) {
      throw new Failed(Sentence.of(e), e);
    }
  }
}
