package dev.noren.tunnel;

import dev.noren.udp.UdpSocket;
import java.io.IOException;

/** Opens the tunnel's UDP socket, each time the interface comes up or the port changes. */
public interface UdpOpener {
  /**
   * Opens a socket.
   *
   * @param port the local port, or 0 for any
   * @param mark the firewall mark of every packet sent, or 0 for none
   * @throws IOException with a sentence, as when the port is taken
   */
  UdpSocket open(int port, int mark) throws IOException;
}
