/**
 * What people are told, in the language that they asked for: a sentence is a key and what goes into
 * it, and the words of each language are one file of {@code words/}, a row a key. The words are
 * read when the first sentence is said, so a start without a mistake in it pays nothing. It knows
 * nothing of what the sentences are about, and is pure but for its own resources.
 */
package dev.noren.text;
