package dev.noren.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.File;
import java.io.IOException;
import java.lang.invoke.MethodType;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.bouncycastle.crypto.modes.ChaCha20Poly1305;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Where the direct tiers are, where they are not, and what they leave behind. */
class DirectTierTest {
  /** A JDK that has the methods must not lose the tier because a flag or a name is wrong. */
  @Test
  void isThereWhereTheJdkHasIt() {
    if (has("com.sun.crypto.provider.ChaCha20Cipher", "implChaCha20Block")) {
      assertNull(JdkChaCha20.PROBLEM);
      if (has("com.sun.crypto.provider.Poly1305", "processMultipleBlocks")) {
        assertNull(JdkPoly1305.PROBLEM);
      }
    } else {
      assertThrows(TierUnavailableException.class, AeadTier.DIRECT::create);
      assertThrows(TierUnavailableException.class, AeadTier.OWN_POLY1305::create);
    }
  }

  private static boolean has(String className, String method) {
    try {
      return Arrays.stream(Class.forName(className).getDeclaredMethods())
          .anyMatch(m -> m.getName().equals(method));
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  @Test
  void aMissingClassOrMethodIsToldAndNoCrash() {
    TierUnavailableException e =
        assertThrows(
            TierUnavailableException.class,
            () -> JdkChaCha20.find("com.sun.crypto.provider.NoSuchCipher"));
    assertEquals("this Java has no com.sun.crypto.provider.NoSuchCipher", e.getMessage());
    e = assertThrows(TierUnavailableException.class, () -> JdkChaCha20.find("java.util.ArrayList"));
    assertTrue(e.getMessage().contains("java.util"), e.getMessage());
    // A class of an open package, but without the method.
    Assumptions.assumeTrue(JdkChaCha20.PROBLEM == null);
    e =
        assertThrows(
            TierUnavailableException.class,
            () -> JdkChaCha20.find("com.sun.crypto.provider.SunJCE"));
    assertTrue(e.getMessage().contains("is another one than is known"), e.getMessage());
    assertThrows(
        TierUnavailableException.class,
        () ->
            JdkInternals.find(
                "com.sun.crypto.provider.ChaCha20Cipher",
                inside ->
                    inside.findStatic(
                        inside.lookupClass(),
                        "implChaCha20Block",
                        MethodType.methodType(void.class, int[].class))));
  }

  /** What a tunnel does whose Java was not told to open the packages. */
  @Test
  void aJavaThatKeepsItsPackagesClosedFallsBackWithAReason() throws Exception {
    List<String> lines = javaWithoutFlags(ClosedPackages.class);
    assertEquals(3, lines.size(), lines.toString());
    for (int i = 0; i < 2; i++) {
      assertEquals(
          "this Java was not told to open com.sun.crypto.provider: start Noren with java -jar"
              + " noren.jar, or give Java"
              + " --add-opens java.base/com.sun.crypto.provider=ALL-UNNAMED",
          lines.get(i));
    }
    assertEquals("cipher", lines.get(2));
  }

  /** Prints why the direct tiers can't be used, and what is chosen without them. */
  static final class ClosedPackages {
    private ClosedPackages() {}

    public static void main(String[] args) {
      TransportAeads aeads = TransportAeads.start();
      aeads.improve(new TierTrial(AeadTier::create, new Random(1), () -> 0, TierTrialTest.SHORT));
      aeads.report().rows().stream()
          .map(TierReport.Row::problem)
          .filter(problem -> problem != null)
          .forEach(System.out::println);
      System.out.println(aeads.lane().aead().getClass() == CipherAead.class ? "cipher" : "?");
    }
  }

  private static List<String> javaWithoutFlags(Class<?> main) throws Exception {
    List<String> places = new ArrayList<>();
    for (Class<?> type : List.of(main, DirectAead.class, ChaCha20Poly1305.class)) {
      places.add(
          Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString());
    }
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                String.join(File.pathSeparator, places),
                main.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      return output(process);
    } finally {
      process.destroyForcibly();
    }
  }

  private static List<String> output(Process process) throws IOException, InterruptedException {
    List<String> lines =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .toList();
    assertEquals(0, process.waitFor());
    return lines;
  }

  /** After a packet, whatever became of it, no field and no array holds more than it did new. */
  @ParameterizedTest
  @EnumSource(names = {"DIRECT", "OWN_POLY1305"})
  void nothingOfAKeyIsLeft(AeadTier tier) throws Exception {
    Assumptions.assumeTrue(JdkChaCha20.PROBLEM == null && JdkPoly1305.PROBLEM == null);
    TransportAead aead = tier.create();
    String fresh = secrets(aead);
    byte[] keyBytes = new byte[32];
    new Random(5).nextBytes(keyBytes);
    TransportKey key = TransportKey.of(keyBytes);
    byte[] plain = new byte[1420];
    byte[] sealed = new byte[1436];
    byte[] opened = new byte[1436];
    // Enough to be compiled on the way.
    for (int i = 0; i < 20_000; i++) {
      int length = i % 1420;
      aead.seal(key, i, plain, 0, length, sealed, 0);
      check(aead, fresh, i);
      assertEquals(length, aead.open(key, i, sealed, 0, length + 16, opened, 0));
      check(aead, fresh, i);
      assertEquals(-1, aead.open(key, i + 1, sealed, 0, length + 16, opened, 0));
      check(aead, fresh, i);
    }
    assertThrows(
        IndexOutOfBoundsException.class,
        () -> aead.seal(key, 1, plain, 0, 1420, new byte[1420], 0));
    assertThrows(NullPointerException.class, () -> aead.seal(key, 1, null, 0, 1, sealed, 0));
    key.wipe();
    aead.seal(key, 1, plain, 0, 1420, sealed, 0);
    assertEquals(fresh, secrets(aead));
  }

  private static void check(TransportAead aead, String fresh, int turn)
      throws IllegalAccessException {
    if (turn < 50 || turn % 1000 == 999) {
      assertEquals(fresh, secrets(aead), "turn " + turn);
    }
  }

  /** All numbers in an object of ours, but the MAC's copy of the ciphertext's last bytes. */
  private static String secrets(Object object) throws IllegalAccessException {
    StringBuilder text = new StringBuilder();
    for (Class<?> type = object.getClass(); type != Object.class; type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        if (Modifier.isStatic(field.getModifiers()) || field.getName().equals("tail")) {
          continue;
        }
        field.setAccessible(true);
        Object value = field.get(object);
        text.append(field.getName()).append(' ');
        text.append(
            switch (value) {
              case byte[] bytes -> Arrays.toString(bytes);
              case int[] ints -> Arrays.toString(ints);
              case long[] longs -> Arrays.toString(longs);
              case Long number -> number;
              case Poly1305 mac -> secrets(mac);
              default -> "";
            });
      }
    }
    return text.toString();
  }

