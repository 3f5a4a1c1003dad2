/**
 * Segmentation offload: splits what the kernel hands over in one piece into packets of the
 * interface's size, and merges decrypted packets of one flow so that one write carries many. All of
 * it works on bytes in the caller's arrays, and trusts none of them. It knows no descriptor, no
 * tunnel and no peer, and does no I/O.
 */
package dev.noren.offload;
