package dev.noren.tunnel;

import dev.noren.net.Cidr;
import dev.noren.net.CidrList;
import dev.noren.protocol.peer.AllowedIps;
import dev.noren.protocol.peer.Peer;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Who is to have which prefixes, while a change is worked out: the table, and the lists of those
 * peers whose prefixes change. What a peer loses stays in its list to the end, when the lists are
 * made true all at once, so that a change costs what it names and not what there is.
 */
final class Assignment {
  /** One peer's list in the making. */
  private static final class Draft {
    CidrList.Builder prefixes;

    /** Whether some of them are no longer the peer's. */
    boolean stale;

    /** Whether some may stand there twice: lost and then gained again. */
    boolean doubled;

    Draft(CidrList before) {
      prefixes = new CidrList.Builder(before);
    }
  }

  private final Map<Peer, Draft> drafts = new LinkedHashMap<>();
  private AllowedIps<Peer> table;

  Assignment(AllowedIps<Peer> before) {
    table = before;
  }

  /** The table as it is by now. */
  AllowedIps<Peer> table() {
    return table;
  }

  /** Gives a prefix to a peer, who takes it from whoever had it. */
  void give(Cidr any, Peer peer) {
    Cidr prefix = any.masked();
    Peer before = table.owner(prefix);
    if (peer.equals(before)) {
      return;
    }
    table = table.with(prefix, peer);
    if (before != null) {
      draft(before).stale = true;
    }
    Draft mine = draft(peer);
    mine.doubled |= mine.stale;
    mine.prefixes.add(prefix);
  }

  /** Takes a prefix from a peer, if it has it. */
  void take(Cidr any, Peer peer) {
    AllowedIps<Peer> after = table.without(any, peer);
    if (!after.equals(table)) {
      table = after;
      draft(peer).stale = true;
    }
  }

  /** Takes all prefixes from a peer. */
  void takeAll(Peer peer) {
    Draft draft = draft(peer);
    for (Cidr prefix : draft.prefixes.build()) {
      table = table.without(prefix, peer);
    }
    draft.prefixes = new CidrList.Builder();
    draft.stale = false;
    draft.doubled = false;
  }

  /** Tells the peers what is theirs now. */
  void publish() {
    drafts.forEach((peer, draft) -> peer.allowedIps(list(peer, draft)));
  }

  private CidrList list(Peer peer, Draft draft) {
    if (draft.doubled) {
      return CidrList.copyOf(table.of(peer));
    }
    CidrList all = draft.prefixes.build();
    if (!draft.stale) {
      return all;
    }
    CidrList.Builder kept = new CidrList.Builder();
    for (Cidr prefix : all) {
      if (peer.equals(table.owner(prefix))) {
        kept.add(prefix);
      }
    }
    return kept.build();
  }

  private Draft draft(Peer peer) {
    return drafts.computeIfAbsent(peer, p -> new Draft(p.allowedIps()));
  }
}
