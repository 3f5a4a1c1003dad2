/**
 * The operating system's own calls: libc through JNA, descriptors that are closed once and late,
 * and the byte layouts that the Linux kernel reads and writes on 64-bit x86 and ARM. Nothing
 * outside this room sees JNA. It knows no tunnel, no packet and no address class: it deals in
 * numbers and bytes.
 */
package dev.noren.linux;
