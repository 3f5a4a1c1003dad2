package dev.noren.support;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressHidingTest {
  private final AddressHiding hiding = new AddressHiding();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1 | 203.0.113.5 | public4-1",
        "2 | endpoint 203.0.113.5:51820. | endpoint public4-1:51820.",
        "3 | 198.51.100.0/24 via 203.0.113.1 dev eth0 | public4-1/24 via public4-2 dev eth0",
        "4 | 198.51.100.7-198.51.100.9 | public4-1-public4-2",
        "5 | 198.51.100.7.53 > 10.0.0.1.40000 | public4-1.53 > 10.0.0.1.40000",
        "6 | v4-203-0-113-5.isp.example 203.0.113.5 | vpublic4-1.isp.example public4-1",
        "24 | ip203-0-113-5-51820 2026-11-29-10 | ippublic4-1 2026-11-29-10",
        "7 | 5.113.0.203.in-addr.arpa | public4-1.in-addr.arpa",
        "8 | 203.000.113.005 | public4-1",
        "9 | 192.168.1.1 10.0.0.1 172.16.0.1 100.64.1.1 169.254.0.1 127.0.0.1 0.0.0.0/0 "
            + "| 192.168.1.1 10.0.0.1 172.16.0.1 100.64.1.1 169.254.0.1 127.0.0.1 0.0.0.0/0",
        "10 | 224.0.0.251 255.255.255.255 999.1.2.3 | 224.0.0.251 255.255.255.255 999.1.2.3",
        "11 | [2001:db8::1]:51820 | [public6-1]:51820",
        "12 | at 2001:db8::1: no answer | at public6-1: no answer",
        "13 | from 2001:DB8:0:0::1. | from public6-1.",
        "14 | 2001:db8:1::/48 and 2001:db8:1:2:3:4:5:6/128 | public6-1/48 and public6-2/128",
        "15 | \"a\":\"2001:db8::1\",\"b\":\"2001:db8::2\" "
            + "| \"a\":\"public6-1\",\"b\":\"public6-2\"",
        "16 | fe80::1 fd00:2001:db8::1 ff02::1 ::1 ::/0 2000::/3 "
            + "| fe80::1 fd00:2001:db8::1 ff02::1 ::1 ::/0 public6-1/3",
        "17 | ::ffff:203.0.113.5 ::ffff:cb00:7105 203.0.113.5 | public4-1 public4-1 public4-1",
        "18 | 64:ff9b::203.0.113.5 | public6-1",
        "19 | face:2001:db8::1:51820:x | face:public6-1:51820:x",
        "20 | 02:00:00:ab:cd:ef 2026-11-29T12:34:56Z AB:CD:EF:01:23:45:67:89:AB:CD:EF:01 "
            + "| 02:00:00:ab:cd:ef 2026-11-29T12:34:56Z AB:CD:EF:01:23:45:67:89:AB:CD:EF:01",
        "21 | 1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa "
            + "| public6-1.ip6.arpa",
        "22 | Linux 6.12.4 dnsmasq 2.91 at 12:00:00 | Linux 6.12.4 dnsmasq 2.91 at 12:00:00",
        "23 | 2026:11 is no address | 2026:11 is no address",
      })
  void thoseOfTheInternetGo(int row, String text, String hidden) {
    assertEquals(hidden, hiding.hide(text), "row " + row);
  }

  @Test
  void theSameAddressHasTheSameNameInLaterTexts() {
    assertEquals("public4-1 public6-1", hiding.hide("203.0.113.5 2001:db8::5"));
    assertEquals(
        "public4-2 public4-1 public6-1",
        hiding.hide("198.51.100.1 203.0.113.5 2001:0db8:0000::0005"));
  }
}
