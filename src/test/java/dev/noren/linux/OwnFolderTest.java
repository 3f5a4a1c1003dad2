package dev.noren.linux;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnFolderTest {
  private static final int NOBODY = 65_534;
  private static final String ANOTHERS =
      " belongs to another user: chown it, or name another folder with --state";

  @TempDir Path temporary;
  private Path home;
  private Path state;

  @BeforeEach
  void make() throws IOException {
    home = temporary.resolve("home");
    state = home.resolve("noren/state");
    Files.createDirectories(state);
  }

  @Test
  void takesOneThatNobodyElseCanChange() {
    assertDoesNotThrow(() -> OwnFolder.check(state));
  }

  /** Whoever owns a folder can put another one in the place of any that lies in it. */
  @ParameterizedTest
  @ValueSource(strings = {"", "noren", "noren/state"})
  void refusesOneOnWhoseWayAnotherUserHasAFolder(String inside) throws IOException {
    assumeRoot();
    Path path = home.resolve(inside);
    Files.setAttribute(path, "unix:uid", NOBODY);
    assertRefused(path + ANOTHERS, state);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rwxrwxr-x", "rwxr-xrwx"})
  void refusesOneOnWhoseWayOthersMayWrite(String permissions) throws IOException {
    for (Path path : new Path[] {home, home.resolve("noren"), state}) {
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
      assertRefused(
          path + " can be written to by others, and keys are in it: chmod go-w " + path, state);
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
    }
  }

  /** As in /tmp, where nobody can take away what is another's. */
  @Test
  void takesOneBelowAFolderWhereEachKeepsWhatIsHis() throws IOException {
    Files.setAttribute(home, "unix:mode", 01777);
    assertDoesNotThrow(() -> OwnFolder.check(state));
    Files.setAttribute(state, "unix:mode", 01777);
    assertRefused(
        state + " can be written to by others, and keys are in it: chmod go-w " + state, state);
  }

  /** Such a link may lead elsewhere at any time. */
  @Test
  void refusesALinkOfAnotherUser() throws IOException {
    assumeRoot();
    Path link = Files.createSymbolicLink(temporary.resolve("link"), home);
    assertDoesNotThrow(() -> OwnFolder.check(link.resolve("noren/state")));
    Files.setAttribute(link, "unix:uid", NOBODY, LinkOption.NOFOLLOW_LINKS);
    assertRefused(link + ANOTHERS, link.resolve("noren/state"));
  }

  @Test
  void followsALinkToWhereItLeads() throws IOException {
    assumeRoot();
    Path link = Files.createSymbolicLink(temporary.resolve("link"), state);
    Files.setAttribute(home, "unix:uid", NOBODY);
    assertRefused(home + ANOTHERS, link);
  }

  private static void assumeRoot() {
    assumeTrue("root".equals(System.getProperty("user.name")));
  }

  private static void assertRefused(String sentence, Path folder) {
    assertEquals(
        sentence, assertThrows(IOException.class, () -> OwnFolder.check(folder)).getMessage());
  }
}
