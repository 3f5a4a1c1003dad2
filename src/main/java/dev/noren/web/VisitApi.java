package dev.noren.web;

import dev.noren.access.OwnerAccess;
import dev.noren.access.OwnerAccess.Decision;
import dev.noren.access.OwnerAccess.Outcome;
import dev.noren.config.TunnelName;
import dev.noren.control.RecordJson;
import dev.noren.control.VisitDesk;
import dev.noren.net.IpAddress;
import dev.noren.text.Past;
import dev.noren.text.Sentence;
import dev.noren.web.Route.Whom;
import java.io.IOException;
import java.util.List;
import java.util.function.LongSupplier;

/** A technician who looks at the page from elsewhere for two hours, and changes nothing. */
final class VisitApi {
  private final VisitDesk visits;
  private final OwnerAccess access;
  private final Feed feed;
  private final Journal journal;
  private final LongSupplier nowNs;

  VisitApi(VisitDesk visits, Feed feed, OwnerAccess access, Journal journal, LongSupplier nowNs) {
    this.visits = visits;
    this.feed = feed;
    this.access = access;
    this.journal = journal;
    this.nowNs = nowNs;
  }

  /** By which form the technician calls in. */
  record Wanted(String form) implements RecordJson.Sparse {}

  /**
   * What the technician needs, which is shown this once.
   *
   * @param code what he types at the page
   * @param file what to call the file
   * @param conf the file for WireGuard: a secret
   * @param qr the same as a picture
   * @param secondsLeft how long it lasts
   */
  record Opened(String code, String file, String conf, String qr, long secondsLeft) {
    /** Without the secrets. */
    @Override
    public String toString() {
      return "Opened[]";
    }
  }

  /** Whether a technician may look; without seconds he may not. */
  record State(boolean on, Long secondsLeft) implements RecordJson.Sparse {}

  /** A technician signs in. */
  record Login(String code) implements RecordJson.Sparse {
    /** Without the code. */
    @Override
    public String toString() {
      return "Login[]";
    }
  }

  List<Route> routes() {
    return List.of(
        new Route("GET", "/api/v1/visit", Whom.OWNER, this::state),
        new Route("POST", "/api/v1/visit", Whom.OWNER, this::open),
        new Route("DELETE", "/api/v1/visit", Whom.OWNER, this::close),
        new Route("POST", "/api/v1/visit/login", Whom.ANYBODY, this::login));
  }

  private Reply state(Call call) throws IOException {
    VisitDesk.Visitor visitor = visits.visit();
    return Reply.json(
        new State(visitor != null, visitor == null ? null : (Long) visitor.secondsLeft()),
        call.language());
  }

  private Reply open(Call call) throws IOException {
    String form = Call.needed(call.body(Wanted.class).form(), "form");
    VisitDesk.Opened opened = visits.openVisit(new TunnelName(form), call.author());
    return Reply.json(
        new Opened(
            access.openVisit().text(),
            "noren-visit.conf",
            opened.conf(),
            QrImage.of(opened.conf()),
            opened.secondsLeft()),
        call.language());
  }

  private Reply close(Call call) throws IOException {
    visits.closeVisit(call.author());
    return Reply.done();
  }

  /** Only through the technician's own tunnel: whoever finds the code out is elsewhere. */
  private Reply login(Call call) throws IOException {
    String code = Call.needed(call.body(Login.class).code(), "code");
    if (!isVisitor(feed, call)) {
      return Reply.error(409, Sentence.of("web.no-visit"), call.language());
    }
    Decision decision =
        access.signInVisitor(call.source().getHostAddress(), code, nowNs.getAsLong());
    // He has no session yet by which he would be known.
    String author = "technician (page, from " + call.source().getHostAddress() + ")";
    if (decision.outcome() == Outcome.LET_IN) {
      journal.signedIn(author, Past.words("past.in-visit"));
    } else if (decision.outcome() == Outcome.REFUSED) {
      journal.signedIn(author, Past.words("past.in-visit-code"));
      return SessionApi.refused(decision, Sentence.of("web.visit-code"), call);
    }
    return SessionApi.answer(decision, call);
  }

  /** Whether it is the technician who calls. */
  static boolean isVisitor(Feed feed, Call call) throws IOException {
    VisitDesk.Visitor visitor = feed.visitor();
    return visitor != null
        && visitor.addresses().contains(IpAddress.parse(call.source().getHostAddress()));
  }
}
