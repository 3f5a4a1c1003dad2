package dev.noren.control;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.noren.config.ConfigException;
import dev.noren.linux.Silence;
import dev.noren.linux.UnixServer;
import dev.noren.linux.UnixStream;
import dev.noren.text.Language;
import dev.noren.text.Sentence;
import java.io.IOException;
import java.util.concurrent.Semaphore;
import org.tinylog.Logger;

/** One caller's requests and their answers, one after the other until it hangs up. */
final class Conversation implements UnixServer.Caller {
  private final UnixStream stream;
  private final Silence silence = new Silence();
  private final Operations operations;
  private final RequestLine line;
  private final long watchPauseMs;

  /** Of the request that is being answered. */
  private Language language = Language.ENGLISH;

  /**
   * A conversation.
   *
   * @param bytes what all callers together may have in half-read requests
   */
  Conversation(UnixStream stream, Operations operations, Semaphore bytes, long watchPauseMs) {
    this.stream = stream;
    this.operations = operations;
    this.line = new RequestLine(this::read, bytes);
    this.watchPauseMs = watchPauseMs;
  }

  @Override
  public long silentNs(long nowNs) {
    return silence.ns(nowNs);
  }

  @Override
  public void hangUp() {
    stream.close();
  }

  @Override
  public void run() throws IOException {
    try {
      for (String text = line.next(); text != null; text = line.next()) {
        if (!text.isBlank()) {
          answer(text);
        }
      }
    } catch (RequestLine.TooLongException e) {
      // Nobody knows where the next request would begin.
      language = RecordJson.language(e.begun());
      write(Answer.error(Sentence.of(e)));
    } finally {
      line.close();
    }
  }

  private void answer(String text) throws IOException {
    Answer refusal;
    language = Language.ENGLISH;
    try {
      Request request = RecordJson.read(text, Request.class);
      language = Language.orEnglish(request.language());
      String author = Author.of(stream.peerUser(), request.as());
      new Requests(operations, this::write, this::pause).answer(request, author);
      return;
    } catch (CallerGoneException e) {
      throw e;
    } catch (ConfigException e) {
      refusal = Answer.errors(e.errors());
    } catch (IOException e) {
      refusal = Answer.error(Sentence.of(e));
    } catch (IllegalArgumentException e) {
      // Where it could not be read, it may still say so much.
      language = RecordJson.language(text);
      refusal = Answer.error(Sentence.of("request.unclear", Sentence.of(e)));
    } catch (RuntimeException e) {
      Logger.error(e, "A request could not be answered");
      refusal = Answer.error(Sentence.of("request.mistake"));
    }
    write(refusal);
  }

  /** The caller can't be written to, which is not what a request failed of. */
  private static final class CallerGoneException extends IOException {
    private static final long serialVersionUID = 1;

    CallerGoneException(IOException cause) {
      super(cause.getMessage(), cause);
    }
  }

  private void write(Answer answer) throws IOException {
    byte[] bytes = (RecordJson.write(answer, false, language) + "\n").getBytes(UTF_8);
    silence.begin();
    try {
      stream.write(bytes, 0, bytes.length);
    } catch (IOException e) {
      throw new CallerGoneException(e);
    }
    silence.end();
  }

  private int read(byte[] into) throws IOException {
    silence.begin();
    int got = stream.read(into, 0, into.length);
    silence.end();
    return got;
  }

  private void pause() throws IOException {
    try {
      Thread.sleep(watchPauseMs);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CallerGoneException(new IOException("interrupted", e));
    }
  }
}
