package dev.noren.crypto;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;

/** The way to methods that the JDK keeps to itself, and what to say where there is none. */
final class JdkInternals {
  private JdkInternals() {}

  /** A look-up that may do as if it were code of the class. */
  interface Finder<T> {
    T find(Lookup inside) throws ReflectiveOperationException;
  }

  /**
   * Finds something inside a class of {@code java.base}.
   *
   * @throws TierUnavailableException when there is no such class or member, or the JDK was not told
   *     to open its package to us
   */
  static <T> T find(String className, Finder<T> finder) throws TierUnavailableException {
    Class<?> owner;
    try {
      owner = Class.forName(className, false, null);
    } catch (ClassNotFoundException | LinkageError e) {
      throw new TierUnavailableException("this Java has no " + className, e);
    }
    try {
      return finder.find(MethodHandles.privateLookupIn(owner, MethodHandles.lookup()));
    } catch (IllegalAccessException e) {
      throw closed(owner, e);
    } catch (ReflectiveOperationException | LinkageError e) {
      throw new TierUnavailableException(
          "the " + className + " of this Java is another one than is known: " + e.getMessage(), e);
    }
  }

  private static TierUnavailableException closed(Class<?> owner, IllegalAccessException e) {
    return new TierUnavailableException(
        "this Java was not told to open "
            + owner.getPackageName()
            + ": start Noren with java -jar noren.jar, or give Java --add-opens java.base/"
            + owner.getPackageName()
            + "=ALL-UNNAMED",
        e);
  }

  /** What a method of the JDK threw, which none of them declares to do. */
  static IllegalStateException failed(String what, Throwable e) {
    if (e instanceof Error error) {
      throw error;
    }
    return new IllegalStateException("the JDK's " + what + " failed on a packet", e);
  }
}
