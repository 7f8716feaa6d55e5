/**
 * The command line: anybody can recompute and check an outcome from the file with the ballots, and check an export of the audit
 * log, without server and database. Starts neither, and loads nothing of them.
 */
@NullMarked
package motette.allocation.command;

import org.jspecify.annotations.NullMarked;
