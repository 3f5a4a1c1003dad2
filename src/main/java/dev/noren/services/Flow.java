package dev.noren.services;

import dev.noren.linux.NewFlow;
import dev.noren.net.IpAddress;

/**
 * A flow that has begun.
 *
 * @param protocol the IP protocol, such as 6 for TCP
 * @param source who began it
 * @param destination whom he meant
 * @param port the destination's port, or 0 where the protocol has none
 * @param answersFrom who answers, such as this box where the flow was redirected
 * @param answersTo whom he answers, such as a line's address where that stands for the source
 * @param mark the flow's mark, or 0
 */
public record Flow(
    int protocol,
    IpAddress source,
    IpAddress destination,
    int port,
    IpAddress answersFrom,
    IpAddress answersTo,
    int mark) {
  static Flow of(NewFlow flow) {
    return new Flow(
        flow.protocol(),
        address(flow.source()),
        address(flow.destination()),
        flow.port(),
        address(flow.answersFrom()),
        address(flow.answersTo()),
        flow.mark());
  }

  private static IpAddress address(byte[] bytes) {
    return IpAddress.of(bytes, 0, bytes.length);
  }
}
