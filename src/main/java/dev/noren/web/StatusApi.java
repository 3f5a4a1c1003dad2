package dev.noren.web;

import dev.noren.control.LightDesk;
import dev.noren.control.Operations;
import dev.noren.control.RecordJson;
import dev.noren.doctor.Symptom;
import dev.noren.status.Trend.By;
import dev.noren.text.Refused;
import dev.noren.web.Route.Whom;
import java.io.IOException;
import java.util.List;

/** How the router is, and its lights. */
final class StatusApi {
  private final Operations operations;
  private final Feed feed;
  private final Events events;

  StatusApi(Operations operations, Feed feed, Events events) {
    this.operations = operations;
    this.feed = feed;
    this.events = events;
  }

  /** For how long the box shows which one it is. */
  record Identify(Integer seconds) implements RecordJson.Sparse {}

  List<Route> routes() {
    return List.of(
        new Route("GET", "/api/v1/status", Whom.OWNER, this::status),
        new Route("GET", "/api/v1/home", Whom.OWNER, this::home),
        new Route("GET", "/api/v1/day", Whom.OWNER, this::day),
        new Route("GET", "/api/v1/trend", Whom.OWNER, this::trend),
        new Route("GET", "/api/v1/doctor", Whom.OWNER, this::doctor),
        new Route("GET", "/api/v1/events", Whom.OWNER, events::answer),
        new Route("POST", "/api/v1/lights/identify", Whom.OWNER, this::identify));
  }

  private Reply status(Call call) throws IOException {
    return Reply.json(feed.look().status(), call.language());
  }

  private Reply home(Call call) throws IOException {
    return Reply.json(HomeView.of(feed.look()), call.language());
  }

  private Reply day(Call call) throws IOException {
    return Reply.json(DayView.of(operations.day(), call.query("of")), call.language());
  }

  private Reply trend(Call call) throws IOException {
    By by = "minute".equals(call.query("by")) ? By.MINUTE : By.HOUR;
    return Reply.json(TrendView.of(operations.trend(by), call.query("of")), call.language());
  }

  private Reply doctor(Call call) throws IOException {
    return Reply.json(operations.diagnose(Symptom.of(call.query("symptom"))), call.language());
  }

  private Reply identify(Call call) throws IOException {
    Integer seconds = call.body(Identify.class).seconds();
    if (seconds == null || seconds < 0 || seconds > LightDesk.MOST_SECONDS) {
      throw new Refused("request.seconds", LightDesk.MOST_SECONDS);
    }
    operations.identify(seconds);
    return Reply.done();
  }
}
