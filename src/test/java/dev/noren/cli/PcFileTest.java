package dev.noren.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PcFileTest {
  @ParameterizedTest
  @CsvSource({
    "shop.json, shop.json",
    "shop.json.txt, shop.json",
    "SHOP.JSON, SHOP.json",
    "hq.conf.TXT, hq.conf",
    "hq.Conf, hq.conf",
    "-x.conf, -x.conf",
    ".json,",
    "._hq.conf,",
    "~hq.conf,",
    "README.txt,",
    "cmdline.txt,",
    "hq.conf.bak,",
  })
  void whatMayBeAConfigurationIsKnownByItsName(String file, String name) {
    assertEquals(name, PcFile.name(file));
  }

  @Test
  void whatAnEditorLeavesGoes() throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.write("\uFEFF[Interface]\r\n# 本店\r\n".getBytes(Charset.forName("UTF-8")));
    file.write("MTU = 1420 # 本店\r\n".getBytes(Charset.forName("windows-31j")));
    file.write("Address = 10.9.0.2/32 \r\n\r\nDNS = 10.0.0.1".getBytes(Charset.forName("UTF-8")));
    assertEquals(
        "[Interface]\n# 本店\nMTU = 1420\nAddress = 10.9.0.2/32\n\nDNS = 10.0.0.1\n",
        PcFile.text(file.toByteArray()));
  }
}
