package dev.noren.web;

import dev.noren.config.ConfigException;
import dev.noren.config.Form;
import dev.noren.config.HostPort;
import dev.noren.config.RouterConfig;
import dev.noren.config.StoredConfig;
import dev.noren.config.TunnelName;
import dev.noren.control.Operations;
import dev.noren.control.RecordJson;
import dev.noren.forms.CloudHub;
import dev.noren.forms.FreeNetwork;
import dev.noren.net.Cidr;
import dev.noren.status.RouterStatus;
import dev.noren.text.Refused;
import dev.noren.text.Sentence;
import dev.noren.web.ChangeApi.Changed;
import dev.noren.web.Route.Whom;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A machine in a cloud at which shops meet; its text has its key and is shown once. */
final class HubApi {
  private final Operations operations;
  private final SecureRandom chance = new SecureRandom();

  HubApi(Operations operations) {
    this.operations = operations;
  }

  /**
   * What is asked for a meeting point.
   *
   * @param name what the form is called, and its interface
   * @param endpoint where the machine is reached, as host:port
   * @param others networks of other shops that meet there
   */
  record NewHub(String name, String endpoint, List<String> others) implements RecordJson.Sparse {}

  /**
   * What the machine needs, which is shown this once.
   *
   * @param name the form
   * @param file what to call the file
   * @param text the text of cloud-init: a secret
   * @param port the machine's UDP port, which its cloud has to let in
   * @param number of the document
   * @param remarks what is to be said about it
   * @param secondsToConfirm where the change is being tried: how long it waits
   */
  record Made(
      String name,
      String file,
      String text,
      int port,
      int number,
      List<Sentence> remarks,
      Long secondsToConfirm)
      implements RecordJson.Sparse {
    /** Without the text. */
    @Override
    public String toString() {
      return "Made[name=" + name + "]";
    }
  }

  List<Route> routes() {
    return List.of(new Route("POST", "/api/v1/hubs", Whom.OWNER, this::add));
  }

  private Reply add(Call call) throws IOException, ConfigException {
    NewHub wanted = call.body(NewHub.class);
    TunnelName name = new TunnelName(Call.needed(wanted.name(), "name"));
    HostPort endpoint = HostPort.parse(Call.needed(wanted.endpoint(), "endpoint"));
    List<Cidr> others = new ArrayList<>();
    for (String other : wanted.others() == null ? List.<String>of() : wanted.others()) {
      others.add(Cidr.parse(other).masked());
    }
    StoredConfig before = operations.load().current();
    RouterStatus status = operations.status();
    Cidr lan = lan(before.config(), status);
    if (lan == null) {
      throw new Refused("hub.needs-network");
    }
    List<Cidr> taken = new ArrayList<>(FreeNetwork.taken(before.config()));
    taken.addAll(FormApi.networks(status));
    taken.addAll(others);
    CloudHub hub =
        CloudHub.create(endpoint, FreeNetwork.choose(taken, chance), lan, others, chance);
    List<Form> forms =
        Stream.concat(before.config().forms().stream(), Stream.<Form>of(hub.form(name))).toList();
    Changed changed =
        Changed.of(
            operations.edit(before.number(), before.config().withForms(forms), call.author()));
    return Reply.json(
        new Made(
            name.text(),
            "noren-" + name.text() + ".yaml",
            hub.cloudInit(),
            endpoint.port(),
            changed.number(),
            changed.remarks(),
            changed.secondsToConfirm()),
        call.language());
  }

  /** The shop's network as the document says or the box chose, or null. */
  static Cidr lan(RouterConfig config, RouterStatus status) {
    if (config.lan().address() != null) {
      return config.lan().address();
    }
    return status.lan() == null ? null : status.lan().address();
  }
}
