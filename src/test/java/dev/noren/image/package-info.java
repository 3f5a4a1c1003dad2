/**
 * The image, whole: flashed onto a disk of QEMU's, booted in a shop's street, used from outside
 * alone. It knows nothing of what is in it. {@code make image-test} runs it.
 */
package dev.noren.image;
