/**
 * What the running router looks like from outside, as one immutable snapshot, and the words in
 * which what happened is told. Pages, lights and commands read these and nothing else. There is no
 * clock here, no input or output, and no secret: the room can't import a key's class.
 */
package dev.noren.status;
