package dev.noren.protocol.peer;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.random.RandomGenerator;

/**
 * Finds a handshake or session by the 32-bit index a message carries (WP 5.4). Many threads read
 * without a lock; one thread writes. Buckets are immutable chains behind one atomic reference each,
 * and the table grows by building a larger one beside the old, so a reader sees each entry as it
 * was before or after a change, and never loses sight of the others.
 *
 * <p>An index is its own hash: it is drawn at random by {@link #chooseFree}, never by the far end.
 *
 * @param <V> what an index stands for
 */
public final class IndexTable<V> {
  private static final int LEAST_BUCKETS = 16;

  private record Entry<V>(int index, V value, Entry<V> next) {}

  private volatile AtomicReferenceArray<Entry<V>> buckets =
      new AtomicReferenceArray<>(LEAST_BUCKETS);
  private final AtomicInteger size = new AtomicInteger();

  /** The value of this index, or null. From any thread. */
  public V get(int index) {
    Entry<V> entry = find(buckets, index);
    return entry == null ? null : entry.value();
  }

  /** How many indices are taken. From any thread. */
  public int size() {
    return size.get();
  }

  /** A random index that is free now. From the writing thread, which then puts it. */
  public int chooseFree(RandomGenerator chance) {
    int index = chance.nextInt();
    while (get(index) != null) {
      index = chance.nextInt();
    }
    return index;
  }

  /** Takes a free index. Returns false, and changes nothing, if it is taken. */
  public boolean putIfAbsent(int index, V value) {
    if (get(index) != null) {
      return false;
    }
    if (size.get() >= buckets.length()) {
      grow();
    }
    AtomicReferenceArray<Entry<V>> table = buckets;
    int bucket = bucket(table, index);
    table.set(bucket, new Entry<>(index, value, table.get(bucket)));
    size.incrementAndGet();
    return true;
  }

  /** Gives an index from one owner to another, as from a handshake to its session. */
  public boolean replace(int index, V expected, V value) {
    Entry<V> entry = find(buckets, index);
    if (entry == null || !entry.value().equals(expected)) {
      return false;
    }
    int bucket = bucket(buckets, index);
    buckets.set(bucket, new Entry<>(index, value, without(buckets.get(bucket), entry)));
    return true;
  }

  /** Frees an index. Returns false, and changes nothing, if another owns it. */
  public boolean remove(int index, V expected) {
    Entry<V> entry = find(buckets, index);
    if (entry == null || !entry.value().equals(expected)) {
      return false;
    }
    int bucket = bucket(buckets, index);
    buckets.set(bucket, without(buckets.get(bucket), entry));
    size.decrementAndGet();
    return true;
  }

  private static <V> Entry<V> find(AtomicReferenceArray<Entry<V>> table, int index) {
    Entry<V> entry = table.get(bucket(table, index));
    while (entry != null && entry.index() != index) {
      entry = entry.next();
    }
    return entry;
  }

  private static int bucket(AtomicReferenceArray<?> table, int index) {
    return index & (table.length() - 1);
  }

  /** A chain like this one but for one entry; a reader still in the old chain finishes there. */
  private static <V> Entry<V> without(Entry<V> chain, Entry<V> gone) {
    Entry<V> copy = gone.next();
    for (Entry<V> entry = chain; entry.index() != gone.index(); entry = entry.next()) {
      copy = new Entry<>(entry.index(), entry.value(), copy);
    }
    return copy;
  }

  private void grow() {
    AtomicReferenceArray<Entry<V>> old = buckets;
    AtomicReferenceArray<Entry<V>> larger = new AtomicReferenceArray<>(old.length() * 2);
    for (int i = 0; i < old.length(); i++) {
      for (Entry<V> entry = old.get(i); entry != null; entry = entry.next()) {
        int bucket = bucket(larger, entry.index());
        larger.setPlain(bucket, new Entry<>(entry.index(), entry.value(), larger.getPlain(bucket)));
      }
    }
    buckets = larger;
  }
}
