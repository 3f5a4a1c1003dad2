package dev.noren.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.noren.config.AccessEdit;
import dev.noren.config.RouterConfig;
import dev.noren.config.StoredConfig;
import dev.noren.control.FakeRouter;
import dev.noren.control.LightDesk;
import dev.noren.control.RecordJson;
import dev.noren.status.LogEntry;
import dev.noren.status.Signal.Form;
import dev.noren.status.Statuses;
import dev.noren.text.Language;
import dev.noren.text.Sentence;
import dev.noren.web.Route.Whom;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.net.Socket;
import java.net.URLEncoder;
import java.security.InvalidKeyException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The API's document says what the API does: the same addresses, the same people, the same records,
 * and each answer is of the shape that is promised.
 */
@Timeout(60)
class OpenApiTest {
  private static final String SCHEMAS = "#/components/schemas/";
  private static final Set<String> METHODS = Set.of("get", "post", "put", "delete");

  /** Those that need more than their example, and are asked by themselves. */
  private static final Set<String> APART =
      Set.of(
          "claim",
          "events",
          "changePassphrase",
          "addSecondFactor",
          "removeSecondFactor",
          "visitLogin",
          "logout");

  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final JsonNode DOCUMENT = document();
  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

  private static PageBox box;

  /** What may be asked at an address. */
  private record Operation(String method, String path, JsonNode node) {
    String id() {
      return node.path("operationId").asString();
    }

    @Override
    public String toString() {
      return method.toUpperCase(Locale.ROOT) + " " + path;
    }

    boolean isOwners() {
      return node.path("security").size() != 0;
    }

    /** The address with the examples in it. */
    String address() {
      String address = path;
      List<String> query = new ArrayList<>();
      for (JsonNode each : node.path("parameters")) {
        String name = each.path("name").asString();
        String value =
            URLEncoder.encode(each.path("example").asString(), UTF_8).replace("+", "%20");
        if (each.path("in").asString().equals("path")) {
          address = address.replace("{" + name + "}", value);
        } else {
          query.add(name + "=" + value);
        }
      }
      return query.isEmpty() ? address : address + "?" + String.join("&", query);
    }

    private JsonNode content() {
      return node.path("requestBody").path("content").path("application/json");
    }

    String example() {
      return content().isMissingNode() ? "{}" : content().path("example").toString();
    }

    /** The body's record, or null. */
    JsonNode body() {
      return content().isMissingNode() ? null : resolved(content().path("schema"));
    }

    JsonNode response(int status) {
      return resolved(node.path("responses").path(String.valueOf(status)));
    }
  }

  /** What is the secret of the example, in base32. */
  private static final byte[] SECRET =
      HexFormat.of().parseHex("48656c6c6f21deadbeef48656c6c6f21deadbeef");

  @BeforeAll
  static void start() throws Exception {
    box = PageBox.claimed();
    StoredConfig stored = FakeRouter.STORED;
    // Of whom nothing else speaks, so that they can go.
    RouterConfig config =
        AccessEdit.addGroup(
            AccessEdit.addPerson(stored.config(), "Ken", List.of()), "garden", false);
    box.router.stored =
        new StoredConfig(
            stored.number(), stored.savedAt(), stored.author(), stored.change(), config);
    box.router.entries.add(
        new LogEntry(Instant.parse("2026-10-05T08:00:00Z"), LogEntry.Kind.CONFIG, "-", "began"));
  }

  @AfterAll
  static void stop() {
    box.close();
  }

