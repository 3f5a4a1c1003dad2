package dev.noren.web;

import dev.noren.control.CertificateDesk;
import dev.noren.control.RecordJson;
import dev.noren.web.Route.Whom;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/** The page over HTTPS, for an owner who wants it. */
final class CertificateApi {
  private final CertificateDesk desk;

  CertificateApi(CertificateDesk desk) {
    this.desk = desk;
  }

  /**
   * Whether the page is reached over HTTPS too.
   *
   * @param sha256 what to compare with what the browser shows, or null where it is not
   * @param until when the certificate ends, or null
   */
  record State(String sha256, Instant until) implements RecordJson.Sparse {
    static State of(CertificateDesk.Certificate shown) {
      return shown == null ? new State(null, null) : new State(shown.sha256(), shown.until());
    }
  }

  List<Route> routes() {
    return List.of(
        new Route("GET", "/api/v1/certificate", Whom.OWNER, this::state),
        new Route("POST", "/api/v1/certificate", Whom.OWNER, this::make),
        new Route("DELETE", "/api/v1/certificate", Whom.OWNER, this::drop));
  }

  private Reply state(Call call) {
    return Reply.json(State.of(desk.certificate()), call.language());
  }

  private Reply make(Call call) throws IOException {
    desk.makeCertificate(call.author());
    return state(call);
  }

  private Reply drop(Call call) throws IOException {
    desk.dropCertificate(call.author());
    return Reply.done();
  }
}
