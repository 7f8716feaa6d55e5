/**
 * Who somebody is and what they may do: persons, roles with an area or body and a term, and the
 * protection of forms. How somebody shows who they are stands above, in {@code signin}.
 * The public sees a pseudonym only (DSGVO Art. 5 and 25).
 */
@NullMarked
package motette.people;

import org.jspecify.annotations.NullMarked;
