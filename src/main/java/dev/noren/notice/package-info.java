/**
 * What the owner is told of by itself: happenings in, notices out, each once. It has no clock, no
 * input or output and no secret; who has looked brings the time, and who sends a notice says what
 * became of it.
 */
package dev.noren.notice;
