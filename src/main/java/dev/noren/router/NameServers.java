package dev.noren.router;

import dev.noren.net.Endpoint;
import dev.noren.net.IpAddress;
import dev.noren.plan.Marks;
import dev.noren.probe.NameQuery;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.List;

/** Asks the line's name servers, with the mark that leads past all tunnels. */
final class NameServers implements FarNames.Asker {
  private final SecureRandom random = new SecureRandom();

  @Override
  public FarNames.Answer ask(String host, List<IpAddress> servers) throws IOException {
    List<Endpoint> asked =
        servers.stream().map(server -> Endpoint.of(server, NameQuery.PORT)).toList();
    NameQuery.Found found =
        new NameQuery(asked, Marks.OUTER, NameQuery.USUAL_TIME, random)
            .ask(host.endsWith(".") ? host.substring(0, host.length() - 1) : host);
    return new FarNames.Answer(found.addresses(), found.seconds());
  }
}
