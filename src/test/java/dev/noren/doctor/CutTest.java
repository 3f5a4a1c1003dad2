package dev.noren.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.noren.doctor.Cut.Cause;
import dev.noren.doctor.Cut.Circumstances;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What happened, and what it is put down to. */
class CutTest {
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # what happened                     | no cable address way | other | flowed | quiet | keepalive | port  | cause
          nothing else was seen               | false  false  false  | false | false  | 0     | 25        | false | UNKNOWN
          the cable was out                   | true   false  false  | false | false  | 0     | 25        | false | CABLE
          a cable explains all that follows   | true   true   true   | true  | true   | 99    | 0         | true  | CABLE
          another address                     | false  false  false  | true  | false  | 0     | 25        | false | ADDRESS
          a line that comes back with another | false  true   true   | true  | true   | 99    | 0         | true  | ADDRESS
          no address for a while              | false  true   true   | false | true   | 99    | 0         | true  | LEASE
          a line that leads nowhere           | false  false  true   | false | true   | 99    | 0         | true  | LINE
          data goes on, and keys fail         | false  false  false  | false | true   | 99    | 0         | true  | REKEY
          quiet, and this end says nothing    | false  false  false  | false | false  | 30    | 0         | false | IDLE
          quiet for less than a NAT remembers | false  false  false  | false | false  | 29    | 0         | false | UNKNOWN
          this end speaks too seldom          | false  false  false  | false | false  | 30    | 31        | false | IDLE
          this end speaks often enough        | false  false  false  | false | false  | 900   | 30        | false | UNKNOWN
          the far end's NAT has forgotten     | false  false  false  | false | false  | 30    | 25        | true  | IDLE
          another port while it was in use    | false  false  false  | false | false  | 29    | 25        | true  | UNKNOWN
          """)
  void itIsPutDownToWhatExplainsMost(
      String name,
      String line,
      boolean other,
      boolean flowed,
      long quiet,
      int keepalive,
      boolean port,
      Cause cause) {
    String[] gone = line.strip().split(" +", -1);
    assertEquals(
        cause,
        new Circumstances(
                Boolean.parseBoolean(gone[0]),
                Boolean.parseBoolean(gone[1]),
                Boolean.parseBoolean(gone[2]),
                other,
                flowed,
                quiet,
                keepalive,
                port)
            .cause(),
        name);
  }
}
