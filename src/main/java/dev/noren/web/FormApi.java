package dev.noren.web;

import dev.noren.config.CloudImport;
import dev.noren.config.ConfigException;
import dev.noren.config.Edited;
import dev.noren.config.Form;
import dev.noren.config.FormEdit;
import dev.noren.config.RouterEdit.Imported;
import dev.noren.config.TunnelName;
import dev.noren.control.Operations;
import dev.noren.control.RecordJson;
import dev.noren.forms.NewForm;
import dev.noren.net.Cidr;
import dev.noren.status.RouterStatus;
import dev.noren.text.Refused;
import dev.noren.text.Sentence;
import dev.noren.web.Route.Whom;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The ways of use: forms come and go. */
final class FormApi {
  private static final String PROVIDER = "provider";
  private static final String COUNTRY = "country";
  private static final Set<String> CLOUD_FIELDS = Set.of(PROVIDER, COUNTRY);

  private final Operations operations;
  private final Edits edits;
  private final SecureRandom chance = new SecureRandom();

  FormApi(Operations operations, Edits edits) {
    this.operations = operations;
    this.edits = edits;
  }

  /**
   * A form that is wanted.
   *
   * @param kind site, remote, cloud, vdi or router
   * @param name what it is called, and its interface
   * @param fields as in {@code extent=full}: those of the document, endpoint=HOST and
   *     desk=NAME@HOST; with a conf provider=NAME and country=CC
   * @param conf for a cloud the wg-quick file of its gateway
   */
  record NewOne(String kind, String name, List<String> fields, String conf)
      implements RecordJson.Sparse {
    /** Without the file, which has a key in it. */
    @Override
    public String toString() {
      return "NewOne[kind=" + kind + ", name=" + name + "]";
    }
  }

  /** The forms. */
  record Listed(List<Entry> forms) {}

  /**
   * A form.
   *
   * @param name its name
   * @param kind which way of use
   * @param title the same in words
   * @param devices how many devices call in by it
   * @param shops the shops that it joins, by name
   */
  record Entry(String name, String kind, Sentence title, int devices, List<String> shops) {
    static Entry of(Form form) {
      return new Entry(
          form.name().text(),
          RecordJson.wordOf(form.kind()),
          FormApi.title(form.kind()),
          form.devices().size(),
          form.shops().stream().map(shop -> shop.name()).toList());
    }
  }

  /** A way of use in words. */
  static Sentence title(Form.Kind kind) {
    return switch (kind) {
      case SITE -> Sentence.of("use.site");
      case REMOTE -> Sentence.of("use.remote");
      case CLOUD -> Sentence.of("use.cloud");
      case VDI -> Sentence.of("use.vdi");
      case ROUTER -> Sentence.of("use.router");
    };
  }

  List<Route> routes() {
    return List.of(
        new Route("GET", "/api/v1/forms", Whom.OWNER, this::list),
        new Route("POST", "/api/v1/forms", Whom.OWNER, this::add),
        new Route("DELETE", "/api/v1/forms/{name}", Whom.OWNER, this::remove));
  }

  List<Entry> entries() throws IOException {
    return edits.config().forms().stream().map(Entry::of).toList();
  }

  private Reply list(Call call) throws IOException {
    return Reply.json(new Listed(entries()), call.language());
  }

  private static Form.Kind kind(String word) {
    Form.Kind kind = RecordJson.constantOf(Form.Kind.values(), word);
    if (kind == null) {
      throw new Refused("web.form-kind", word);
    }
    return kind;
  }

  private Reply add(Call call) throws IOException, ConfigException {
    NewOne wanted = call.body(NewOne.class);
    Form.Kind kind = kind(Call.needed(wanted.kind(), "kind"));
    String name = Call.needed(wanted.name(), "name");
    List<String> fields = wanted.fields() == null ? List.of() : wanted.fields();
    if (wanted.conf() != null) {
      return takeCloud(call, new TunnelName(name), kind, fields, wanted.conf());
    }
    List<Cidr> networks = networks(operations.status());
    return edits.make(
        call,
        config ->
            FormEdit.add(
                config, kind, name, NewForm.fields(config, kind, fields, networks, chance)));
  }

  private Reply takeCloud(
      Call call, TunnelName name, Form.Kind kind, List<String> fields, String conf)
      throws IOException, ConfigException {
    Map<String, String> given = new HashMap<>();
    for (String each : fields) {
      String[] pair = each.split("=", 2);
      if (pair.length < 2 || !CLOUD_FIELDS.contains(pair[0])) {
        throw new Refused("new-form.field", each);
      }
      given.put(pair[0], pair[1]);
    }
    if (kind != Form.Kind.CLOUD) {
      throw new Refused("web.conf-kind", name);
    }
    return edits.makeRemarked(
        call,
        config -> {
          Imported imported =
              CloudImport.of(
                  config, name, name + ".conf", conf, given.get(PROVIDER), given.get(COUNTRY));
          return new Edited(imported.config(), imported.remarks());
        });
  }

  /** The networks that the box stands in now, which no tunnel may have too. */
  static List<Cidr> networks(RouterStatus status) {
    List<Cidr> networks = new ArrayList<>();
    status.lines().stream()
        .map(RouterStatus.Line::address)
        .filter(each -> each != null)
        .forEach(each -> networks.add(each.masked()));
    if (status.lan() != null) {
      Stream.of(status.lan().address(), status.lan().address6())
          .filter(each -> each != null)
          .forEach(each -> networks.add(each.masked()));
    }
    return networks;
  }

  private Reply remove(Call call) throws IOException, ConfigException {
    return edits.makeRemarked(call, config -> FormEdit.remove(config, call.variable("name")));
  }
}
