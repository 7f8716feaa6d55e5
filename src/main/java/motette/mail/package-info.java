/** Mail to people: written in the transaction of the deed it tells of, sent by a job afterwards, each at most once. */
@NullMarked
package motette.mail;

import org.jspecify.annotations.NullMarked;
