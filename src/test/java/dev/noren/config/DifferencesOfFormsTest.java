package dev.noren.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.text.Language;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A form that becomes one of another kind has lists and objects that the first one had not. */
class DifferencesOfFormsTest {
  private static final String SECRET = "8LJoQYFd7vM8pgBqCB/K56Sqn/ZyLdOMNGetzr9wekE=";

  private static RouterConfig config(String kind, String more) throws ConfigException {
    return RouterJson.read(
        "forms",
        """
        {"schema": 1, "forms": [{"kind": "%s", "name": "staff",
          "privateKey": "yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk=",
          "addresses": ["10.8.0.1/24"]%s}]}
        """
            .formatted(kind, more));
  }

  @Test
  void listsAndObjectsComeAndGoWithoutASecret() throws ConfigException {
    RouterConfig remote = config("remote", "");
    RouterConfig vdi =
        config(
            "vdi",
            ", \"desks\": [{\"name\": \"desk\", \"host\": \"10.1.1.1\","
                + " \"services\": [\"tcp/3389\"]}]");
    RouterConfig bundle =
        config(
            "router",
            ", \"shop\": {\"name\": \"Kobe\", \"presharedKey\": \""
                + SECRET
                + "\", \"publicKey\": \"xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg=\","
                + " \"subnets\": [\"10.52.0.0/16\"]}");
    assertTrue(Differences.summary(remote, vdi).contains("desks[0]"));
    assertTrue(Differences.summary(vdi, remote).contains("desks[0]"));
    for (String told :
        new String[] {
          Differences.between(remote, bundle).toString(),
          Differences.between(bundle, remote).toString()
        }) {
      assertTrue(told.contains("shop"), told);
      assertFalse(told.contains(SECRET), told);
    }
  }

  /** What a shop's owner reads: names and plain words, and no path. */
  @Test
  void aPersonReadsWhatIsDifferentInWords() throws ConfigException {
    RouterConfig full = RouterJson.read("full.json", Documents.FULL);
    String path = "forms[1].devices[0]";
    RouterConfig lost = RouterEdit.set(full, path + ".lost", "true");
    assertEquals(
        List.of("端末「" + full.forms().get(1).devices().getFirst().name() + "」の紛失: オフ → オン"),
        said(full, lost));
    RouterConfig none = RouterEdit.set(full, "dns.upstream", "[]");
    assertEquals(List.of("問い合わせ先のネームサーバー: 198.51.100.53、2001:db8::53 → なし"), said(full, none));
  }

  private static List<String> said(RouterConfig before, RouterConfig after) {
    return Differences.between(before, after).stream()
        .map(each -> each.says().in(Language.JAPANESE))
        .toList();
  }
}