  private static JsonNode document() {
    try (InputStream in = OpenApiTest.class.getResourceAsStream("/web/openapi.json")) {
      return MAPPER.readTree(new String(in.readAllBytes(), UTF_8));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static JsonNode resolved(JsonNode node) {
    JsonNode found = node;
    while (found.has("$ref")) {
      String ref = found.path("$ref").asString();
      found = DOCUMENT.at(ref.substring(1));
      assertTrue(!found.isMissingNode(), ref + " leads nowhere");
    }
    return found;
  }

  private static List<Operation> operations() {
    List<Operation> all = new ArrayList<>();
    for (var path : DOCUMENT.path("paths").properties()) {
      for (var each : path.getValue().properties()) {
        assertTrue(METHODS.contains(each.getKey()), path.getKey() + " has " + each.getKey());
        all.add(new Operation(each.getKey(), path.getKey(), each.getValue()));
      }
    }
    return all;
  }

  private static Operation operation(String id) {
    return operations().stream().filter(each -> each.id().equals(id)).findFirst().orElseThrow();
  }

  private static List<Route> routes() {
    return box.server.routes().stream().filter(r -> r.pattern().startsWith("/api/v1/")).toList();
  }

  @Test
  void itHasTheAddressesThatThereAre() {
    assertEquals(
        new TreeSet<>(routes().stream().map(r -> r.method() + " " + r.pattern()).toList()),
        new TreeSet<>(operations().stream().map(Operation::toString).toList()),
        "src/main/resources/web/openapi.json has other addresses than the program");
  }

  @Test
  void itSaysWhoMayAsk() {
    Map<String, String> wanted = new TreeMap<>();
    for (Route route : routes()) {
      boolean owner = route.whom() == Whom.OWNER;
      wanted.put(
          route.method() + " " + route.pattern(),
          !owner ? "[]" : route.method().equals("GET") ? "[session]" : "[session, proof]");
    }
    Map<String, String> said = new TreeMap<>();
    for (Operation each : operations()) {
      List<String> schemes = new ArrayList<>();
      each.node().path("security").forEach(one -> schemes.addAll(one.propertyNames()));
      said.put(each.toString(), schemes.toString());
    }
    assertEquals(wanted, said);
  }

  @Test
  void itHoldsTogether() {
    assertTrue(DOCUMENT.path("openapi").asString().startsWith("3.1."));
    Set<String> tags = new HashSet<>();
    DOCUMENT.path("tags").forEach(tag -> tags.add(tag.path("name").asString()));
    Set<String> ids = new HashSet<>();
    for (Operation each : operations()) {
      assertTrue(ids.add(each.id()) && !each.id().isEmpty(), each + " has an id of its own");
      assertTrue(!each.node().path("summary").asString().isBlank(), each + " has no words");
      each.node().path("tags").forEach(tag -> assertTrue(tags.contains(tag.asString()), each::id));
      Set<String> variables =
          Pattern.compile("\\{(\\w+)}")
              .matcher(each.path())
              .results()
              .map(m -> m.group(1))
              .collect(Collectors.toSet());
      Set<String> told = new HashSet<>();
      for (JsonNode parameter : each.node().path("parameters")) {
        if (parameter.path("in").asString().equals("path")) {
          told.add(parameter.path("name").asString());
          assertTrue(parameter.path("required").asBoolean(), each::toString);
        }
      }
      assertEquals(variables, told, each::toString);
      each.node()
          .path("responses")
          .forEach(one -> assertTrue(resolved(one).has("description"), each::toString));
    }
    Schema meta =
        REGISTRY.getSchema(SchemaLocation.of(SpecificationVersion.DRAFT_2020_12.getDialectId()));
    schemas().forEach((name, schema) -> assertEquals(List.of(), meta.validate(schema), name));
    assertEveryReferenceLeadsSomewhere(DOCUMENT);
  }

  private static void assertEveryReferenceLeadsSomewhere(JsonNode node) {
    resolved(node);
    node.forEach(OpenApiTest::assertEveryReferenceLeadsSomewhere);
  }

  private static Map<String, JsonNode> schemas() {
    Map<String, JsonNode> all = new LinkedHashMap<>();
    DOCUMENT
        .path("components")
        .path("schemas")
        .properties()
        .forEach(each -> all.put(each.getKey(), each.getValue()));
    return all;
  }

  private static Class<?> record(String name) {
    for (String room : List.of("web", "status", "control", "doctor")) {
      try {
        return Class.forName("dev.noren." + room + "." + name.replace('.', '$'));
      } catch (ClassNotFoundException e) {
        // It may be in the next one.
      }
    }
    throw new AssertionError("there is no record " + name + " for this schema");
  }

  private static String nameOf(Class<?> type) {
    return type.getName().substring(type.getPackageName().length() + 1).replace('$', '.');
  }

  /** A type as JSON has it, in short. */
  private static String shape(Type type) {
    if (type instanceof ParameterizedType list) {
      return "array of " + shape(list.getActualTypeArguments()[0]);
    }
    Class<?> plain = (Class<?>) type;
    if (plain == boolean.class || plain == Boolean.class) {
      return "boolean";
    }
    if (plain == int.class || plain == long.class || Number.class.isAssignableFrom(plain)) {
      return "integer";
    }
    if (plain.isEnum()) {
      return "one of "
          + Arrays.stream(plain.getEnumConstants())
              .map(each -> RecordJson.wordOf((Enum<?>) each))
              .sorted()
              .toList();
    }
    // A record of its own, but for those that are one text.
    return plain.isRecord()
            && plain.getPackageName().matches("dev\\.noren\\.(web|status|control|doctor)")
        ? nameOf(plain)
        : "string";
  }

  /** The same of a schema, without whether it may be null. */
  private static String shape(JsonNode schema) {
    if (schema.has("$ref")) {
      return schema.path("$ref").asString().substring(SCHEMAS.length());
    }
    if (schema.has("anyOf")) {
      return shape(schema.path("anyOf").get(0));
    }
    if (schema.has("enum")) {
      List<String> words = new ArrayList<>();
      schema.path("enum").forEach(each -> words.add(each.asString()));
      return "one of " + words.stream().sorted().toList();
    }
    JsonNode type = schema.path("type");
    String name = type.isArray() ? type.get(0).asString() : type.asString();
    return name.equals("array") ? "array of " + shape(schema.path("items")) : name;
  }

  private static boolean isNullable(JsonNode schema) {
    return schema.path("type").isArray() || schema.has("anyOf");
  }

  @Test
  void eachRecordHasItsSchema() {
    Set<String> used = new HashSet<>();
    schemas()
        .forEach(
            (name, schema) -> {
              Class<?> record = record(name);
              boolean sparse = RecordJson.Sparse.class.isAssignableFrom(record);
              Set<String> required = new HashSet<>();
              schema.path("required").forEach(each -> required.add(each.asString()));
              Map<String, String> wanted = new LinkedHashMap<>();
              for (RecordComponent each : record.getRecordComponents()) {
                wanted.put(each.getName(), shape(each.getGenericType()));
                JsonNode property = schema.path("properties").path(each.getName());
                assertTrue(
                    !isNullable(property) || (!each.getType().isPrimitive() && !sparse),
                    () -> name + "." + each.getName() + " is never null");
                assertTrue(
                    required.contains(each.getName()) || (sparse && !each.getType().isPrimitive()),
                    () -> name + "." + each.getName() + " is always there");
                assertTrue(
                    !property.path("description").asString().isBlank(),
                    () -> name + "." + each.getName() + " has no words");
              }
              Map<String, String> said = new LinkedHashMap<>();
              schema
                  .path("properties")
                  .properties()
                  .forEach(each -> said.put(each.getKey(), shape(each.getValue())));
              assertEquals(wanted, said, () -> "the schema of " + name);
              assertTrue(said.keySet().containsAll(required), () -> name + " requires " + required);
            });
    collectReferences(DOCUMENT, used);
    assertEquals(schemas().keySet(), used, "a schema that nothing uses");
  }

  private static void collectReferences(JsonNode node, Set<String> into) {
    String ref = node.path("$ref").asString("");
    if (ref.startsWith(SCHEMAS)) {
      into.add(ref.substring(SCHEMAS.length()));
    }
    node.forEach(each -> collectReferences(each, into));
  }

  /** Checks against a schema, by which nothing may be there that it does not name. */
  private static void assertShape(JsonNode schema, String json, String what) {
    ObjectNode strict = (ObjectNode) schema.deepCopy();
    ObjectNode components = strict.putObject("components");
    ObjectNode all = (ObjectNode) DOCUMENT.path("components").path("schemas").deepCopy();
    all.forEach(each -> ((ObjectNode) each).put("additionalProperties", false));
    components.set("schemas", all);
    List<?> errors =
        REGISTRY
            .getSchema(strict)
            .validate(
                json,
                InputFormat.JSON,
                context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)));
    assertEquals(List.of(), errors, () -> what + ": " + json);
  }

