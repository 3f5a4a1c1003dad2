package dev.noren.forms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.config.Form;
import dev.noren.config.RouterJson;
import dev.noren.config.TunnelConfig;
import dev.noren.config.WgQuickFile;
import dev.noren.net.Cidr;
import org.junit.jupiter.api.Test;

class FarEndTextTest {
  private static final String KEY = "yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk=";

  private static Form form(String more, String shopMore) throws Exception {
    return RouterJson.read(
            "test",
            """
            {"schema": 1, "lan": {"address": "10.23.45.1/24"},
             "forms": [{"kind": "site", "name": "shops", %s
               "privateKey": "%s", "listenPort": 51820, "mtu": 1380,
               "addresses": ["10.20.0.1/24"],
               "endpoints": ["[2001:db8::7]:51820", "shop.example:51820"],
               "shops": [
                 {"name": "Osaka", "subnets": ["10.50.0.0/16"], %s
                  "publicKey": "xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg="},
                 {"name": "Nara", "subnets": ["10.51.0.0/16"],
                  "publicKey": "TrMvSoP4jYQlY6RIzBgbssQqY3vxI2Pi+y71lOWWXX0="}]}]}
            """
                .formatted(more, KEY, shopMore))
        .forms()
        .getFirst();
  }

  private static FarEndText text(Form form, String lan) {
    return FarEndText.of(form, form.shops().getFirst(), lan == null ? null : Cidr.parse(lan));
  }

  @Test
  void theWholeFileLacksOnlyThePrivateKey() throws Exception {
    Form form =
        form(
            "\"exchange\": true,",
            "\"address\": \"10.20.0.2\","
                + " \"presharedKey\": \"8LJoQYFd7vM8pgBqCB/K56Sqn/ZyLdOMNGetzr9wekE=\",");
    String file = text(form, "10.23.45.1/24").file();
    assertEquals(
        """
        # For Osaka, to be joined with this shop.
        [Interface]
        # Put the private key here whose public key is xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg=
        # PrivateKey = (private key)
        Address = 10.20.0.2/24
        MTU = 1380

        [Peer]
        PublicKey = %s
        PresharedKey = 8LJoQYFd7vM8pgBqCB/K56Sqn/ZyLdOMNGetzr9wekE=
        AllowedIPs = 10.20.0.1/32, 10.23.45.0/24, 10.51.0.0/16
        Endpoint = [2001:db8::7]:51820
        # or Endpoint = shop.example:51820
        PersistentKeepalive = 25
        """
            .formatted(form.gateway().privateKey().publicKey()),
        file);
    TunnelConfig read =
        WgQuickFile.parse("osaka.conf", file.replace("# PrivateKey = (private key)", own()));
    assertEquals(3, read.peers().getFirst().allowedIps().size());
    assertFalse(file.contains(KEY));
  }

  private static String own() {
    return "PrivateKey = eCMBNwkEIgbYNOuUmqrcTnlNyJqbRMsCU1Kfwx1JlHo=";
  }

  @Test
  void theCommandShowsNoSecret() throws Exception {
    Form form =
        form(
            "\"seenAs\": \"10.64.1.0/24\",",
            "\"endpoint\": \"osaka.example:51821\","
                + " \"presharedKey\": \"8LJoQYFd7vM8pgBqCB/K56Sqn/ZyLdOMNGetzr9wekE=\",");
    FarEndText text = text(form, null);
    assertEquals(
        "wg set wg0 peer "
            + form.gateway().privateKey().publicKey()
            + " preshared-key FILE allowed-ips 10.20.0.1/32,10.64.1.0/24"
            + " endpoint [2001:db8::7]:51820\n",
        text.command("wg0"));
    assertTrue(text.file().contains("ListenPort = 51821\n"), text.file());
    assertTrue(text.file().contains("# Address = (address)\n"), text.file());
  }

  @Test
  void aNetworkThatNobodyNamedHasToBeGiven() throws Exception {
    Form form = form("", "");
    assertThrows(IllegalArgumentException.class, () -> text(form, null));
  }
}
