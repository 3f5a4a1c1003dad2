/**
 * The file that a shop owner sends to who helps: its parts, and how secrets and addresses are taken
 * out of them. It knows texts alone, not where they come from. It is pure.
 */
package dev.noren.support;
