package dev.noren.web;

import java.util.Map;

/**
 * What one HTTP server takes, so that nobody can stall it or fill the heap. The JDK's server takes
 * these from properties, once for the process and before its first server.
 */
final class HttpLimits {
  /** The connections of one server; who comes then is cut off. */
  static final int CONNECTIONS = 64;

  /** How long a request, or its answer, may take, seconds; some more until it is noticed. */
  static final int SECONDS = 5;

  /** A request's head, bytes as the JDK counts them. */
  static final int HEAD_BYTES = 8 << 10;

  /** A request's body, bytes. */
  static final int BODY_BYTES = 1 << 10;

  private static final Map<String, Integer> PROPERTIES =
      Map.of(
          "jdk.httpserver.maxConnections", CONNECTIONS,
          "sun.net.httpserver.maxIdleConnections", 0,
          "sun.net.httpserver.maxReqTime", SECONDS,
          "sun.net.httpserver.maxRspTime", SECONDS,
          "sun.net.httpserver.idleInterval", SECONDS,
          "sun.net.httpserver.clockTick", 1_000,
          "sun.net.httpserver.maxReqHeaders", 50,
          "sun.net.httpserver.maxReqHeaderSize", HEAD_BYTES,
          "sun.net.httpserver.drainAmount", BODY_BYTES);

  private HttpLimits() {}

  /** To be called before the first server is made. */
  static void apply() {
    PROPERTIES.forEach((name, value) -> System.setProperty(name, value.toString()));
  }
}
