/**
 * New versions of the whole box: what the root helper says of one, what a file of one begins with,
 * and when one that is tried may stay. All of it is judged by what is given: no file is read here,
 * and whether a file is genuine only the root helper knows.
 */
package dev.noren.update;
