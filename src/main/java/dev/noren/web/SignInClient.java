package dev.noren.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.noren.control.RecordJson;
import dev.noren.control.SignInMessage;
import dev.noren.control.SignInMessage.Answer;
import dev.noren.control.SignInMessage.Question;
import dev.noren.text.Failed;
import dev.noren.text.Language;
import dev.noren.text.Sentence;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Instant;

/** Signs in at a router, through the tunnel that leads there. */
public final class SignInClient {
  private static final int PATIENCE_MS = 10_000;
  private static final int MOST_BYTES = 64 << 10;

  private SignInClient() {}

  /**
   * Signs in.
   *
   * @param at where, as in {@code http://10.8.0.1}
   * @param language what errors shall be in
   * @return until when
   * @throws IOException with a sentence
   */
  public static Instant signIn(URI at, String person, String code, Language language)
      throws IOException {
    Answer answer = ask(at, new Question(person, code), language);
    if (answer.until() == null) {
      throw new Failed(
          answer.error() == null ? Sentence.of("signin.no-until", at) : answer.error(), null);
    }
    return answer.until();
  }

  private static Answer ask(URI at, Question question, Language language) throws IOException {
    // A proxy would be somebody else, at another address.
    HttpURLConnection connection =
        (HttpURLConnection) at.resolve(SignInHandler.PATH).toURL().openConnection(Proxy.NO_PROXY);
    try {
      connection.setConnectTimeout(PATIENCE_MS);
      connection.setReadTimeout(PATIENCE_MS);
      connection.setInstanceFollowRedirects(false);
      connection.setRequestMethod("POST");
      connection.setRequestProperty("Content-Type", "application/json");
      connection.setRequestProperty(SignInHandler.LANGUAGE, language.code());
      connection.setDoOutput(true);
      connection.getOutputStream().write(RecordJson.write(question, false).getBytes(UTF_8));
      boolean good = connection.getResponseCode() < 400;
      try (InputStream in = good ? connection.getInputStream() : connection.getErrorStream()) {
        return SignInMessage.answer(
            new String(in == null ? new byte[0] : in.readNBytes(MOST_BYTES), UTF_8));
      }
    } catch (IllegalArgumentException e) {
      throw new Failed(Sentence.of("signin.no-noren", at), e);
    } catch (SocketTimeoutException e) {
      throw new Failed(Sentence.of("signin.silent", at), e);
    } catch (IOException e) {
      throw new Failed(Sentence.of("signin.unreached", at, Sentence.of(e)), e);
    } finally {
      connection.disconnect();
    }
  }
}
