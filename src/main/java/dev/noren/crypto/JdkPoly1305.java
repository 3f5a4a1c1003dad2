package dev.noren.crypto;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.security.Key;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Arrays;
import java.util.Objects;
import javax.crypto.spec.SecretKeySpec;

/**
 * The JDK's Poly1305, which HotSpot replaces by vector code once it compiles the caller, if the
 * processor has what that needs.
 *
 * <p>The vector code works on the two arrays it is given; code that is not compiled works on the
 * object's own numbers instead. Both do the same here, since the arrays given are those numbers: a,
 * the sum, and r, each as five limbs of 26 bits.
 */
final class JdkPoly1305 extends Poly1305 {
  private static final String OWNER = "com.sun.crypto.provider.Poly1305";
  private static final int LIMBS = 5;
  private static final int LIMB_BITS = 26;
  private static final long LIMB_MASK = (1L << LIMB_BITS) - 1;

  /** Why it can't be used, a sentence; or null if it can. */
  static final String PROBLEM;

  /** A constant to the compiler, so that the call is inlined. */
  private static final MethodHandle BLOCKS;

  private static final Maker MAKER;

  /** How to make the JDK's object. */
  private record Maker(MethodHandle make, MethodHandle init, MethodHandle a, MethodHandle r) {}

  static {
    MethodHandle blocks = null;
    Maker maker = null;
    String problem = null;
    try {
      blocks = JdkInternals.find(OWNER, JdkPoly1305::blocksMethod);
      maker = JdkInternals.find(OWNER, JdkPoly1305::maker);
      new JdkPoly1305(maker);
    } catch (TierUnavailableException e) {
      problem = e.getMessage();
    }
    BLOCKS = blocks;
    MAKER = maker;
    PROBLEM = problem;
  }

  private final Object jdk;
  private final long[] a;
  private final long[] r;

  /**
   * A new one.
   *
   * @throws TierUnavailableException as {@link #PROBLEM} says
   */
  JdkPoly1305() throws TierUnavailableException {
    this(usableMaker());
  }

  private JdkPoly1305(Maker maker) throws TierUnavailableException {
    try {
      jdk = maker.make.invoke();
      // The key that an object needs once; each packet's own goes into the limbs.
      byte[] anyKey = new byte[32];
      Arrays.fill(anyKey, (byte) 1);
      maker.init.invoke(jdk, new SecretKeySpec(anyKey, "Poly1305"), null);
      a = limbs(maker.a.invoke(jdk));
      r = limbs(maker.r.invoke(jdk));
    } catch (TierUnavailableException e) {
      throw e;
    } catch (Throwable e) {
      if (e instanceof VirtualMachineError error) {
        throw error;
      }
      throw new TierUnavailableException("the " + OWNER + " of this Java can't be set up", e);
    }
    wipe();
  }

  private static Maker usableMaker() throws TierUnavailableException {
    if (PROBLEM != null) {
      throw new TierUnavailableException(PROBLEM);
    }
    return MAKER;
  }

  private static MethodHandle blocksMethod(Lookup inside) throws ReflectiveOperationException {
    return inside
        .findVirtual(
            inside.lookupClass(),
            "processMultipleBlocks",
            MethodType.methodType(
                void.class, byte[].class, int.class, int.class, long[].class, long[].class))
        .asType(
            MethodType.methodType(
                void.class,
                Object.class,
                byte[].class,
                int.class,
                int.class,
                long[].class,
                long[].class));
  }

  private static Maker maker(Lookup inside) throws ReflectiveOperationException {
    Class<?> owner = inside.lookupClass();
    return new Maker(
        inside.findConstructor(owner, MethodType.methodType(void.class)),
        inside.findVirtual(
            owner,
            "engineInit",
            MethodType.methodType(void.class, Key.class, AlgorithmParameterSpec.class)),
        inside.unreflectGetter(owner.getDeclaredField("a")),
        inside.unreflectGetter(owner.getDeclaredField("r")));
  }

  /** The array in which a number keeps its limbs, not a copy. */
  private static long[] limbs(Object number) throws Throwable {
    MethodHandle getLimbs =
        JdkInternals.find(
            "sun.security.util.math.IntegerModuloP",
            inside ->
                inside.findVirtual(
                    inside.lookupClass(), "getLimbs", MethodType.methodType(long[].class)));
    long[] limbs = (long[]) getLimbs.invoke(number);
    if (limbs.length != LIMBS) {
      throw new TierUnavailableException(
          "the " + OWNER + " of this Java counts in " + limbs.length + " limbs, not in five");
    }
    return limbs;
  }

  @Override
  void begin(long rLow, long rHigh) {
    Arrays.fill(a, 0);
    r[0] = rLow & LIMB_MASK;
    r[1] = (rLow >>> 26) & LIMB_MASK;
    r[2] = (rLow >>> 52 | rHigh << 12) & LIMB_MASK;
    r[3] = (rHigh >>> 14) & LIMB_MASK;
    r[4] = rHigh >>> 40;
  }

  @Override
  void blocks(byte[] in, int offset, int length) {
    if (length == 0) {
      return;
    }
    Objects.checkFromIndexSize(offset, length, in.length); // the vector code does not look
    try {
      BLOCKS.invokeExact(jdk, in, offset, length, a, r);
    } catch (Throwable e) {
      throw JdkInternals.failed("Poly1305", e);
    }
  }

  /** Limbs may be negative or too large by now: an arithmetic shift carries either. */
  @Override
  void end() {
    long l0 = a[0];
    long l1 = a[1];
    long l2 = a[2];
    long l3 = a[3];
    long l4 = a[4];
    for (int pass = 0; pass < 3; pass++) {
      l1 += l0 >> LIMB_BITS;
      l2 += l1 >> LIMB_BITS;
      l3 += l2 >> LIMB_BITS;
      l4 += l3 >> LIMB_BITS;
      l0 = (l0 & LIMB_MASK) + 5 * (l4 >> LIMB_BITS);
      l1 &= LIMB_MASK;
      l2 &= LIMB_MASK;
      l3 &= LIMB_MASK;
      l4 &= LIMB_MASK;
    }
    sum(l0 | l1 << 26 | l2 << 52, l2 >>> 12 | l3 << 14 | l4 << 40, l4 >>> 24);
  }

  @Override
  void wipe() {
    super.wipe();
    begin(0, 0);
  }
}
