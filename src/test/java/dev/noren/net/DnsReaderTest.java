package dev.noren.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.noren.net.DnsReader.Malformed;
import org.junit.jupiter.api.Test;

/** What is read of bytes that anybody may have sent. */
class DnsReaderTest {
  /** The name a, and behind it so many pointers, each to the one before. */
  private static DnsReader chain(int pointers) throws Malformed {
    byte[] bytes = new byte[3 + 2 * pointers];
    bytes[0] = 1;
    bytes[1] = 'A';
    int to = 0;
    for (int at = 3; at < bytes.length; at += 2) {
      bytes[at] = (byte) (0xc0 | to >>> 8);
      bytes[at + 1] = (byte) to;
      to = at;
    }
    DnsReader reader = new DnsReader(bytes, bytes.length);
    reader.moveTo(to);
    return reader;
  }

  @Test
  void aNameIsReadThroughAFewPointersAndNoMore() throws Malformed {
    for (int pointers = 1; pointers <= 16; pointers++) {
      DnsReader reader = chain(pointers);
      assertEquals("a", reader.name());
      assertEquals(3 + 2 * pointers, reader.position(), "it goes on behind the first pointer");
    }
    assertThrows(Malformed.class, () -> chain(17).name());
    assertThrows(Malformed.class, () -> chain(4000).name());
  }

  @Test
  void aPointerThatLeadsNotToTheFrontIsNone() {
    byte[] itself = {(byte) 0xc0, 0};
    assertThrows(Malformed.class, () -> new DnsReader(itself, 2).name());
    byte[] cut = {(byte) 0xc0};
    assertThrows(Malformed.class, () -> new DnsReader(cut, 1).name());
  }

  @Test
  void nothingIsReadBeyondTheMessage() throws Malformed {
    byte[] bytes = {1, 'a', 0, 9};
    DnsReader reader = new DnsReader(bytes, 3);
    assertEquals("a", reader.name());
    assertThrows(Malformed.class, reader::uint16);
    assertThrows(Malformed.class, () -> reader.address(4));
    assertThrows(Malformed.class, () -> reader.moveTo(4));
    assertThrows(Malformed.class, () -> new DnsReader(bytes, 1).name());
  }
}
