/** Who did what, when and why: one append-only row a deed, written in the deed's transaction. */
@NullMarked
package motette.audit;

import org.jspecify.annotations.NullMarked;
