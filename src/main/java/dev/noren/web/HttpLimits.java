package dev.noren.web;

import java.util.Map;

/**
 * What the HTTP servers take, so that nobody can stall them or fill the heap. The JDK's server
 * takes these from properties, once for the process and before its first server.
 */
final class HttpLimits {
  /**
   * The connections of one server; who comes then is cut off. The firewall gives each source much
   * fewer, so that this number alone locks nobody out.
   */
  static final int CONNECTIONS = 256;

  /** How long a request may take, seconds; some more until it is noticed. */
  static final int REQUEST_SECONDS = 5;

  /** How long an answer may take, seconds: longer than a stream of events lasts. */
  static final int ANSWER_SECONDS = 60;

  /** How long a connection stays open that nobody uses, seconds. */
  static final int IDLE_SECONDS = 10;

  /** A request's head, bytes as the JDK counts them. */
  static final int HEAD_BYTES = 8 << 10;

  /** What is read of a body that nobody wants, bytes. */
  static final int DRAIN_BYTES = 1 << 10;

  private static final Map<String, Integer> PROPERTIES =
      Map.of(
          "jdk.httpserver.maxConnections", CONNECTIONS,
          "sun.net.httpserver.maxIdleConnections", 32,
          "sun.net.httpserver.maxReqTime", REQUEST_SECONDS,
          "sun.net.httpserver.maxRspTime", ANSWER_SECONDS,
          "sun.net.httpserver.idleInterval", IDLE_SECONDS,
          "sun.net.httpserver.clockTick", 1_000,
          "sun.net.httpserver.maxReqHeaders", 50,
          "sun.net.httpserver.maxReqHeaderSize", HEAD_BYTES,
          "sun.net.httpserver.drainAmount", DRAIN_BYTES);

  private HttpLimits() {}

  /** To be called before the first server is made. */
  static void apply() {
    PROPERTIES.forEach((name, value) -> System.setProperty(name, value.toString()));
  }
}