  private static void assertAnswer(Operation operation, PageBox.Answer answer) {
    JsonNode response = operation.response(answer.status());
    assertTrue(
        !response.isMissingNode(), () -> operation + " answers what is not promised: " + answer);
    String type = answer.header("content-type").split(";", 2)[0];
    JsonNode media = response.path("content").path(type);
    assertTrue(!media.isMissingNode(), () -> operation + " is " + type + ": " + answer);
    if (type.equals(Reply.JSON)) {
      assertShape(media.path("schema"), answer.body(), operation.toString());
    }
  }

  private static PageBox.Answer asked(Operation each, String body, String... headers)
      throws IOException {
    return each.method().equals("get")
        ? box.get(each.address(), headers)
        : box.change(each.method().toUpperCase(Locale.ROOT), each.address(), body, headers);
  }

  @Test
  void whatIsAskedByItsExamplesIsAnsweredAsItSays() throws Exception {
    for (Operation each : operations()) {
      if (!APART.contains(each.id())) {
        PageBox.Answer answer = asked(each, each.example(), "Accept-Language: ja");
        assertEquals(200, answer.status(), () -> each + " " + each.example() + ": " + answer);
        assertAnswer(each, answer);
      }
    }
    Operation factor = operation("addSecondFactor");
    String secret = factor.content().path("example").path("secret").asString();
    PageBox.Answer codes =
        asked(factor, "{\"secret\": \"%s\", \"code\": \"%s\"}".formatted(secret, code()));
    assertEquals(200, codes.status(), codes::toString);
    assertAnswer(factor, codes);
    Operation without = operation("removeSecondFactor");
    PageBox.Answer wrong = asked(without, "{\"passphrase\": \"another one\"}");
    assertEquals(401, wrong.status(), wrong::toString);
    assertAnswer(without, wrong);
    PageBox.Answer removed = asked(without, without.example());
    assertEquals(200, removed.status(), removed::toString);
    assertAnswer(without, removed);
    PageBox.Answer none = asked(without, without.example());
    assertEquals(409, none.status(), none::toString);
    assertAnswer(without, none);
    Operation change = operation("changePassphrase");
    PageBox.Answer changed = asked(change, change.example());
    assertAnswer(change, changed);
    box.signedIn(changed);
    Operation logout = operation("logout");
    PageBox.Answer out = asked(logout, logout.example());
    assertEquals(200, out.status(), out::toString);
    assertAnswer(logout, out);
    box.close();
    start();
  }

