package dev.noren.image;

import dev.noren.street.PageUser;
import dev.noren.street.ShopStreet;
import java.util.regex.Pattern;

/** Who makes a new box his own, by what is on its screen and at a computer in the shop. */
final class BoxOwner {
  /** What a screen shows of a box that has no owner yet. */
  static final Pattern CODE = Pattern.compile("Set-up code / 設定コード: (\\S+)");

  private static final int ANSWER_SECONDS = 120;

  private BoxOwner() {}

  /** Waits until the box shows its code. */
  static String code(Box box) {
    return box.awaitSaid("a screen shows the set-up code", CODE).getFirst();
  }

  /** The owner, at the computer of the shop, of a box that has shown its code. */
  static PageUser claim(ShopStreet street, String code) {
    street.askForAddress(street.pc(), Box.ANSWER_SECONDS);
    PageUser owner = new PageUser(street.pc(), street.pc().gateway(), ANSWER_SECONDS);
    owner.claim(code);
    return owner;
  }

  /** Has the box take a wg-quick file for a tunnel; confirmed only later. */
  static void give(PageUser owner, String name, String conf) {
    owner.send(
        "/api/v1/tunnels",
        "{\"name\": \"%s\", \"conf\": \"%s\"}".formatted(name, conf.replace("\n", "\\n")));
  }
}
