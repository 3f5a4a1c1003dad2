package dev.noren;

import dev.noren.plan.Layout;
import java.util.List;
import java.util.Set;

/** Looks whether lines lead to the internet, where there are two to choose from. */
interface LineWatch {
  /** The devices of lines whose health checks fail. */
  Set<String> sick();

  /** Which lines are watched from now on. */
  void watch(List<Layout.Line> lines);
}