  private static String code() throws InvalidKeyException {
    return new TimeBasedOneTimePasswordGenerator()
        .generateOneTimePasswordString(new SecretKeySpec(SECRET, "HmacSHA1"), Instant.now());
  }

  @Test
  void claimingAndEventsAreAsTheySay() throws IOException {
    try (PageBox fresh = new PageBox()) {
      Operation claim = operation("claim");
      PageBox.Answer wrong =
          fresh.change("POST", claim.path(), fresh.claim("XXXX-XXXX"), "Accept-Language: ja");
      assertEquals(401, wrong.status());
      assertAnswer(claim, wrong);
      PageBox.Answer weak =
          fresh.change("POST", claim.path(), claim.example().replace(PageBox.PASSPHRASE, "noren"));
      assertEquals(422, weak.status());
      assertAnswer(claim, weak);
      PageBox.Answer claimed = fresh.change("POST", claim.path(), claim.example());
      assertEquals(200, claimed.status());
      assertAnswer(claim, claimed);
      fresh.signedIn(claimed);
      PageBox.Answer again = fresh.change("POST", claim.path(), claim.example());
      assertEquals(409, again.status());
      assertAnswer(claim, again);
      try (Socket socket = fresh.connect()) {
        socket
            .getOutputStream()
            .write(fresh.request("GET /api/v1/events", null, claimed.cookie()).getBytes(UTF_8));
        StringBuilder text = new StringBuilder();
        InputStream in = socket.getInputStream();
        while (!text.toString().matches("(?s).*\ndata: [^\n]+\n\n.*")) {
          int letter = in.read();
          assertTrue(letter >= 0, text::toString);
          text.append((char) letter);
        }
        assertTrue(text.toString().contains("Content-type: text/event-stream"), text::toString);
      }
    }
  }

