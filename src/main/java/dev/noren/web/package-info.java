/**
 * What is asked over HTTP: today the sign-in of people from outside. The only place with an HTTP
 * server and client; what is asked, {@code control} answers.
 */
package dev.noren.web;
