package dev.noren.web;

import dev.noren.config.ConfigException;
import dev.noren.config.UpdateConfig;
import dev.noren.config.UpdateConfig.Install;
import dev.noren.control.NewsDesk;
import dev.noren.control.RecordJson;
import dev.noren.control.UpdateDesk;
import dev.noren.text.Refused;
import dev.noren.web.Route.Whom;
import java.io.IOException;
import java.util.List;

/**
 * New versions of the whole box. A file comes in parts, each a request of its own: so no request
 * takes longer than the server gives any, a slow one holds a thread for as long as any other, and
 * one that was cut off is sent once more.
 */
final class UpdateApi {
  private final UpdateDesk desk;
  private final NewsDesk news;
  private final Edits edits;

  UpdateApi(UpdateDesk desk, NewsDesk news, Edits edits) {
    this.desk = desk;
    this.news = news;
    this.edits = edits;
  }

  /** Whether the version that waits begins at night by itself. */
  record Night(Boolean wanted) implements RecordJson.Sparse {}

  /**
   * What the box does by itself for a new version.
   *
   * @param look whether it reads the list of versions once a week
   * @param night whether it fetches a newer one and restarts with it at night
   */
  record Care(Boolean look, Boolean night) implements RecordJson.Sparse {}

  List<Route> routes() {
    return List.of(
        new Route("GET", "/api/v1/update", Whom.OWNER, this::state),
        new Route("POST", "/api/v1/update", Whom.OWNER, this::give),
        new Route("POST", "/api/v1/update/try", Whom.OWNER, this::tryNow),
        new Route("PUT", "/api/v1/update/tonight", Whom.OWNER, this::tonight),
        new Route("GET", "/api/v1/update/news", Whom.OWNER, this::news),
        new Route("POST", "/api/v1/update/look", Whom.OWNER, this::look),
        new Route("POST", "/api/v1/update/fetch", Whom.OWNER, this::fetch),
        new Route("PUT", "/api/v1/update/care", Whom.OWNER, this::care));
  }

  private Reply state(Call call) throws IOException {
    return Reply.json(desk.update(), call.language());
  }

  private Reply give(Call call) throws IOException {
    long offset = number(call, "offset");
    long of = number(call, "of");
    desk.giveUpdate(offset, of, call.bytes(UpdateDesk.MOST_PART_BYTES), call.author());
    return Reply.done();
  }

  private static long number(Call call, String name) {
    String text = Call.needed(call.query(name), name);
    if (!text.matches("[0-9]{1,15}")) {
      throw new Refused("web.not-number", name);
    }
    return Long.parseLong(text);
  }

  private Reply tryNow(Call call) throws IOException {
    desk.tryUpdate(call.author());
    return Reply.done();
  }

  private Reply tonight(Call call) throws IOException {
    desk.tryTonight(Call.needed(call.body(Night.class).wanted(), "wanted"), call.author());
    return state(call);
  }

  private Reply news(Call call) throws IOException {
    return Reply.json(news.news(), call.language());
  }

  private Reply look(Call call) throws IOException {
    news.lookForUpdate(call.author());
    return news(call);
  }

  private Reply fetch(Call call) throws IOException {
    news.fetchUpdate(call.author());
    return news(call);
  }

  private Reply care(Call call) throws IOException, ConfigException {
    Care care = call.body(Care.class);
    UpdateConfig wanted =
        new UpdateConfig(
            Call.needed(care.look(), "look"),
            Call.needed(care.night(), "night") ? Install.NIGHT : Install.ASK);
    return edits.make(call, config -> config.withUpdate(wanted));
  }
}
