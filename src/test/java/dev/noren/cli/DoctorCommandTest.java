package dev.noren.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noren.control.RecordJson;
import dev.noren.doctor.Diagnoses;
import dev.noren.doctor.Diagnosis;
import dev.noren.status.Statuses;
import java.util.List;
import org.junit.jupiter.api.Test;

class DoctorCommandTest {
  private final Shell shell = new Shell();

  @Test
  void aPersonReadsWhatIsWrongAndWhatToDo() {
    shell.host.diagnosis = Diagnoses.FAR_SILENT;
    assertEquals(Exit.DONE, shell.run("doctor", "--state", "/s"));
    assertEquals(List.of("diagnose /s"), shell.host.asked);
    assertTrue(
        shell.out.startsWith(
            """
            4-3  The machine 198.51.100.7 is on, but hq office does not answer there.
                 (hq, hq office)
                 seen: 198.51.100.7:51820 has been called for 42 s in vain.
                 seen: 198.51.100.7 answers echoes.
                 do: Most often\
            """),
        shell.out);
    assertTrue(shell.out.contains("\nalso:\n5-7  A rule keeps traffic back: "), shell.out);
    String plain = shell.out;
    assertTrue(plain.lines().allMatch(line -> Wrapping.width(line) <= Wrapping.WIDTH), plain);
    shell.environment.put("WG_COLOR_MODE", "always");
    shell.run("doctor");
    assertEquals(plain, shell.out.replaceAll("\u001b\\[[0-9;]*m", ""), "colours move nothing");
  }

  @Test
  void inTheLanguageOfWhoAsks() {
    shell.host.diagnosis = Diagnoses.FAR_SILENT;
    shell.run("--language", "ja", "doctor");
    assertTrue(shell.out.contains("198.51.100.7の機器は動いていますが"), shell.out);
    shell.run("--language", "ja", "doctor", "--json");
    assertTrue(shell.out.contains("の機器は動いていますが"), shell.out);
  }

  @Test
  void nothingIsWrong() {
    shell.run("doctor");
    assertEquals("Nothing is found to be wrong.\n", shell.out);
    shell.host.diagnosis = new Diagnosis(Statuses.AT, false, null, List.of());
    shell.run("doctor");
    assertTrue(shell.out.contains("Not all could be asked in time"), shell.out);
  }

  @Test
  void whoComplainsHearsWhatWasLookedAt() {
    assertEquals(Exit.DONE, shell.run("doctor", "slow", "--state", "/s"));
    assertEquals(List.of("diagnose /s slow"), shell.host.asked);
    assertTrue(
        shell.out.startsWith(
            """
            Nothing was found that makes it slow.

            looked at:
                 The fullest of 4 processors, number 2, was busy 30 % of the last 10 s.
            """),
        shell.out);
    assertFalse(shell.out.contains("Nothing is found"), shell.out);
    shell.run("--language", "ja", "doctor", "leak");
    assertTrue(shell.out.startsWith("トンネルの外に漏れている通信は"), shell.out);
  }

  @Test
  void whatDoesNotFitTheComplaintIsSaidBehindIt() {
    shell.host.diagnosis = Diagnoses.FAR_SILENT;
    shell.run("doctor", "leak");
    assertTrue(shell.out.startsWith("Nothing was found that goes past the tunnels.\n"), shell.out);
    assertTrue(shell.out.contains("\nalso:\n4-3  The machine 198.51.100.7"), shell.out);
    assertTrue(shell.out.contains("\n5-7  A rule keeps traffic back: "), shell.out);
  }

  @Test
  void thereIsNoOtherComplaint() {
    assertNotEquals(Exit.DONE, shell.run("doctor", "sluggish"));
    assertTrue(shell.err.contains("connect, slow, cut or leak"), shell.err);
  }

  @Test
  void programsGetAllOfIt() {
    shell.host.diagnosis = Diagnoses.FAR_SILENT;
    shell.run("doctor", "--json");
    assertEquals(RecordJson.write(Diagnoses.FAR_SILENT, true) + "\n", shell.out);
  }

  @Test
  void whoNamesAFarEndDoesNotSteerTheTerminal() {
    shell.host.diagnosis = Diagnoses.named("x\u001b[2Jy");
    shell.run("doctor");
    assertTrue(shell.out.indexOf('\u001b') < 0, shell.out);
  }
}
