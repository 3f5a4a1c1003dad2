package dev.noren;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The walls of the house, as docs/ARCHITECTURE.md tells them: which room may import which, what is
 * pure, and behind which one door each library stands. A room that does not exist yet breaks no
 * rule; a package that is not in the table does.
 */
class ArchitectureTest {
  private static final String ROOT = "dev.noren";

  private static final JavaClasses MAIN_CODE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);

  private static final String PROTOCOL =
      "protocol protocol.message protocol.handshake protocol.cookie protocol.session protocol.peer";

  /**
   * Each room and the rooms it may import. The root package may import all, and none imports it.
   */
  private static final Map<String, Set<String>> ROOMS =
      rooms(
          """
          cli                | control config doctor forms net status text update crypto uapi
          net                | text
          crypto             |
          linux              |
          tun                | linux net
          udp                | linux net
          offload            | net
          protocol           |
          protocol.message   | protocol crypto
          protocol.handshake | protocol crypto protocol.message
          protocol.cookie    | protocol crypto protocol.message net
          protocol.session   | protocol crypto
          protocol.peer      | PROTOCOL net crypto
          tunnel             | PROTOCOL offload tun udp net crypto
          uapi               | tunnel config net crypto linux
          config             | net crypto linux text
          forms              | config net crypto text
          plan               | config forms net text
          services           | plan net linux text
          status             | config net text
          probe              | net udp linux text
          mdns               | net
          doctor             | config net status text
          audit              | status text
          history            | status
          metrics            | config net status
          notice             | config net status text
          access             | crypto linux text
          control            | config doctor status update linux net text
          text               |
          led                | status linux
          web                | control config doctor forms status update access net crypto text
          update             | text
          support            | net text
          state              | linux protocol.handshake tunnel
          process            | state tunnel uapi tun udp protocol crypto linux
          pairing            |
          router             | process state config doctor forms pairing control status audit plan support \
                                services probe mdns access history metrics notice web led text update tunnel PROTOCOL \
                                crypto net linux
          """);

  private static final String[] PURE =
      packages(
          "net crypto config offload forms plan status doctor history metrics notice text update"
              + " support "
              + PROTOCOL);

  private static final DescribedPredicate<JavaClass> PURE_CLASSES =
      resideInAnyPackage(PURE)
          .and(not(named(ROOT + "\\.config\\.(ConfigStore|FileLayer|DiskFiles)")))
          .and(not(named(ROOT + "\\.text\\.(Words|Failed)")))
          .and(not(named(ROOT + "\\.status\\.SignalFile")))
          .or(named(ROOT + "\\.control\\.Confirmation"))
          .as("in a pure room");

  /** What a secret needs in order to refuse being serialized is no I/O. */
  private static final DescribedPredicate<JavaClass> REFUSING_SERIALIZATION =
      named("java\\.io\\.(Serializable|NotSerializableException|Object(In|Out)putStream)");

  private static final DescribedPredicate<JavaClass> INPUT_OR_OUTPUT =
      resideInAnyPackage("java.io..", "java.net..", "java.nio.channels..", "java.nio.file..")
          .and(not(REFUSING_SERIALIZATION))
          .as("do input or output");

  /** The JSON library reads and writes streams, which here are strings in memory. */
  private static final DescribedPredicate<JavaClass> STREAMS_IN_MEMORY =
      named("java\\.io\\.(String(Reader|Writer)|IOException|EOFException)");

  @ParameterizedTest
  @MethodSource("roomNames")
  void aRoomImportsOnlyWhatItMay(String room) {
    String[] allowed = packages(room + " " + String.join(" ", ROOMS.get(room)));
    check(
        noClasses()
            .that()
            .resideInAPackage(ROOT + "." + room)
            .should()
            .dependOnClassesThat(
                are(resideInAnyPackage(ROOT + "..").and(not(resideInAnyPackage(allowed))))));
  }

  @Test
  void everyClassIsInARoomOfTheTable() {
    check(
        classes()
            .should()
            .resideInAnyPackage(packages(String.join(" ", ROOMS.keySet()) + " " + ROOT)));
  }

  @Test
  void roomsHaveNoCycles() {
    check(slices().matching(ROOT + ".(**)").should().beFreeOfCycles());
  }

  @Test
  void pureRoomsDoNoInputOrOutput() {
    check(
        noClasses()
            .that(PURE_CLASSES.and(not(named(ROOT + "\\.config\\.Json"))))
            .should()
            .dependOnClassesThat(INPUT_OR_OUTPUT));
    check(
        noClasses()
            .that(named(ROOT + "\\.config\\.Json"))
            .should()
            .dependOnClassesThat(INPUT_OR_OUTPUT.and(not(STREAMS_IN_MEMORY))));
    check(noPureAccess("System", "in|out|err|getenv|console|load|loadLibrary|exit"));
  }

  @Test
  void pureRoomsHaveNoThread() {
    check(
        noClasses()
            .that(PURE_CLASSES)
            .should()
            .dependOnClassesThat(
                named("java\\.lang\\.Thread")
                    .or(named("java\\.util\\.Timer"))
                    .or(named("java\\.util\\.concurrent\\.(\\w*Execut\\w*|ForkJoin\\w*)"))
                    .or(named("java\\.util\\.concurrent\\.CompletableFuture"))
                    .or(named("java\\.util\\.concurrent\\.locks\\.LockSupport"))));
    check(noPureAccess("Runtime", ".*"));
  }

  @Test
  void pureRoomsHaveNoLog() {
    check(
        noClasses()
            .that(PURE_CLASSES)
            .should()
            .dependOnClassesThat(
                resideInAnyPackage("org.tinylog..", "java.util.logging..")
                    .or(named("java\\.lang\\.System\\$Logger"))));
  }

  @Test
  void pureRoomsHaveNoClock() {
    check(noPureAccess("System", "nanoTime|currentTimeMillis"));
    check(
        noClasses()
            .that(PURE_CLASSES)
            .should()
            .dependOnClassesThat(named("java\\.time\\.(Clock|InstantSource)")));
    check(
        noPure(
            "ask java.time for now or make a Date of now",
            (owner, member) ->
                (owner.startsWith("java.time.") && member.equals("now"))
                    || owner.equals("java.util.Date")));
  }

  @Test
  void pureRoomsHaveNoChance() {
    check(
        noPure(
            "make a SecureRandom, or take chance from elsewhere than a parameter",
            (owner, member) ->
                (owner.equals("java.security.SecureRandom")
                        && member.matches("<init>|getInstance(Strong)?"))
                    || owner.equals("java.util.concurrent.ThreadLocalRandom")
                    || owner.equals("java.util.random.RandomGeneratorFactory")
                    || (owner.equals("java.util.random.RandomGenerator")
                        && member.matches("of|getDefault"))
                    || (owner.equals("java.lang.Math") && member.equals("random"))
                    || (owner.equals("java.util.UUID") && member.equals("randomUUID"))));
  }

  @ParameterizedTest(name = "{0} only in {1}")
  @CsvSource({
    "com.sun.jna.., linux",
    "org.bouncycastle.., crypto",
    "javax.crypto.., crypto",
    "picocli.., cli",
    "io.nayuki.., cli web",
    "com.pi4j.., led",
    "com.eatthepath.., access",
    "com.sun.net.httpserver.., web",
    "gg.jte.., web",
    "com.nulabinc.., access",
    "com.google.gson.., config control",
    "com.fasterxml.jackson.., config control",
    "jakarta.json.., config control",
    "org.json.., config control",
  })
  void aLibraryHasOneDoor(String library, String rooms) {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages(packages(rooms))
            .should()
            .dependOnClassesThat()
            .resideInAPackage(library));
  }

  @Test
  void onlyTheCommandRunnerStartsProcesses() {
    DescribedPredicate<JavaClass> runner = named(ROOT + "\\.services\\.CommandRunner");
    check(
        noClasses()
            .that(not(runner))
            .should()
            .dependOnClassesThat(named("java\\.lang\\.ProcessBuilder")));
    check(
        noClasses()
            .that(not(runner))
            .should()
            .accessTargetWhere(
                member(
                    "Runtime.exec",
                    (owner, name) -> owner.equals("java.lang.Runtime") && name.equals("exec"))));
  }

  /** An import that found nothing would keep every rule. */
  @Test
  void theRulesSeeTheCode() {
    for (String room : new String[] {"net", "crypto", "protocol.peer", "linux", "config"}) {
      assertTrue(
          MAIN_CODE.that(resideInAnyPackage(ROOT + "." + room)).size() > 3,
          "no classes in " + room);
    }
  }

  private static void check(ArchRule rule) {
    rule.allowEmptyShould(true).check(MAIN_CODE);
  }

  private static ArchRule noPureAccess(String owner, String members) {
    return noPure(
        "use " + owner + "." + members,
        (name, member) -> name.equals("java.lang." + owner) && member.matches(members));
  }

  /** No pure class calls, refers to or reads a member of this owner and name. */
  private static ArchRule noPure(String what, BiPredicate<String, String> ownerAndMember) {
    return noClasses().that(PURE_CLASSES).should().accessTargetWhere(member(what, ownerAndMember));
  }

  private static DescribedPredicate<JavaAccess<?>> member(
      String what, BiPredicate<String, String> ownerAndMember) {
    return DescribedPredicate.describe(
        what,
        access ->
            ownerAndMember.test(
                access.getTargetOwner().getFullName(), access.getTarget().getName()));
  }

  /** A class of this name, a pattern, or one nested in it. */
  private static DescribedPredicate<JavaClass> named(String pattern) {
    Pattern whole = Pattern.compile("(" + pattern + ")(\\$.*)?");
    return DescribedPredicate.describe(
        pattern, javaClass -> whole.matcher(javaClass.getFullName()).matches());
  }

  private static Stream<String> roomNames() {
    return ROOMS.keySet().stream();
  }

  private static Map<String, Set<String>> rooms(String table) {
    Map<String, Set<String>> rooms = new TreeMap<>();
    for (String line : table.replace("PROTOCOL", PROTOCOL).lines().toList()) {
      String[] columns = line.split("\\|", -1);
      rooms.put(columns[0].strip(), Set.of(words(columns[1])));
    }
    return rooms;
  }

  /** The full package names of rooms; the root stands for itself. */
  private static String[] packages(String rooms) {
    return Arrays.stream(words(rooms))
        .map(room -> room.equals(ROOT) ? ROOT : ROOT + "." + room)
        .toArray(String[]::new);
  }

  private static String[] words(String text) {
    return Arrays.stream(text.split(" ", -1)).filter(w -> !w.isBlank()).toArray(String[]::new);
  }
}
