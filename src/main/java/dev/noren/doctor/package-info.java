/**
 * Why it does not work: from what was seen of the box, its line and its far ends to one finding
 * with a number, the evidence and the next step. There is no clock here, no input or output; who
 * has looked gives what he saw. Where two causes look the same from this end, the words say so.
 */
package dev.noren.doctor;
