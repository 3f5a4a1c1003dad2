package dev.noren.interop;

import dev.noren.street.Ends;
import dev.noren.street.TwoShops;
import dev.noren.street.WgEnd;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;

/**
 * A class of tests with one tunnel between two shops, once for each pair of makers. The processes
 * live through the class; each test begins with both ends new to each other.
 */
@ParameterizedClass(name = "{0}")
abstract class ShopsTest {
  private static TwoShops open;

  /** Adds what the ends said to the failure of a test. */
  @RegisterExtension
  static final TestExecutionExceptionHandler WITNESS =
      (context, failure) -> {
        failure.addSuppressed(new AssertionError(open.said()));
        throw failure;
      };

  @Parameter Ends ends;

  TwoShops shops;
  WgEnd left;
  WgEnd right;

  @BeforeParameterizedClassInvocation
  static void open(Ends ends) {
    open = TwoShops.open(ends);
  }

  @AfterParameterizedClassInvocation
  static void close() {
    if (open != null) {
      open.close();
    }
  }

  @BeforeEach
  void meet() {
    shops = open;
    left = open.left();
    right = open.right();
    shops.part();
    shops.meet();
  }
}
