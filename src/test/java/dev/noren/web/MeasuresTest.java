package dev.noren.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.noren.text.Language;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MeasuresTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0 bit/s",
    "124, 992 bit/s",
    "125, 1.0 kbit/s",
    "12500, 100 kbit/s",
    "1250000, 10.0 Mbit/s",
    "125000000000, 1000 Gbit/s",
  })
  void ratesAreInBits(long bytesPerSecond, String said) {
    assertEquals(said, Measures.rate(bytesPerSecond));
  }

  @ParameterizedTest
  @CsvSource({"999, 999 B", "1000, 1.0 kB", "123456789, 123 MB", "5000000000000000, 5000 TB"})
  void sizesAreInBytes(long bytes, String said) {
    assertEquals(said, Measures.size(bytes));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0 s, 0秒",
    "59, 59 s, 59秒",
    "60, 1 min, 1分",
    "3599, 59 min, 59分",
    "3600, 1 h, 1時間",
    "86400, 1 d, 1日",
  })
  void timesAreInTheirLargestUnit(long seconds, String english, String japanese) {
    assertEquals(english, Measures.duration(seconds).in(Language.ENGLISH));
    assertEquals(japanese, Measures.duration(seconds).in(Language.JAPANESE));
    assertEquals(japanese + "前", Measures.ago(seconds).in(Language.JAPANESE));
  }
}
