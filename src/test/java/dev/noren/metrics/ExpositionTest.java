package dev.noren.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExpositionTest {
  private final Exposition text = new Exposition();

  @Test
  void aFamilyHasItsHelpAndTypeOnceAndAValueALine() {
    text.counter("a_total", "What a\\b is,\nin two lines")
        .add(Long.MAX_VALUE, "x", "1", "y", "2")
        .add(0.5, "x", "2");
    text.gauge("b", "B").add(1e-9).add(7);
    assertEquals(
        """
        # HELP a_total What a\\\\b is,\\nin two lines
        # TYPE a_total counter
        a_total{x="1",y="2"} 9223372036854775807
        a_total{x="2"} 0.5
        # HELP b B
        # TYPE b gauge
        b 1.0E-9
        """,
        text.text());
  }

  /** A person's words can't begin another label or line. */
  @Test
  void whatStandsInALabelIsEscaped() {
    text.gauge("a", "A").add(1, "x", "\\\"} 7\nb 1", "y", "佐藤 {,=");
    assertEquals(
        "# HELP a A\n# TYPE a gauge\na{x=\"\\\\\\\"} 7\\nb 1\",y=\"佐藤 {,=\"} 1\n", text.text());
  }

  @Test
  void whatSaysNothingIsLeftOut() {
    text.gauge("a", "A");
    text.gauge("b", "B").add(1, "x", null, "y", "");
    assertEquals("# HELP b B\n# TYPE b gauge\nb 1\n", text.text());
  }

  /** Prometheus refuses a whole text that says one thing twice. */
  @Test
  void theSameLabelsAreThereOnce() {
    text.gauge("a", "A").add(1, "x", "1").add(2, "x", "1").add(3, "x", "2");
    assertEquals("# HELP a A\n# TYPE a gauge\na{x=\"1\"} 1\na{x=\"2\"} 3\n", text.text());
    assertThrows(IllegalArgumentException.class, () -> text.gauge("a", "again"));
  }

  @Test
  void whatIsNoNumberIsSaidInItsWords() {
    text.gauge("a", "A")
        .add(Double.POSITIVE_INFINITY, "x", "1")
        .add(Double.NEGATIVE_INFINITY, "x", "2")
        .add(Double.NaN, "x", "3");
    assertEquals(
        "# HELP a A\n# TYPE a gauge\na{x=\"1\"} +Inf\na{x=\"2\"} -Inf\na{x=\"3\"} NaN\n",
        text.text());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "1a", "a-b", "a\n", "日"})
  void aNameIsOne(String name) {
    assertThrows(IllegalArgumentException.class, () -> text.gauge(name, ""));
    assertThrows(
        IllegalArgumentException.class, () -> text.gauge("good", "").add(1, name, "value"));
  }

  @Test
  void aCounterIsCalledOne() {
    assertThrows(IllegalArgumentException.class, () -> text.counter("a_bytes", ""));
  }
}
