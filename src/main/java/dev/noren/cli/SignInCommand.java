package dev.noren.cli;

import dev.noren.text.Sentence;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code noren signin}. */
@Command(
    name = "signin",
    description = {
      "Sign in from your own computer, through the tunnel to the shop: read a one-time code from"
          + " standard input, and print until when this computer is let through.",
    })
final class SignInCommand implements Callable<Integer> {
  private static final int MAX_BYTES = 100;

  private final Host host;
  private final Surroundings surroundings;

  @Parameters(paramLabel = "PERSON", description = "Who you are, as the shop calls you.")
  private String person;

  @Option(
      names = "--at",
      paramLabel = "URL",
      defaultValue = "http://10.8.0.1",
      description = "The router's address in the tunnel; ${DEFAULT-VALUE} where none is given.")
  private String at;

  SignInCommand(Host host, Surroundings surroundings) {
    this.host = host;
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws CommandFailure, IOException {
    URI place = place();
    if (surroundings.isAtTerminal()) {
      surroundings.err().print(Sentence.of("signin.prompt").in(surroundings.language()) + " ");
      surroundings.err().flush();
    }
    String code = code();
    surroundings.say(Sentence.of("signin.until", host.signIn(place, person, code)));
    return Exit.DONE;
  }

  private URI place() throws CommandFailure {
    try {
      URI place = new URI(at);
      if ("http".equals(place.getScheme()) && place.getHost() != null) {
        return place;
      }
    } catch (URISyntaxException e) {
      throw new CommandFailure(notAPlace(), e);
    }
    throw new CommandFailure(notAPlace());
  }

  private Sentence notAPlace() {
    return Sentence.of("signin.place", at);
  }

  /** One line, and no more than that: who types it does not end standard input. */
  private String code() throws CommandFailure, IOException {
    StringBuilder line = new StringBuilder();
    int next = surroundings.in().read();
    while (next >= 0 && next != '\n' && line.length() < MAX_BYTES) {
      line.append((char) next);
      next = surroundings.in().read();
    }
    String code =
        new String(line.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8)
            .replace(" ", "")
            .strip();
    if (!code.matches("[0-9]{6}")) {
      throw new CommandFailure(Sentence.of("signin.code"));
    }
    return code;
  }
}
