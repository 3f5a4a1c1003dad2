package dev.noren.cli;

/** A terminal at a fake host. */
final class Shell extends Terminal {
  final FakeHost host = new FakeHost();

  int run(String... args) {
    return run(host, args);
  }
}
