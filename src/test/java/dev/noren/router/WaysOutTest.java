package dev.noren.router;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.noren.config.RouterConfig.Role;
import dev.noren.net.Cidr;
import dev.noren.net.IpAddress;
import dev.noren.plan.Layout;
import dev.noren.plan.Layout.Lan;
import dev.noren.plan.Layout.Line;
import dev.noren.plan.Marks;
import dev.noren.plan.RouterFacts.Lease;
import dev.noren.router.WaysOut.Way;
import java.util.List;
import org.junit.jupiter.api.Test;

class WaysOutTest {
  private static final IpAddress DNS = IpAddress.parse("198.18.0.53");

  private static Line line(int number, String address, boolean healthy) {
    Lease lease =
        address == null
            ? null
            : new Lease(
                Cidr.parse(address), IpAddress.parse("100.64.7.1"), List.of(DNS), null, 0, null);
    return new Line(number, null, "eth" + number, "eth" + number, lease, healthy);
  }

  private static Layout layout(Lan lan, Line... lines) {
    return new Layout(Role.ROUTER, true, List.of(lines), lan, List.of());
  }

  /** First as all that is the box's own, then by each line, the one that works first. */
  @Test
  void eachLineIsAWayTheBestFirst() {
    Lan lan = new Lan("br0", List.of(), Cidr.parse("10.1.2.1/24"), null, null, null);
    assertEquals(
        List.of(
            new Way(0, 0, List.of(IpAddress.parse("10.1.2.1"))),
            new Way(Marks.ofLine(1), Marks.OUTER, List.of(DNS)),
            new Way(Marks.ofLine(0), null, List.of(DNS))),
        WaysOut.of(
            layout(
                lan,
                line(0, "100.64.7.2/24", false),
                line(1, "100.64.8.2/24", true),
                line(2, null, false))));
  }

  @Test
  void withoutALineThereIsOnlyTheOrdinaryWay() {
    assertEquals(List.of(new Way(0, 0, List.of())), WaysOut.of(layout(null)));
  }
}
