package dev.noren.tunnel;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** A class of tests with pairs of tunnels in memory: each test runs with offloads on, and off. */
@ParameterizedClass(name = "offloads {0}")
@ValueSource(booleans = {true, false})
abstract class OffloadsOnAndOff {
  @Parameter boolean on;

  @BeforeEach
  void choose() {
    TunnelPair.offloads = on;
  }

  @AfterEach
  void choosePlain() {
    TunnelPair.offloads = false;
  }
}
