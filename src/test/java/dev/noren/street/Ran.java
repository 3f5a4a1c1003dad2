package dev.noren.street;

import java.util.List;

/** A command that has ended: its exit code (128 + signal when killed) and what it said. */
public record Ran(List<String> command, int exit, String out, String err) {
  /** Returns standard output if the command went well, else fails with all that it said. */
  public String must() {
    if (exit != 0) {
      throw new AssertionError("The command failed. " + this);
    }
    return out;
  }

  /** Whether the exit code was 0. */
  public boolean ok() {
    return exit == 0;
  }

  /** Both outputs, for messages and searches. */
  public String said() {
    return out + err;
  }

  @Override
  public String toString() {
    return "`%s` exited %d, said: %s%s"
        .formatted(
            String.join(" ", command), exit, out.strip(), err.isBlank() ? "" : " | " + err.strip());
  }
}