  /** Of the other direct tier this is true once it is compiled to the processor's vector code. */
  @Test
  void aPacketAllocatesNothing() throws Exception {
    Assumptions.assumeTrue(JdkChaCha20.PROBLEM == null);
    TransportAead aead = AeadTier.OWN_POLY1305.create();
    TransportKey key = TransportKey.of(new byte[32]);
    byte[] packet = new byte[1436];
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    int packets = 5000;
    long allocated = Long.MAX_VALUE;
    for (int round = 0; round < 2; round++) { // the first loads classes
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < packets; i++) {
        aead.seal(key, i, packet, 0, 1420, packet, 0);
        assertEquals(1420, aead.open(key, i, packet, 0, 1436, packet, 0));
        aead.open(key, i, packet, 0, 1436, packet, 0);
      }
      allocated = threads.getCurrentThreadAllocatedBytes() - before;
    }
    assertTrue(allocated < packets, allocated + " bytes for " + packets + " packets");
  }

  /** The test of what is left would see it. */
  @Test
  void whatIsNotWipedWouldBeSeen() throws Exception {
    Poly1305 mac = new OwnPoly1305();
    String fresh = secrets(mac);
    byte[] key = new byte[32];
    Arrays.fill(key, (byte) 7);
    mac.start(key, 0);
    mac.compute(key, 0, 32);
    assertNotEquals(fresh, secrets(mac));
    mac.wipe();
    assertEquals(fresh, secrets(mac));
  }
}
