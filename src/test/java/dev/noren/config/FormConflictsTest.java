package dev.noren.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.noren.config.Form.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** All ways of use in one document, and all that gets in each other's way named at once. */
class FormConflictsTest {
  @Test
  void allFiveGoTogether() throws ConfigException {
    RouterConfig config = RouterJson.read("x", Documents.FULL);
    assertEquals(
        Arrays.stream(Kind.values()).collect(Collectors.toSet()),
        config.forms().stream().map(Form::kind).collect(Collectors.toSet()));
  }

  /** A document that has any of it is none: there is nothing that could be applied. */
  @Test
  void eachConflictIsNamedWithBothItsPlaces() throws ConfigException {
    String document =
        Documents.changed(
            String.join(
                " ; ",
                // The bundle wants everything, as a tunnel does already.
                "forms[4].extent = \"full\"",
                // One port for two forms, one name, one key at the same far end.
                "forms[1].listenPort = 51830",
                "forms[3].name = \"cloud\"",
                "forms[2].privateKey = \"iI45ByZJxBRIoI/hNYfgjzYIHZY5SW5/YL/isAodhFA=\"",
                "forms[2].peers[0].publicKey = \"0QpE8vtEnO3MXOUQI7qBnVvdiXOPtdRZgm7RPKhu/no=\"",
                // Two ways to one network; as the bundle's is seen, another shop is.
                "forms[4].shop.subnets[0] = \"10.70.0.0/16\"",
                "forms[4].seenAs = \"10.64.2.0/24\"",
                // The desktops' network is the staff's, and so is a device's address in it.
                "forms[3].addresses[0] = \"10.21.0.254/24\"",
                "forms[3].devices[0].addresses[0] = \"10.21.0.2\"",
                // And two shops of one name.
                "forms[4].shop.name = \"Nara\""));
    assertEquals(
        List.of(
            "forms[1].listenPort: is the same as forms[0].listenPort: each may be given once",
            "forms[2].peers[0].publicKey: is as in forms[0].shops[0].publicKey, and the far end"
                + " can't tell two tunnels of the same privateKey apart: give one of them another",
            "forms[3].name: is the same as forms[2].name: each may be given once",
            "forms[3].devices[0].addresses[0]: is the same as forms[1].devices[0].addresses[0]:"
                + " each may be given once",
            "forms[4].seenAs: 10.64.2.0/24 overlaps forms[0].shops[1].seenAs[0], 10.64.2.0/24:"
                + " give one that is free in all shops",
            "forms[4].shop.name: is the same as forms[0].shops[1].name: each may be given once",
            "forms[4].shop.subnets[0]: is the same as forms[2].use.subnets[0]: each may be given"
                + " once",
            "forms[4].extent: is full as tunnels[1].use.mode is: only one tunnel can take"
                + " everything"),
        assertThrows(ConfigException.class, () -> RouterJson.read("x", document)).errors().stream()
            .map(ConfigError::toString)
            .map(error -> error.replaceFirst("^x(, |: )", ""))
            .toList());
  }
}
