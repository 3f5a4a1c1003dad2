package dev.noren.web;

import dev.noren.access.TotpSecret;
import dev.noren.config.Access;
import dev.noren.config.AccessEdit;
import dev.noren.config.ConfigException;
import dev.noren.config.RouterConfig;
import dev.noren.config.RouterEdit;
import dev.noren.config.StoredConfig;
import dev.noren.control.Operations;
import dev.noren.control.RecordJson;
import dev.noren.text.Refused;
import dev.noren.web.Route.Whom;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.List;
import java.util.stream.Stream;

/** People, groups, what they may reach, and from where the page is reached. */
final class PeopleApi {
  private final Operations operations;
  private final Edits edits;
  private final SecureRandom chance = new SecureRandom();

  PeopleApi(Operations operations, Edits edits) {
    this.operations = operations;
    this.edits = edits;
  }

  /** A person. */
  record NewPerson(String name, List<String> groups) implements RecordJson.Sparse {}

  /** A group. */
  record NewGroup(String name, Boolean signIn) implements RecordJson.Sparse {}

  /**
   * A rule.
   *
   * @param name what people call it, or null to choose
   * @param from who, as in {@code group:staff}
   * @param to where to, subnets, addresses, and names of reservations
   * @param services at which ports, as in {@code tcp/443}; none for all
   */
  record NewRule(String name, List<String> from, List<String> to, List<String> services)
      implements RecordJson.Sparse {}

  /**
   * From where the page is reached besides the shop's network.
   *
   * @param tunnels names of tunnels and forms, all of them
   */
  record PageTunnels(List<String> tunnels) implements RecordJson.Sparse {}

  /** What a person's app for codes takes, shown this once. */
  record Codes(String uri, String secret, String qr) {
    /** Without the secret. */
    @Override
    public String toString() {
      return "Codes[]";
    }
  }

  List<Route> routes() {
    return List.of(
        new Route("POST", "/api/v1/people", Whom.OWNER, this::addPerson),
        new Route("DELETE", "/api/v1/people/{name}", Whom.OWNER, this::removePerson),
        new Route("POST", "/api/v1/people/{name}/codes", Whom.OWNER, this::codes),
        new Route("POST", "/api/v1/groups", Whom.OWNER, this::addGroup),
        new Route("DELETE", "/api/v1/groups/{name}", Whom.OWNER, this::removeGroup),
        new Route("POST", "/api/v1/rules", Whom.OWNER, this::allow),
        new Route("DELETE", "/api/v1/rules/{name}", Whom.OWNER, this::removeRule),
        new Route("PUT", "/api/v1/page-tunnels", Whom.OWNER, this::pageTunnels));
  }

  private static List<String> all(List<String> texts) {
    return texts == null ? List.of() : texts;
  }

  private Reply addPerson(Call call) throws IOException, ConfigException {
    NewPerson wanted = call.body(NewPerson.class);
    return edits.make(
        call,
        config ->
            AccessEdit.addPerson(config, Call.needed(wanted.name(), "name"), all(wanted.groups())));
  }

  private Reply removePerson(Call call) throws IOException, ConfigException {
    return edits.make(call, config -> AccessEdit.removePerson(config, call.variable("name")));
  }

  /** A new secret; codes of an older one are worth nothing from then on. */
  private Reply codes(Call call) throws IOException, ConfigException {
    StoredConfig before = operations.load().current();
    String name = call.variable("name");
    List<String> names =
        before.config().access().people().stream().map(Access.Person::name).toList();
    if (!names.contains(name)) {
      throw new Refused("web.no-person", name);
    }
    TotpSecret secret = TotpSecret.generate(chance);
    String uri = secret.uri(before.config().name(), name);
    RouterConfig after =
        RouterEdit.set(
            before.config(),
            "access.people[" + names.indexOf(name) + "].totpSecret",
            secret.base32());
    operations.edit(before.number(), after, call.author());
    return Reply.json(new Codes(uri, secret.base32(), QrImage.of(uri)), call.language());
  }

  private Reply addGroup(Call call) throws IOException, ConfigException {
    NewGroup wanted = call.body(NewGroup.class);
    return edits.make(
        call,
        config ->
            AccessEdit.addGroup(
                config, Call.needed(wanted.name(), "name"), Boolean.TRUE.equals(wanted.signIn())));
  }

  private Reply removeGroup(Call call) throws IOException, ConfigException {
    return edits.make(call, config -> AccessEdit.removeGroup(config, call.variable("name")));
  }

  private Reply allow(Call call) throws IOException, ConfigException {
    NewRule wanted = call.body(NewRule.class);
    return edits.make(
        call,
        config ->
            AccessEdit.allow(
                config,
                wanted.name(),
                all(wanted.from()),
                all(wanted.to()),
                ports(all(wanted.services()))));
  }

  /** What is used at several ports comes as one, with spaces between them. */
  private static List<String> ports(List<String> services) {
    return services.stream().flatMap(each -> Stream.of(each.strip().split(" +"))).toList();
  }

  private Reply removeRule(Call call) throws IOException, ConfigException {
    return edits.make(call, config -> AccessEdit.removeRule(config, call.variable("name")));
  }

  private Reply pageTunnels(Call call) throws IOException, ConfigException {
    PageTunnels wanted = call.body(PageTunnels.class);
    return edits.make(call, config -> AccessEdit.page(config, all(wanted.tunnels())));
  }
}
