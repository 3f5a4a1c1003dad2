package dev.noren.probe;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.net.IpAddress;
import dev.noren.probe.DnsMessage.Answer;
import dev.noren.probe.DnsMessage.Kind;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DnsMessageTest {
  private static final int ID = 0x1234;
  private static final int OK = 0x8180;
  private static final String NAME = "hq.shop.example";

  /** Where the question's name stands, and its "shop.example". */
  private static final int[] ASKED = {0xc0, 12};

  private static final int[] SHOP = {0xc0, 15};

  private static Optional<Answer> read(DnsBytes bytes) {
    return read(bytes.toBytes());
  }

  private static Optional<Answer> read(byte[] bytes) {
    return DnsMessage.answer(bytes, bytes.length, ID, NAME, DnsMessage.A);
  }

  private static DnsBytes answer(int records) {
    return DnsBytes.answer(ID, OK, records, NAME, DnsMessage.A);
  }

  private static Optional<Answer> addresses(int seconds, String... addresses) {
    return Optional.of(
        new Answer(
            Kind.ADDRESSES, Arrays.stream(addresses).map(IpAddress::parse).toList(), seconds));
  }

  /** RFC 1035 section 4.1, worked out by hand. */
  @Test
  void aQuestionIsWhatTheRfcSays() {
    assertArrayEquals(
        HexFormat.of().parseHex("beef01000001000000000000" + "026871046e6f7274" + "00001c0001"),
        DnsMessage.question(0xbeef, "hq.nort", DnsMessage.AAAA));
  }

  @Test
  void readsAddressesAndTheLeastTime() {
    assertEquals(
        addresses(60, "192.0.2.1", "192.0.2.2"),
        read(
            answer(3)
                .bytes(ASKED)
                .record(1, 300, 192, 0, 2, 1)
                .bytes(ASKED)
                .record(1, 60, 192, 0, 2, 2)
                .bytes(ASKED)
                .record(1, 90, 192, 0, 2, 2)));
  }

  @Test
  void readsIpv6() {
    byte[] bytes =
        DnsBytes.answer(ID, OK, 1, NAME, DnsMessage.AAAA)
            .bytes(ASKED)
            .record(28, 7, 0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 9)
            .toBytes();
    assertEquals(
        addresses(7, "2001:db8::9"),
        DnsMessage.answer(bytes, bytes.length, ID, NAME, DnsMessage.AAAA));
  }

  @Test
  void followsAliasesInAnyOrderWithTheLeastTimeOfAll() {
    // hq.shop.example → x.shop.example → y.shop.example, the address first.
    assertEquals(
        addresses(5, "192.0.2.7"),
        read(
            answer(3)
                .name("Y.shop.EXAMPLE")
                .record(1, 300, 192, 0, 2, 7)
                .bytes(1, 'x')
                .bytes(SHOP)
                .record(5, 5, 1, 'y', 0xc0, 15)
                .bytes(ASKED)
                .record(5, 9, 1, 'x', 0xc0, 15)));
  }

  @Test
  void anAliasThatLeadsNowhereIsNone() {
    assertEquals(
        Optional.of(Answer.without(Kind.NONE)),
        read(answer(1).bytes(ASKED).record(5, 9, 1, 'x', 0xc0, 15)));
  }

  @Test
  void addressesThatNoHostHasAreLeftOut() {
    assertEquals(
        addresses(9, "192.168.0.1"),
        read(
            answer(5)
                .bytes(ASKED)
                .record(1, 9, 0, 0, 0, 0)
                .bytes(ASKED)
                .record(1, 9, 127, 0, 0, 1)
                .bytes(ASKED)
                .record(1, 9, 224, 0, 0, 1)
                .bytes(ASKED)
                .record(1, 9, 255, 255, 255, 255)
                .bytes(ASKED)
                .record(1, 9, 192, 168, 0, 1)));
    assertEquals(
        Optional.of(Answer.without(Kind.NONE)),
        read(answer(1).bytes(ASKED).record(1, 9, 0, 0, 0, 0)));
  }

  @Test
  void aliasesInACircleEnd() {
    assertEquals(
        Optional.of(Answer.without(Kind.FAILED)),
        read(
            answer(2)
                .bytes(ASKED)
                .record(5, 9, 1, 'x', 0xc0, 15)
                .bytes(1, 'x')
                .bytes(SHOP)
                .record(5, 9, 0xc0, 12)));
  }

  @Test
  void addressesOfAnotherNameAreNotTaken() {
    assertEquals(
        Optional.of(Answer.without(Kind.NONE)),
        read(answer(1).name("evil.example").record(1, 9, 6, 6, 6, 6)));
  }

  @Test
  void aRecordOfAnotherClassTypeOrLengthIsPassedOver() {
    assertEquals(
        addresses(9, "192.0.2.1"),
        read(
            answer(4)
                .bytes(ASKED)
                .words(1, 3, 0, 9, 4)
                .bytes(6, 6, 6, 6)
                .bytes(ASKED)
                .record(16, 1, 3, 'a', 'b', 'c')
                .bytes(ASKED)
                .record(1, 1, 6, 6, 6)
                .bytes(ASKED)
                .record(1, 9, 192, 0, 2, 1)));
  }

  @Test
  void saysWhatElseAServerSays() {
    for (int code = 1; code < 16; code++) {
      assertEquals(
          Optional.of(Answer.without(code == 3 ? Kind.NO_SUCH_NAME : Kind.FAILED)),
          read(DnsBytes.answer(ID, OK | code, 0, NAME, 1)));
    }
    assertEquals(Optional.of(Answer.without(Kind.NONE)), read(answer(0)));
    assertEquals(
        Optional.of(Answer.without(Kind.TRUNCATED)),
        read(DnsBytes.answer(ID, OK | 0x0200, 5, NAME, 1)));
  }

  @Test
  void whatDoesNotAnswerThisQuestionIsNotRead() {
    for (DnsBytes other :
        List.of(
            DnsBytes.answer(ID + 1, OK, 0, NAME, 1),
            DnsBytes.answer(ID, 0x0100, 0, NAME, 1),
            DnsBytes.answer(ID, OK | 0x0800, 0, NAME, 1),
            DnsBytes.answer(ID, OK, 0, NAME + "x", 1),
            DnsBytes.answer(ID, OK, 0, NAME, 28),
            new DnsBytes().words(ID, OK, 0, 0, 0, 0),
            new DnsBytes().words(ID, OK, 2, 0, 0, 0).name(NAME).words(1, 1),
            new DnsBytes().words(ID, OK, 1, 0, 0, 0).name(NAME).words(1, 3))) {
      assertEquals(Optional.empty(), read(other), HexFormat.of().formatHex(other.toBytes()));
    }
    assertTrue(read(DnsBytes.answer(ID, OK, 0, "HQ.Shop.Example", 1)).isPresent());
  }

  @Test
  void timesAreBounded() {
    assertEquals(
        addresses(0, "192.0.2.1"), read(answer(1).bytes(ASKED).record(1, -1, 192, 0, 2, 1)));
    assertEquals(
        addresses(86_400, "192.0.2.1"),
        read(answer(1).bytes(ASKED).record(1, Integer.MAX_VALUE, 192, 0, 2, 1)));
  }

  @Test
  void addressesAreBounded() {
    DnsBytes bytes = answer(200);
    for (int i = 0; i < 200; i++) {
      bytes.bytes(ASKED).record(1, 9, 192, 0, 2, i);
    }
    assertEquals(16, read(bytes).orElseThrow().addresses().size());
  }

  @Test
  void namesThatLeadRoundInACircleEnd() {
    // At 33 the first record begins: to itself, to the next byte, and there and back.
    assertEquals(Optional.empty(), read(answer(1).bytes(0xc0, 33).record(1, 9, 1, 2, 3, 4)));
    assertEquals(Optional.empty(), read(answer(1).bytes(0xc0, 34).record(1, 9, 1, 2, 3, 4)));
    assertEquals(
        Optional.empty(), read(answer(1).bytes(1, 'a', 0xc0, 33).record(1, 9, 1, 2, 3, 4)));
    assertEquals(Optional.empty(), read(answer(1).bytes(0xc0)));
    assertEquals(Optional.empty(), read(answer(1).bytes(0x80, 1).record(1, 9, 1, 2, 3, 4)));
  }

  @Test
  void aNameOfMoreThan255BytesIsNotRead() {
    String label = "a".repeat(63);
    String longest = String.join(".", label, label, label, "b".repeat(61));
    assertTrue(DnsMessage.isName(longest));
    byte[] bytes = DnsBytes.answer(ID, OK, 0, longest, 1).toBytes();
    assertTrue(DnsMessage.answer(bytes, bytes.length, ID, longest, 1).isPresent());
    assertEquals(
        Optional.empty(), read(answer(1).name(longest + ".cccc").record(1, 9, 1, 2, 3, 4)));
  }

  @Test
  void cutAnywhereItIsNoAnswer() {
    byte[] whole = answer(1).bytes(ASKED).record(1, 300, 192, 0, 2, 1).toBytes();
    for (int length = 0; length < whole.length; length++) {
      assertEquals(
          Optional.empty(), DnsMessage.answer(whole, length, ID, NAME, 1), "cut at " + length);
    }
  }

  @Test
  void noiseNeitherThrowsNorHangs() {
    long seed = 20261125;
    Random random = new Random(seed);
    byte[] good =
        answer(3)
            .bytes(ASKED)
            .record(5, 9, 1, 'x', 0xc0, 15)
            .bytes(1, 'x')
            .bytes(SHOP)
            .record(1, 9, 192, 0, 2, 1)
            .bytes(ASKED)
            .record(1, 9, 192, 0, 2, 1)
            .toBytes();
    for (int i = 0; i < 200_000; i++) {
      byte[] bytes = good.clone();
      for (int j = random.nextInt(8); j >= 0; j--) {
        // Past the question most of the time, which else would end it all.
        int at = random.nextInt(10) == 0 ? 0 : 33;
        bytes[at + random.nextInt(bytes.length - at)] =
            (byte) (random.nextBoolean() ? 0xc0 : random.nextInt(256));
      }
      Optional<Answer> answer = DnsMessage.answer(bytes, bytes.length, ID, NAME, 1);
      assertTrue(
          answer.isEmpty() || answer.get().seconds() <= 86_400, "seed " + seed + ", round " + i);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", ".", "a.", ".a", "a..b", "a b", "ä.example", "a/b", "a\n", "[::1]", "a,b"})
  void namesThatNoHostHas(String name) {
    assertFalse(DnsMessage.isName(name));
  }
}
