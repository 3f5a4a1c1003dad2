package dev.noren.web;

import dev.noren.config.ConfigException;
import dev.noren.config.HostPort;
import dev.noren.config.TunnelName;
import dev.noren.control.Operations;
import dev.noren.control.PairingDesk.Invited;
import dev.noren.control.PairingDesk.Pair;
import dev.noren.control.RecordJson;
import dev.noren.text.Sentence;
import dev.noren.web.Route.Whom;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/** Pairing with other shops by an invitation that is carried once. */
final class ShopApi {
  private final Operations operations;

  ShopApi(Operations operations) {
    this.operations = operations;
  }

  /**
   * What is asked for an invitation.
   *
   * @param form the form
   * @param shop what the other shop is to be called here, or null
   * @param far where the other router is called from here, or null
   */
  record Wanted(String form, String shop, String far) implements RecordJson.Sparse {}

  /** What is asked to join. */
  record Joining(String invitation, String form, String shop) implements RecordJson.Sparse {
    /** Without the invitation. */
    @Override
    public String toString() {
      return "Joining[form=" + form + "]";
    }
  }

  /** An invitation, which is shown this once. */
  record Invitation(String line, String qr, Instant expires, List<Sentence> remarks) {
    /** Without the line. */
    @Override
    public String toString() {
      return "Invitation[expires=" + expires + "]";
    }
  }

  /** What is to be said about having joined. */
  record Joined(List<Sentence> remarks) {}

  /** The pairings that are under way. */
  record Pairs(List<Pair> pairings) {}

  List<Route> routes() {
    return List.of(
        new Route("POST", "/api/v1/invitations", Whom.OWNER, this::invite),
        new Route("POST", "/api/v1/join", Whom.OWNER, this::join),
        new Route("GET", "/api/v1/pairings", Whom.OWNER, this::pairings),
        new Route("POST", "/api/v1/pairings/{form}/accept", Whom.OWNER, this::accept),
        new Route("POST", "/api/v1/pairings/{form}/refuse", Whom.OWNER, this::refuse));
  }

  private Reply invite(Call call) throws IOException, ConfigException {
    Wanted wanted = call.body(Wanted.class);
    Invited invited =
        operations.invite(
            new TunnelName(Call.needed(wanted.form(), "form")),
            wanted.shop(),
            wanted.far() == null ? null : HostPort.parse(wanted.far()),
            call.author());
    return Reply.json(
        new Invitation(
            invited.line(), QrImage.of(invited.line()), invited.expires(), invited.remarks()),
        call.language());
  }

  private Reply join(Call call) throws IOException, ConfigException {
    Joining wanted = call.body(Joining.class);
    return Reply.json(
        new Joined(
            operations.join(
                Call.needed(wanted.invitation(), "invitation"),
                wanted.form() == null ? null : new TunnelName(wanted.form()),
                wanted.shop(),
                call.author())),
        call.language());
  }

  private Reply pairings(Call call) throws IOException {
    return Reply.json(new Pairs(operations.pairings()), call.language());
  }

  private Reply accept(Call call) throws IOException, ConfigException {
    return Reply.json(
        new Pairs(List.of(operations.accept(new TunnelName(call.variable("form")), call.author()))),
        call.language());
  }

  private Reply refuse(Call call) throws IOException, ConfigException {
    operations.refuse(new TunnelName(call.variable("form")), call.author());
    return Reply.done();
  }
}
