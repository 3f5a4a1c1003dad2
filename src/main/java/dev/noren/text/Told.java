package dev.noren.text;

/** What carries a sentence for a person: exceptions whose message is its English words. */
public interface Told {
  /** What is to be said, in whatever language. */
  Sentence sentence();
}
