package dev.noren.router;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.noren.control.CertificateDesk;
import dev.noren.net.IpAddress;
import dev.noren.services.Keytool;
import dev.noren.state.StateFile;
import dev.noren.text.Failed;
import dev.noren.text.Past;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.tinylog.Logger;

/**
 * The page's certificate, made on this box when its owner wants one and kept in its state folder:
 * no other box has its key.
 */
final class PageCertificate implements CertificateDesk {
  /** The file in the state folder: PKCS #12 in Base64. */
  static final String FILE = "page-certificate";

  /** No box was made before, so its clock is not set where it says so. */
  private static final Instant LEAST_TIME = Instant.parse("2024-01-01T00:00:00Z");

  private final Path state;
  private final Keytool keytool;
  private final Happened happened;
  private final InstantSource clock;
  private volatile Place place = new Place(List.of("noren.local"), List.of());
  private volatile Ready ready;

  /** Writes down what somebody did. */
  interface Happened {
    void by(String author, String what);
  }

  private record Place(List<String> names, List<IpAddress> addresses) {}

  private record Ready(SSLContext context, Certificate certificate) {}

  /** What is kept in this state folder, if it is any good. */
  PageCertificate(Path state, Keytool keytool, Happened happened, InstantSource clock) {
    this.state = state;
    this.keytool = keytool;
    this.happened = happened;
    this.clock = clock;
    try {
      ready = ready(Base64.getMimeDecoder().decode(Files.readString(file(), US_ASCII)));
    } catch (NoSuchFileException e) {
      ready = null;
    } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
      Logger.warn("{} is no certificate, and the page is not served over HTTPS.", file());
    }
  }

  private Path file() {
    return state.resolve(FILE);
  }

  private static Ready ready(byte[] pkcs12) throws IOException, GeneralSecurityException {
    char[] password = Keytool.PASSWORD.toCharArray();
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(new ByteArrayInputStream(pkcs12), password);
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(store, password);
    SSLContext context = SSLContext.getInstance("TLS");
    // It trusts nobody, as nobody shows it a certificate; Java's own list of whom to trust takes
    // MBs.
    context.init(keys.getKeyManagers(), new TrustManager[0], null);
    X509Certificate certificate =
        (X509Certificate) store.getCertificate(store.aliases().nextElement());
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
    return new Ready(
        context,
        new Certificate(
            HexFormat.ofDelimiter(":").withUpperCase().formatHex(digest),
            certificate.getNotAfter().toInstant()));
  }

  /** A certificate that is made from now on is for these names and addresses. */
  void follow(List<String> names, Collection<IpAddress> addresses) {
    place = new Place(List.copyOf(names), List.copyOf(addresses));
  }

  /** What serves with it, or null for none; another one after each change. */
  SSLContext context() {
    Ready now = ready;
    return now == null ? null : now.context();
  }

  @Override
  public Certificate certificate() {
    Ready now = ready;
    return now == null ? null : now.certificate();
  }

  @Override
  public synchronized void makeCertificate(String author) throws IOException {
    if (clock.instant().isBefore(LEAST_TIME)) {
      throw new Failed("certificate.clock");
    }
    Place now = place;
    byte[] made = keytool.certificate(state, now.names(), now.addresses());
    try {
      Ready other = ready(made);
      StateFile.write(file(), Base64.getMimeEncoder().encodeToString(made) + "\n");
      ready = other;
    } catch (GeneralSecurityException e) {
      throw new IOException("keytool's certificate can't be used: " + e.getMessage(), e);
    }
    happened.by(author, Past.words("past.certificate", ready.certificate().sha256()));
  }

  @Override
  public synchronized void dropCertificate(String author) throws IOException {
    if (Files.deleteIfExists(file()) || ready != null) {
      ready = null;
      happened.by(author, Past.words("past.certificate-gone"));
    }
  }
}
