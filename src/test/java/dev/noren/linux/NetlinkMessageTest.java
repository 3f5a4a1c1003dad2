package dev.noren.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NetlinkMessageTest {
  /**
   * RTM_NEWLINK of 60 bytes, no flags, sequence 7, port 9; ARPHRD_NONE, index 5, flags 0x10d1; name
   * wg0, an attribute with the "nested" bit, MTU 1420.
   */
  private static final String LINK =
      "3c000000"
          + "1000"
          + "0000"
          + "07000000"
          + "09000000"
          + "00"
          + "00"
          + "feff"
          + "05000000"
          + "d1100000"
          + "00000000"
          + "0800"
          + "0300"
          + "77673000"
          + "0900"
          + "1280"
          + "0102030405"
          + "000000"
          + "0800"
          + "0400"
          + "8c050000";

  /** NLMSG_ERROR of 36 bytes, sequence 8, port 9, -ENODEV, and the head of the question. */
  private static final String ERROR =
      "24000000" + "0200" + "0000" + "08000000" + "09000000" + "edffffff" + "00".repeat(16);

  private static NetlinkMessage read(String hex) {
    NativeBuffer buffer = Layouts.of("ffffffff" + hex);
    return NetlinkMessage.received(buffer, 4, buffer.size());
  }

  @Test
  void aLinkQuestionIsLaidOutAsTheKernelReadsIt() {
    NetlinkMessage question =
        NetlinkMessage.request(NetlinkMessage.RTM_GETLINK, NetlinkMessage.LINK_BODY, 0x01020304)
            .with(NetlinkMessage.IFLA_IFNAME, "wg0-x")
            .with(NetlinkMessage.IFLA_TARGET_NETNSID, 6);
    assertEquals(52, question.length());
    assertEquals(
        "34000000"
            + "1200"
            + "0100"
            + "04030201"
            + "00000000"
            + "00".repeat(16)
            + "0a00"
            + "0300"
            + "7767302d7800"
            + "0000"
            + "0800"
            + "2e00"
            + "06000000",
        Layouts.hex(question.buffer(), 0, 52));
  }

  @Test
  void aNamespaceQuestionIsLaidOutAsTheKernelReadsIt() {
    NetlinkMessage question =
        NetlinkMessage.request(NetlinkMessage.RTM_NEWNSID, NetlinkMessage.NSID_BODY, 1)
            .with(NetlinkMessage.NETNSA_NSID, -1)
            .with(NetlinkMessage.NETNSA_FD, 33);
    assertEquals(36, question.length());
    assertEquals(
        "24000000"
            + "5800"
            + "0100"
            + "01000000"
            + "00000000"
            + "00000000"
            + "0800"
            + "0100"
            + "ffffffff"
            + "0800"
            + "0300"
            + "21000000",
        Layouts.hex(question.buffer(), 0, 36));
  }

  @Test
  void allMessagesOfABatchAreRead() {
    NetlinkMessage message = read(LINK + ERROR);
    assertTrue(message.next());
    assertEquals(NetlinkMessage.RTM_NEWLINK, message.type());
    assertEquals(7, message.sequence());
    assertEquals(9, message.port());
    assertEquals(5, message.linkIndex());
    assertEquals(0x10d1, message.linkFlags());
    assertEquals(NetlinkMessage.IFF_UP, message.linkFlags() & NetlinkMessage.IFF_UP);
    int body = NetlinkMessage.LINK_BODY;
    assertEquals("wg0", message.text(body, NetlinkMessage.IFLA_IFNAME));
    assertEquals(1420, message.number(body, NetlinkMessage.IFLA_MTU, 0));
    assertEquals(77, message.number(body, NetlinkMessage.IFLA_TARGET_NETNSID, 77));
    assertNull(message.text(body, 99));
    assertEquals(0x04030201, message.number(body, 0x12, 0));
    assertTrue(message.next());
    assertEquals(NetlinkMessage.NLMSG_ERROR, message.type());
    assertEquals(8, message.sequence());
    assertEquals(Errno.ENODEV, message.error());
    assertFalse(message.next());
  }

  @Test
  void aBatchThatIsCutShortEnds() {
    for (int length = 0; length < LINK.length() / 2; length++) {
      assertFalse(read(LINK.substring(0, 2 * length)).next(), length + " bytes");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"00000000", "0f000000", "ffffffff", "ffffff7f", "00000080"})
  void aLengthOfNonsenseEndsTheBatch(String length) {
    assertFalse(read(length + LINK.substring(8)).next());
  }

  @ParameterizedTest
  @ValueSource(strings = {"0000", "0300", "ffff"})
  void anAttributeOfNonsenseEndsTheSearch(String length) {
    NetlinkMessage message = read(LINK.substring(0, 64) + length + LINK.substring(68));
    assertTrue(message.next());
    assertNull(message.text(NetlinkMessage.LINK_BODY, NetlinkMessage.IFLA_IFNAME));
    assertEquals(1, message.number(NetlinkMessage.LINK_BODY, NetlinkMessage.IFLA_MTU, 1));
  }

  @Test
  void aMessageWithoutItsBodyHasNothing() {
    NetlinkMessage message = read("10000000" + LINK.substring(8, 32));
    assertTrue(message.next());
    assertEquals(0, message.linkIndex());
    assertEquals(0, message.linkFlags());
    assertNull(message.text(NetlinkMessage.LINK_BODY, NetlinkMessage.IFLA_IFNAME));
    assertEquals(Errno.EPROTO, message.error());
  }
}
