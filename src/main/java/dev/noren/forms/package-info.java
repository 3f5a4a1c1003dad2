/**
 * The ways of use: what follows from the forms that a person filled in. Pure: the day is a
 * parameter.
 */
package dev.noren.forms;
