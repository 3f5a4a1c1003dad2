package dev.noren.router;

import static java.util.concurrent.TimeUnit.HOURS;
import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import dev.noren.config.AddressNumbers;
import dev.noren.config.Form;
import dev.noren.config.FormEdit;
import dev.noren.config.RouterConfig;
import dev.noren.config.TunnelName;
import dev.noren.control.VisitDesk;
import dev.noren.crypto.PresharedKey;
import dev.noren.crypto.PrivateKey;
import dev.noren.forms.DeviceFile;
import dev.noren.forms.Visit;
import dev.noren.net.Cidr;
import dev.noren.net.IpAddress;
import dev.noren.state.StateFile;
import dev.noren.text.Failed;
import dev.noren.text.Past;
import dev.noren.text.Sentence;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.tinylog.Logger;

/**
 * The technician who looks at the page from elsewhere. A file keeps who it is and until when, so
 * that a restart neither ends the visit nor makes it longer by the clock; and no run of the program
 * lets it last longer than it may in all. For the router's thread.
 */
final class Visits implements VisitDesk {
  /** The file in the state folder. */
  static final String FILE = "visit";

  private static final long LASTS_NS = HOURS.toNanos(VisitDesk.LASTS_HOURS);

  private final Path file;
  private final Supplier<RouterConfig> config;
  private final Supplier<List<IpAddress>> pages;
  private final Supplier<Instant> now;
  private final LongSupplier nowNs;
  private final BiConsumer<String, String> log;
  private final Runnable ended;
  private final SecureRandom chance = new SecureRandom();
  private Visit visit;
  private long sinceNs;

  /**
   * Reads what an earlier run left.
   *
   * @param config the document that the router follows
   * @param pages where the page is
   * @param now the time by which things expire
   * @param log takes who did what
   * @param ended called after a visit has ended
   */
  Visits(
      Path state,
      Supplier<RouterConfig> config,
      Supplier<List<IpAddress>> pages,
      Supplier<Instant> now,
      LongSupplier nowNs,
      BiConsumer<String, String> log,
      Runnable ended) {
    this.file = state.resolve(FILE);
    this.config = config;
    this.pages = pages;
    this.now = now;
    this.nowNs = nowNs;
    this.log = log;
    this.ended = ended;
    this.sinceNs = nowNs.getAsLong();
    this.visit = read();
  }

  private Visit read() {
    try {
      return Visit.parse(Files.readString(file, StandardCharsets.US_ASCII));
    } catch (NoSuchFileException e) {
      return null;
    } catch (IOException | RuntimeException e) {
      Logger.warn("{} is damaged: the technician's visit has ended.", file);
      return null;
    }
  }

  /** Who it is now, or null; whoever's time is up is nobody at once. */
  Visit current() {
    return visit == null || leftNs() <= 0 ? null : visit;
  }

  private long leftNs() {
    long byClock = Duration.between(now.get(), visit.until()).toSeconds();
    long here = LASTS_NS - (nowNs.getAsLong() - sinceNs);
    return Math.min(SECONDS.toNanos(byClock), here);
  }

  /** Ends the visit whose time is up, or whose form is gone; to be called now and then. */
  void look() {
    if (visit == null) {
      return;
    }
    if (leftNs() <= 0) {
      end("-", Past.words("past.visit-time"));
    } else if (config.get().form(visit.form()) == null) {
      end("-", Past.words("past.visit-form", visit.form()));
    }
  }

  private void end(String who, String what) {
    visit = null;
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      Logger.error("{} can't be deleted: {}.", file, e.getMessage());
    }
    ended.run();
    log.accept(who, what);
  }

  @Override
  public Opened openVisit(TunnelName name, String author) throws IOException {
    Form form;
    List<IpAddress> addresses;
    try {
      form = FormEdit.form(config.get(), name.text());
      FormEdit.checkTakesDevices(form);
      DeviceFile.endpoint(config.get(), form);
      addresses = AddressNumbers.last(form);
    } catch (IllegalArgumentException e) {
      throw new Failed(Sentence.of(e), e);
    }
    List<Cidr> reached =
        pages.get().stream()
            .filter(page -> addresses.stream().anyMatch(own -> own.v6() == page.v6()))
            .map(page -> new Cidr(page, page.bits()))
            .toList();
    if (reached.isEmpty()) {
      throw new Failed("visit.no-page");
    }
    if (visit != null) {
      end(author, Past.words("past.visit-another"));
    }
    PrivateKey key = PrivateKey.generate(chance);
    Visit made =
        new Visit(
            name,
            key.publicKey(),
            PresharedKey.generate(chance),
            addresses,
            now.get().plusSeconds(NANOSECONDS.toSeconds(LASTS_NS)));
    StateFile.write(file, made.text());
    visit = made;
    sinceNs = nowNs.getAsLong();
    log.accept(author, Past.words("past.visit-open", name, VisitDesk.LASTS_HOURS));
    return new Opened(file(form, key, made, reached).text(), NANOSECONDS.toSeconds(LASTS_NS));
  }

  private DeviceFile file(Form form, PrivateKey key, Visit made, List<Cidr> reached) {
    return new DeviceFile(
        key,
        made.addresses(),
        List.of(),
        form.gateway().mtuBytes(),
        form.gateway().privateKey().publicKey(),
        made.presharedKey(),
        reached,
        DeviceFile.endpoint(config.get(), form));
  }

  @Override
  public Visitor visit() {
    return current() == null
        ? null
        : new Visitor(visit.addresses(), NANOSECONDS.toSeconds(leftNs()));
  }

  @Override
  public void closeVisit(String author) {
    if (visit != null) {
      end(author, Past.words("past.visit-ended"));
    }
  }
}
