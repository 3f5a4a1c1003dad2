package dev.noren.config;

import dev.noren.config.Pairing.Decision;
import dev.noren.config.Pairing.Side;
import dev.noren.crypto.PresharedKey;
import dev.noren.crypto.PublicKey;
import dev.noren.net.Cidr;
import dev.noren.net.IpAddress;
import dev.noren.text.Refused;
import dev.noren.text.Sentence;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** A pairing that is under way, out of the document and into it. */
final class PairingReader {
  private static final Pattern ID = Pattern.compile("[0-9a-f]{16}");
  private static final Pattern NONCE = Pattern.compile("[0-9a-f]{64}");
  private static final String HINT = "hint.pairing";

  private PairingReader() {}

  /** The pairing, or null where there is none. */
  static Pairing read(Fields form, Gateway gateway) {
    if (!form.has("pairing")) {
      form.known("pairing");
      return null;
    }
    Fields fields = form.object("pairing");
    if (!fields.known("role")) {
      fields.error("role", Sentence.of("missing", Sentence.of(HINT)));
    }
    Side side = fields.word("role", Side.class, null);
    String id = fields.required("id", HINT, text -> matching(ID, text));
    PublicKey publicKey = fields.required("publicKey", HINT, Values::publicKey);
    var privateKey =
        fields.text("privateKey", text -> RouterValues.secret(text, Values::privateKey));
    PresharedKey presharedKey = PeersReader.presharedKey(fields);
    Cidr address = fields.text("address", PairingReader::own);
    IpAddress farAddress = fields.required("farAddress", HINT, RouterValues::address);
    IpAddress givenAddress = fields.text("givenAddress", RouterValues::address);
    List<HostPort> endpoints =
        fields.texts("endpoints", text -> RouterValues.reachable(HostPort.parse(text)));
    Instant expires = fields.required("expires", HINT, PairingReader::time);
    String shop = fields.text("shop", RouterValues::personsName);
    String heard = fields.text("heard", PairingReader::message);
    String said = fields.text("said", PairingReader::message);
    String nonce = fields.text("nonce", text -> matching(NONCE, text));
    Decision decision = fields.word("decision", Decision.class, Decision.OPEN);
    if (side == Side.JOINS && (privateKey == null || address == null)) {
      fields.error("role", Sentence.of("pairing.joins", Sentence.of(HINT)));
    }
    if (side == Side.INVITES && (privateKey != null || givenAddress == null)) {
      fields.error("role", Sentence.of("pairing.invites", Sentence.of(HINT)));
    }
    boolean bothSaid = fields.has("heard") && fields.has("said");
    boolean joinerHeard = side == Side.JOINS && fields.has("heard");
    if (!bothSaid
        && (nonce != null
            || decision == Decision.ACCEPTED
            || decision == Decision.PAIRED
            || joinerHeard)) {
      fields.error("decision", Sentence.of("pairing.ahead", Sentence.of(HINT)));
    }
    if (!isWithin(gateway, address, farAddress) || !isWithin(gateway, null, givenAddress)) {
      fields.error("farAddress", Sentence.of("pairing.outside", Sentence.of(HINT)));
    }
    RouterReader.checkSize(fields, "endpoints", endpoints, Pairing.MOST_ENDPOINTS);
    fields.done();
    return new Pairing(
        side,
        id,
        publicKey,
        privateKey,
        presharedKey,
        address,
        farAddress,
        givenAddress,
        endpoints,
        expires,
        shop,
        heard,
        said,
        nonce,
        decision);
  }

  private static Cidr own(String text) {
    Cidr address = Values.cidr(text);
    MachineAddress.checkTunnel(address.address());
    return address;
  }

  /** Or an invitation could lead more into the tunnel than the tunnel's own network. */
  private static boolean isWithin(Gateway gateway, Cidr own, IpAddress far) {
    return gateway.addresses().stream()
        .anyMatch(
            network ->
                (far == null || network.contains(far))
                    && (own == null || network.masked().equals(own.masked())));
  }

  private static String matching(Pattern pattern, String text) {
    if (!pattern.matcher(text).matches()) {
      throw new Refused("pairing.form", Sentence.of(HINT));
    }
    return text;
  }

  private static String message(String text) {
    if (text.length() > Pairing.MOST_LETTERS || text.codePoints().anyMatch(Values::endsLine)) {
      throw new Refused("pairing.line", Pairing.MOST_LETTERS, Sentence.of(HINT));
    }
    return text;
  }

  private static Instant time(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw new Refused(Sentence.of("time.form", Values.quoted(text)), e);
    }
  }

  /** Every field, in one order; null for no pairing. */
  static Map<String, Object> tree(Pairing pairing) {
    if (pairing == null) {
      return null;
    }
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("role", Fields.wordOf(pairing.side()));
    tree.put("id", pairing.id());
    tree.put("publicKey", pairing.publicKey().toBase64());
    tree.put("privateKey", pairing.privateKey() == null ? null : pairing.privateKey().toBase64());
    tree.put(
        "presharedKey", pairing.presharedKey().isNone() ? null : pairing.presharedKey().toBase64());
    tree.put("address", RouterTree.text(pairing.address()));
    tree.put("farAddress", RouterTree.text(pairing.farAddress()));
    tree.put("givenAddress", RouterTree.text(pairing.givenAddress()));
    tree.put("endpoints", RouterTree.texts(pairing.endpoints()));
    tree.put("expires", RouterTree.text(pairing.expires()));
    tree.put("shop", pairing.shop());
    tree.put("heard", pairing.heard());
    tree.put("said", pairing.said());
    tree.put("nonce", pairing.nonce());
    tree.put("decision", Fields.wordOf(pairing.decision()));
    return tree;
  }
}
