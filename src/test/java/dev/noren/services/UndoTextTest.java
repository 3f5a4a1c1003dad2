package dev.noren.services;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.noren.plan.Action;
import dev.noren.plan.Undo;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UndoTextTest {
  @Property(tries = 300)
  void everyUndoIsOneLineAndComesBack(
      @ForAll @Size(min = 1, max = 5) List<String> words, @ForAll String stdin) {
    for (Action action :
        List.of(new Action.Command(words, stdin), new Action.Hook(stdin), new Action.ResetDns())) {
      for (Undo.Scope scope : Undo.Scope.values()) {
        Undo undo = new Undo(action, scope);
        String line = UndoText.write(undo);
        assertFalse(line.contains("\n"));
        assertEquals(undo, UndoText.read(line));
      }
    }
  }

  @Test
  void looksLikeThis() {
    Undo undo = new Undo(new Action.Command(List.of("ip", "a\tb"), "x\\\n"), Undo.Scope.MACHINE);
    assertEquals("MACHINE\tcommand\tx\\\\\\n\tip\ta\\tb", UndoText.write(undo));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "MACHINE",
        "MACHINE\tcommand\t",
        "NONE\treset-dns",
        "MACHINE\tset-dns",
        "x\ty"
      })
  void refusesOtherLines(String line) {
    assertThrows(IllegalArgumentException.class, () -> UndoText.read(line));
  }
}
