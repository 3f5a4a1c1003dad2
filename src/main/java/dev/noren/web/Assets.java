package dev.noren.web;

import dev.noren.web.Route.Whom;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;

/**
 * The files that pages are made of besides their text, compressed. Their addresses have a part of
 * the hash of all in them, so that a browser keeps them for good and still gets new ones after an
 * update, and one finds another beside it.
 */
final class Assets {
  private static final String WEBJARS = "/META-INF/resources/webjars/";
  private static final int TAG_LETTERS = 12;

  private static final Route ROUTE =
      new Route("GET", "/assets/{tag}/{name}", Whom.ANYBODY, call -> null);

  /** Where each file is among the program's resources. */
  private static final Map<String, String> SOURCES =
      Map.of(
          "pico.css", WEBJARS + "picocss__pico/2.1.1/css/pico.indigo.min.css",
          "uplot.css", WEBJARS + "uplot/1.6.30/dist/uPlot.min.css",
          "uplot.js", WEBJARS + "uplot/1.6.30/dist/uPlot.iife.min.js",
          "noren.css", "/web/noren.css",
          "noren.js", "/web/noren.js",
          "home.js", "/web/home.js",
          "devices.js", "/web/devices.js",
          "care.js", "/web/care.js",
          "choices.js", "/web/choices.js",
          "icon.svg", "/web/icon.svg");

  private final Map<String, Asset> all = new TreeMap<>();
  private final String tag;

  /** A file. */
  private static final class Asset {
    private final String type;
    private final byte[] plain;
    private final byte[] zipped;

    Asset(String type, byte[] plain, byte[] zipped) {
      this.type = type;
      this.plain = plain;
      this.zipped = zipped;
    }
  }

  Assets() {
    SOURCES.forEach((name, source) -> all.put(name, read(name, source)));
    tag = tag(all.values());
  }

  private static Asset read(String name, String source) {
    try (InputStream in = Assets.class.getResourceAsStream(source)) {
      if (in == null) {
        throw new IllegalStateException("the program has no " + source);
      }
      byte[] plain = in.readAllBytes();
      ByteArrayOutputStream zipped = new ByteArrayOutputStream();
      try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
        out.write(plain);
      }
      return new Asset(type(name), plain, zipped.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(source + " can't be read", e);
    }
  }

  private static String tag(Collection<Asset> assets) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      assets.forEach(asset -> digest.update(asset.plain));
      return HexFormat.of().formatHex(digest.digest()).substring(0, TAG_LETTERS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static String type(String name) {
    return switch (name.substring(name.lastIndexOf('.') + 1)) {
      case "css" -> "text/css; charset=utf-8";
      case "js" -> "text/javascript; charset=utf-8";
      case "svg" -> "image/svg+xml";
      default -> throw new IllegalArgumentException(name + " is of no type that is known");
    };
  }

  /** Where they are served. */
  Route route() {
    return new Route(ROUTE.method(), ROUTE.pattern(), ROUTE.whom(), this::answer);
  }

  /** The address of a file. */
  String path(String name) {
    if (!all.containsKey(name)) {
      throw new IllegalArgumentException("the page has no file " + name);
    }
    return "/assets/" + tag + "/" + name;
  }

  /** What all of them take on the way, bytes. */
  int zippedBytes() {
    return all.values().stream().mapToInt(asset -> asset.zipped.length).sum();
  }

  /** Serves one; an address with another hash is one of before an update, and is not there. */
  Reply answer(Call call) {
    Map<String, String> variables = ROUTE.match(call.path());
    Asset asset = variables == null ? null : all.get(variables.get("name"));
    if (asset == null || !tag.equals(variables.get("tag"))) {
      return new Reply(404, "text/plain", new byte[0], List.of());
    }
    String accepted = call.header("Accept-Encoding");
    boolean zip = accepted != null && accepted.toLowerCase(Locale.ROOT).contains("gzip");
    List<String> headers =
        new ArrayList<>(
            List.of("Cache-Control: public, max-age=31536000, immutable", "Vary: Accept-Encoding"));
    if (zip) {
      headers.add("Content-Encoding: gzip");
    }
    return new Reply(200, asset.type, zip ? asset.zipped : asset.plain, headers);
  }
}
