package dev.noren.street;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A mail server that keeps what it is given (RFC 5321), in the clear or over TLS. */
public final class MailCatcher implements AutoCloseable {
  /** How it speaks. */
  public enum How {
    PLAIN,
    TLS,
    STARTTLS
  }

  private final ServerSocket server;
  private final How how;
  private final SSLContext tls;
  private final String password;
  private final List<String> mails = new CopyOnWriteArrayList<>();
  private final List<String> heard = new CopyOnWriteArrayList<>();
  private volatile String refusal;

  /**
   * Listens on a port of 127.0.0.1.
   *
   * @param tls what it proves itself by, or null
   * @param password what it takes of anybody, or null for nothing
   */
  public MailCatcher(How how, SSLContext tls, String password) throws IOException {
    this(new ServerSocket(0, 5, InetAddress.getLoopbackAddress()), how, tls, password);
  }

  /** Listens in a host, in the clear. */
  public static MailCatcher in(Host host, int port) {
    return host.inside(() -> new MailCatcher(new ServerSocket(port), How.PLAIN, null, null));
  }

  private MailCatcher(ServerSocket server, How how, SSLContext tls, String password) {
    this.how = how;
    this.tls = tls;
    this.password = password;
    this.server = server;
    Thread thread = new Thread(this::serve, "mail-catcher");
    thread.setDaemon(true);
    thread.start();
  }

  public int port() {
    return server.getLocalPort();
  }

  /** The mails that it took, whole. */
  public List<String> mails() {
    return List.copyOf(mails);
  }

  /** The commands that it heard, each line of each conversation. */
  public List<String> heard() {
    return List.copyOf(heard);
  }

  /** What it says to each recipient from now on instead of taking him; null to take all. */
  public void refuses(String answer) {
    refusal = answer;
  }

  private void serve() {
    while (!server.isClosed()) {
      try (Socket socket = server.accept()) {
        socket.setSoTimeout(10_000);
        heard.add("from " + socket.getInetAddress().getHostAddress());
        talk(how == How.TLS ? secured(socket) : socket, how == How.TLS);
      } catch (IOException e) {
        heard.add("(" + e.getMessage() + ")");
      }
    }
  }

  private Socket secured(Socket socket) throws IOException {
    SSLSocket secure =
        (SSLSocket) tls.getSocketFactory().createSocket(socket, null, socket.getPort(), false);
    secure.setUseClientMode(false);
    secure.startHandshake();
    return secure;
  }

  private void talk(Socket socket, boolean secure) throws IOException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
    OutputStream out = socket.getOutputStream();
    boolean greeted = secure && how == How.STARTTLS;
    boolean signedIn = password == null;
    if (!greeted) {
      say(out, "220 catcher ready");
    }
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      heard.add(line);
      String verb = line.split(" ", 2)[0].toUpperCase(Locale.ROOT);
      switch (verb) {
        case "EHLO" -> {
          List<String> offers = new ArrayList<>(List.of("catcher"));
          if (how == How.STARTTLS && !secure) {
            offers.add("STARTTLS");
          } else if (password != null) {
            offers.add("AUTH PLAIN");
          }
          for (int i = 0; i < offers.size(); i++) {
            say(out, "250" + (i < offers.size() - 1 ? "-" : " ") + offers.get(i));
          }
        }
        case "STARTTLS" -> {
          say(out, "220 go on");
          talk(secured(socket), true);
          return;
        }
        case "AUTH" -> {
          String given = new String(Base64.getDecoder().decode(line.split(" ", 3)[2]), UTF_8);
          signedIn = given.endsWith("\0" + password);
          say(out, signedIn ? "235 welcome" : "535 5.7.8 no such user and password here");
        }
        case "RCPT" -> say(out, refusal == null ? "250 yes" : refusal);
        case "MAIL" -> say(out, signedIn ? "250 yes" : "530 sign in first");
        case "DATA" -> {
          say(out, "354 go on");
          StringBuilder mail = new StringBuilder();
          for (String each = in.readLine(); !".".equals(each); each = in.readLine()) {
            mail.append(each).append('\n');
          }
          mails.add(mail.toString());
          say(out, "250 taken");
        }
        case "QUIT" -> {
          say(out, "221 bye");
          return;
        }
        default -> say(out, "250 yes");
      }
    }
  }

  private static void say(OutputStream out, String line) throws IOException {
    out.write((line + "\r\n").getBytes(ISO_8859_1));
    out.flush();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
