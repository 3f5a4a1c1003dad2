package dev.noren.web;

import dev.noren.config.ConfigException;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * What is answered at one address.
 *
 * @param method GET, POST, PUT or DELETE; a GET answers HEAD too
 * @param pattern the path, in which {name} stands for one part of it
 * @param whom who may ask
 * @param handler answers
 */
record Route(String method, String pattern, Whom whom, Handler handler) {
  /** Who may ask. */
  enum Whom {
    /** Anybody who reaches the page. */
    ANYBODY,

    /** Only who has signed in. */
    OWNER
  }

  /** Answers; what it throws has a sentence for who asks. */
  interface Handler {
    Reply answer(Call call) throws IOException, ConfigException;
  }

  /** The variables where this path is meant, or null. */
  Map<String, String> match(String path) {
    String[] wanted = pattern.split("/", -1);
    String[] given = path.split("/", -1);
    if (wanted.length != given.length) {
      return null;
    }
    Map<String, String> variables = new HashMap<>();
    for (int i = 0; i < wanted.length; i++) {
      if (wanted[i].startsWith("{")) {
        variables.put(wanted[i].substring(1, wanted[i].length() - 1), given[i]);
      } else if (!wanted[i].equals(given[i])) {
        return null;
      }
    }
    return variables;
  }

  boolean takes(String asked) {
    return method.equals(asked) || (method.equals("GET") && asked.equals("HEAD"));
  }
}
