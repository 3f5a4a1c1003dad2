package dev.noren.doctor;

import dev.noren.net.IpAddress;
import java.util.List;

/**
 * What came of asking over the line in use.
 *
 * @param gateway the line's next router, or null where it has none
 * @param gatewayAnswers whether it answers echoes, or null where it was not asked
 * @param servers the name servers that were asked
 * @param namesAnswer whether one of them answers, or null where none was asked
 * @param web what a page that is known came as
 * @param portal where another page came from instead, or null
 * @param clockOffSeconds by how much this box's clock is before the web server's; negative behind;
 *     null where that is not known
 */
public record Outside(
    IpAddress gateway,
    Boolean gatewayAnswers,
    List<IpAddress> servers,
    Boolean namesAnswer,
    Web web,
    String portal,
    Long clockOffSeconds) {
  /** How a page comes whose content is known. */
  public enum Web {
    /** It was not asked for, or could not be. */
    UNASKED,
    /** As it is. */
    OPEN,
    /** As another one: somebody is in between. */
    PORTAL,
    /** Not at all. */
    SILENT
  }

  /** Nothing was asked. */
  public static final Outside UNASKED =
      new Outside(null, null, List.of(), null, Web.UNASKED, null, null);

  public Outside {
    servers = List.copyOf(servers);
  }
}
