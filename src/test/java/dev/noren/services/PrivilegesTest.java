package dev.noren.services;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class PrivilegesTest {
  private static final String ALL = "0000000000003400";
  private static final String NONE = "0000000000000000";

  private static String status(int uid, String effective, String ambient) {
    return "Name:\tjava\nUid:\t1\t%d\t1\t1\nCapEff:\t%s\nCapBnd:\t000001ffffffffff\nCapAmb:\t%s\n"
        .formatted(uid, effective, ambient);
  }

  private static String refusal(String status) {
    return assertThrows(IOException.class, () -> Privileges.check(status)).getMessage();
  }

  @Test
  void rootAndAmbientWillDo() {
    assertDoesNotThrow(() -> Privileges.check(status(0, "000001ffffffffff", NONE)));
    assertDoesNotThrow(() -> Privileges.check(status(990, ALL, ALL)));
  }

  @Test
  void saysWhichAreMissing() {
    assertTrue(
        refusal(status(990, NONE, NONE))
            .startsWith(
                "the router needs CAP_NET_BIND_SERVICE and CAP_NET_ADMIN and CAP_NET_RAW:"));
    assertTrue(
        refusal(status(990, "0000000000001400", NONE)).startsWith("the router needs CAP_NET_RAW:"));
    assertTrue(
        refusal(status(0, "0000000000003000", NONE))
            .startsWith("the router needs CAP_NET_BIND_SERVICE:"),
        "root in a container that was given less");
  }

  @Test
  void saysThatTheyMustBeHandedOn() {
    assertTrue(
        refusal(status(990, ALL, "0000000000002400"))
            .startsWith("the router has CAP_NET_ADMIN, but not as ambient ones"));
  }

  @Test
  void aTextThatSaysNothingIsNotTakenForAll() {
    assertEquals(
        "/proc/thread-self/status does not say what this process may do", refusal("Name:\tjava\n"));
  }
}
