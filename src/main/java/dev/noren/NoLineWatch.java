package dev.noren;

import dev.noren.plan.Layout;
import java.util.List;
import java.util.Set;

final class NoLineWatch implements LineWatch {
  @Override
  public Set<String> sick() {
    return Set.of();
  }

  @Override
  public void watch(List<Layout.Line> lines) {}
}
