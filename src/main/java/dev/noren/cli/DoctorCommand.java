package dev.noren.cli;

import dev.noren.control.RecordJson;
import dev.noren.doctor.Diagnosis;
import dev.noren.doctor.Symptom;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code noren doctor}. */
@Command(
    name = "doctor",
    description = {
      "Say why something does not work: what was found, its number for the telephone, what was"
          + " seen, and what to do. It takes up to a quarter of a minute, as it asks the line, the"
          + " name servers and far ends.",
      "With a complaint, what makes people say that comes first, and all that was looked at for it"
          + " is said."
    })
final class DoctorCommand implements Callable<Integer> {
  private final Host host;
  private final Surroundings surroundings;

  @Parameters(
      arity = "0..1",
      paramLabel = "COMPLAINT",
      description = "connect (it does not), slow, cut (again and again) or leak.")
  private String complaint;

  @Option(names = "--json", description = "Print all of it as JSON, for programs.")
  private boolean json;

  @Mixin private StateOption state;

  DoctorCommand(Host host, Surroundings surroundings) {
    this.host = host;
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException {
    Diagnosis diagnosis = host.diagnose(state.folder(), Symptom.of(complaint));
    surroundings
        .out()
        .print(
            json
                ? RecordJson.write(diagnosis, true, surroundings.language()) + "\n"
                : new PrettyDiagnosis(new Paint(surroundings.coloured()), surroundings.speech())
                    .text(diagnosis));
    return Exit.DONE;
  }
}
