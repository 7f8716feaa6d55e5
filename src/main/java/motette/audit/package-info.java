/**
 * Who did what, when and why: one append-only row a deed, written in the deed's transaction. A job seals the rows in blocks that are
 * chained and signed, so that whoever changes, removes or reorders one afterwards is found out by anybody with an export.
 */
@NullMarked
package motette.audit;

import org.jspecify.annotations.NullMarked;
