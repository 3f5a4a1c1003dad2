package dev.noren.tunnel;

import dev.noren.net.Datagram;
import dev.noren.net.Endpoint;
import dev.noren.udp.UdpSocket;
import java.util.concurrent.CountDownLatch;

/** A socket whose datagrams go nowhere, and which never has any. */
final class Sink implements UdpSocket {
  private final CountDownLatch closed = new CountDownLatch(1);

  @Override
  public int port() {
    return 1;
  }

  @Override
  public boolean await() {
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return false;
  }

  @Override
  public int receive(Datagram into) {
    return -1;
  }

  @Override
  public int send(byte[] bytes, int offset, int length, Endpoint to) {
    return 0;
  }

  @Override
  public void setMark(int mark) {}

  @Override
  public void wake() {
    closed.countDown();
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