  @Test
  void whatIsRefusedIsRefusedAsItSays() throws IOException {
    for (Operation each : operations()) {
      PageBox.Answer foreign =
          box.ask(
              box.request(each.method().toUpperCase(Locale.ROOT) + " " + each.address(), null)
                  .replace(box.host(), "evil.example"));
      assertEquals(421, foreign.status(), each::toString);
      assertAnswer(each, foreign);
      if (!each.method().equals("get")) {
        PageBox.Answer other =
            box.ask(
                box.request(each.method().toUpperCase(Locale.ROOT) + " " + each.address(), "{}"));
        assertEquals(403, other.status(), each::toString);
        assertAnswer(each, other);
      }
      if (each.isOwners()) {
        PageBox.Answer stranger =
            each.method().equals("get")
                ? box.ask(box.request("GET " + each.address(), null))
                : box.ask(
                    box.request(
                        each.method().toUpperCase(Locale.ROOT) + " " + each.address(),
                        "{}",
                        "Content-Type: application/json",
                        "Origin: http://" + box.host()));
        assertEquals(401, stranger.status(), each::toString);
        assertAnswer(each, stranger);
      }
    }
    box.router.failure = new IOException("the router is stopping");
    try {
      Operation config = operation("config");
      PageBox.Answer stopping = asked(config, null);
      assertEquals(503, stopping.status());
      assertAnswer(config, stopping);
    } finally {
      box.router.failure = null;
    }
    Operation set = operation("setValue");
    PageBox.Answer bad = asked(set, "{\"path\": \"bad\", \"value\": \"1\"}");
    assertEquals(422, bad.status());
    assertAnswer(set, bad);
  }

  /** Each member of a body is known to whom it is sent, with the type that is said of it. */
  @Test
  void bodiesAreReadAsTheySay() throws IOException {
    for (Operation each : operations()) {
      if (each.body() == null) {
        continue;
      }
      assertShape(each.content().path("schema"), each.example(), each + "'s example");
      for (var property : each.body().path("properties").properties()) {
        String name = property.getKey();
        String kind = shape(property.getValue());
        PageBox.Answer answer = asked(each, "{\"" + name + "\": {}}");
        Sentence wanted =
            Sentence.of(
                "shape.kind",
                name,
                Sentence.of(
                    switch (kind) {
                      case "boolean" -> "shape.flag";
                      case "integer" -> "shape.number";
                      case "string" -> "shape.text";
                      default -> "kind.list";
                    }));
        assertEquals(400, answer.status(), each + " " + name + answer);
        assertAnswer(each, answer);
        assertTrue(
            answer.body().contains(wanted.in(Language.ENGLISH)),
            () -> each + " takes no " + name + ": " + answer);
      }
      PageBox.Answer more = asked(each, "{\"more\": 1}");
      assertEquals(400, more.status(), each::toString);
    }
  }

  @Test
  void aNewBoxIsOfTheSameShape() {
    Stream.of(Statuses.FULL, Statuses.UNCLAIMED)
        .forEach(
            status ->
                assertShape(
                    schema("RouterStatus"), RecordJson.write(status, false), status.name()));
    assertNotNull(schema("HomeView"));
    assertShape(
        schema("HomeView"),
        RecordJson.write(
            HomeView.of(
                new Feed.Look(
                    Statuses.UNCLAIMED,
                    new LightDesk.Shown("up", Form.THREE, 7L, List.of()),
                    List.of())),
            false),
        "home");
  }

  private static JsonNode schema(String name) {
    return DOCUMENT.path("components").path("schemas").path(name);
  }
}
