/**
 * Who somebody is: one-time codes, and how often one may try. It knows neither documents nor
 * addresses, and keeps what must outlive a restart through who made it.
 */
package dev.noren.access;
