package dev.noren.control;

import dev.noren.text.Refused;
import dev.noren.text.Sentence;
import java.time.Instant;

/** What is said at the sign-in, as JSON. */
public final class SignInMessage {
  private SignInMessage() {}

  /**
   * The question.
   *
   * @param person who it is
   * @param code the one-time code
   */
  public record Question(String person, String code) {
    /** Without the code. */
    @Override
    public String toString() {
      return "Question[]";
    }
  }

  /**
   * The answer.
   *
   * @param signedIn whether the device is let through
   * @param until until when, or null
   * @param error why not, one sentence; null where nothing is wrong
   * @param waitSeconds how long nothing is looked at, seconds, or null
   */
  public record Answer(Boolean signedIn, Instant until, Sentence error, Long waitSeconds)
      implements RecordJson.Sparse {}

  /**
   * Reads a question.
   *
   * @throws IllegalArgumentException with what is wrong
   */
  public static Question question(String json) {
    Question question = RecordJson.read(json, Question.class);
    if (question.person() == null || question.code() == null) {
      throw new Refused("signin.texts");
    }
    return question;
  }

  /**
   * Reads an answer.
   *
   * @throws IllegalArgumentException with what is wrong
   */
  public static Answer answer(String json) {
    return RecordJson.read(json, Answer.class);
  }
}
