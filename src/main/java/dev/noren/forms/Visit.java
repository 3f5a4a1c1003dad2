package dev.noren.forms;

import dev.noren.config.Device;
import dev.noren.config.TunnelName;
import dev.noren.crypto.PresharedKey;
import dev.noren.crypto.PublicKey;
import dev.noren.net.IpAddress;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A technician who looks at the box's page from elsewhere for a while. He is a device of a form
 * that stands in no document, so that nothing brings him back.
 *
 * @param form the form by which he calls in
 * @param publicKey his key
 * @param presharedKey the shared secret
 * @param addresses his addresses in the tunnel
 * @param until when it ends
 */
public record Visit(
    TunnelName form,
    PublicKey publicKey,
    PresharedKey presharedKey,
    List<IpAddress> addresses,
    Instant until) {
  /** What he is called in the status and in the log. */
  public static final String NAME = "technician";

  private static final String FORM = "form";
  private static final String KEY = "key";
  private static final String SHARED = "shared";
  private static final String ADDRESSES = "addresses";
  private static final String UNTIL = "until";

  public Visit {
    addresses = List.copyOf(addresses);
  }

  /** The same as a device. */
  Device device() {
    return new Device(NAME, null, publicKey, presharedKey, addresses, null, true, false, false);
  }

  /** What he may do: nothing but open the page. */
  DeviceAccess access() {
    return new DeviceAccess(NAME, addresses, List.of(), false, false, false, false, true);
  }

  /**
   * Reads what {@link #text} gave.
   *
   * @throws IllegalArgumentException where it is damaged
   */
  public static Visit parse(String text) {
    Map<String, String> values = new HashMap<>();
    for (String line : text.lines().toList()) {
      String[] pair = line.split(" ", 2);
      values.put(pair[0], pair.length < 2 ? "" : pair[1]);
    }
    for (String key : List.of(FORM, KEY, SHARED, ADDRESSES, UNTIL)) {
      if (!values.containsKey(key)) {
        throw new IllegalArgumentException("it has no " + key);
      }
    }
    return new Visit(
        new TunnelName(values.get(FORM)),
        PublicKey.parseBase64(values.get(KEY)),
        PresharedKey.parseBase64(values.get(SHARED)),
        Arrays.stream(values.get(ADDRESSES).split(",", -1)).map(IpAddress::parse).toList(),
        Instant.ofEpochSecond(Long.parseLong(values.get(UNTIL))));
  }

  /** As it is kept: a line each, with a secret. */
  public String text() {
    return "%s %s\n%s %s\n%s %s\n%s %s\n%s %d\n"
        .formatted(
            FORM,
            form,
            KEY,
            publicKey.toBase64(),
            SHARED,
            presharedKey.toBase64(),
            ADDRESSES,
            addresses.stream().map(Object::toString).collect(Collectors.joining(",")),
            UNTIL,
            until.getEpochSecond());
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "Visit[form=" + form + ", until=" + until + "]";
  }
}
