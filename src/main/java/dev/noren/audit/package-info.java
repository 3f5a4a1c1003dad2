/**
 * What happened, written down so that it can be believed later: the audit log on disk and its copy
 * to a syslog server. It knows the words for what happened and nothing of who causes it.
 */
package dev.noren.audit;
