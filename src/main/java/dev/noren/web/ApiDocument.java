package dev.noren.web;

import dev.noren.web.Route.Whom;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * What may be asked of the API, as an OpenAPI document for people and programs. It has no secret,
 * but which version a box runs is nobody's business who has not signed in.
 */
final class ApiDocument {
  private static final String SOURCE = "/web/openapi.json";

  List<Route> routes() {
    return List.of(
        new Route("GET", "/api/v1/openapi.json", Whom.OWNER, call -> ApiDocument.answer()));
  }

  /** Read each time, since it is asked for seldom and would fill the heap. */
  private static Reply answer() throws IOException {
    try (InputStream in = ApiDocument.class.getResourceAsStream(SOURCE)) {
      if (in == null) {
        throw new IllegalStateException("the program has no " + SOURCE);
      }
      return new Reply(200, Reply.JSON, in.readAllBytes(), List.of());
    }
  }
}
