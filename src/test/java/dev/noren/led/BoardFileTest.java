package dev.noren.led;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.led.Board.Button;
import dev.noren.led.Board.Driver;
import dev.noren.led.Board.Lamp;
import dev.noren.linux.GpioLineRequest.Pull;
import dev.noren.status.Signal.Form;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BoardFileTest {
  @Test
  void everythingThatThereCanBe() throws IOException {
    assertEquals(
        new Board(
            Form.THREE,
            List.of(
                new Lamp("status", new Driver.KernelClass("ACT")),
                new Lamp("internet", new Driver.Gpio("pinctrl-rp1", 27, true)),
                new Lamp("vpn", new Driver.PanelFile(Path.of("panel")))),
            new Button.Gpio("pinctrl-rp1", 23, true, Pull.UP),
            Path.of("/dev/watchdog")),
        BoardFile.parse(
            "x",
            """
            # A board
            form three
            lamp status    class ACT   # its own
            lamp internet  gpio pinctrl-rp1 27 active-low
            lamp vpn       panel panel

            button gpio pinctrl-rp1 23 active-low pull-up
            watchdog /dev/watchdog
            """));
    assertEquals(
        new Button.Key(408, "my gpio keys"),
        BoardFile.parse("x", "button key 408 my gpio keys").button());
    assertEquals(Board.NONE, BoardFile.parse("x", "# nothing\n"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "form two                        | x, line 1: form is three, one or rgb",
        "form                            | x, line 1: form takes three, one or rgb",
        "light status class ACT          | x, line 1: light is none of form, lamp, button and"
            + " watchdog",
        "lamp status class a/b           | x, line 1: class takes the LED's name in"
            + " /sys/class/leds",
        "lamp status class ..            | x, line 1: class takes the LED's name in"
            + " /sys/class/leds",
        "lamp status gpio c              | x, line 1: gpio takes a chip's label, a line, and"
            + " active-low where that is so",
        "lamp status gpio c 70000        | x, line 1: 70000 is no number of 0 to 65535",
        "lamp status gpio c -1           | x, line 1: -1 is no number of 0 to 65535",
        "lamp status neon                | x, line 1: neon is none of class, gpio and panel",
        "watchdog                        | x, line 1: watchdog takes a device, as in /dev/watchdog",
        "form one                        | x: its lamps are none, and its form asks for status in"
            + " this order",
        "lamp status class ACT           | x: its lamps are status, and its form asks for none in"
            + " this order",
        "button gpio c                   | x, line 1: button takes gpio, a chip's label and a line,"
            + " with active-low, pull-up or pull-down; or key, its number and the input device's"
            + " name",
      })
  void whatIsWrongIsToldWithItsLine(String text, String message) {
    assertEquals(
        message, assertThrows(IOException.class, () -> BoardFile.parse("x", text)).getMessage());
  }

  @Test
  void nothingIsThereTwice() {
    for (String line :
        List.of("form one", "lamp a class A", "button key 1 a", "watchdog /dev/watchdog")) {
      String message =
          assertThrows(IOException.class, () -> BoardFile.parse("x", line + "\n" + line))
              .getMessage();
      assertTrue(message.startsWith("x, line 2: ") && message.endsWith("is there twice"), message);
    }
  }

  /** Each file of the repository's boards. */
  @Test
  void theBoardsThatAreThereCanBeRead() throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(Path.of("board"))) {
      files = all.filter(f -> f.getFileName().toString().startsWith("lights")).toList();
    }
    assertTrue(files.size() >= 6, "" + files);
    for (Path file : files) {
      Board board = BoardFile.read(file);
      assertFalse(board.lamps().isEmpty(), file.toString());
      assertEquals(file.startsWith("board/demo"), board.watchdog() == null, file.toString());
    }
  }
}
