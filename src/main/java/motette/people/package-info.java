/**
 * Who somebody is and what they may do: accounts, sign-in without passwords, roles with an area or body and a term.
 * The public sees a pseudonym only (DSGVO Art. 5 and 25).
 */
@NullMarked
package motette.people;

import org.jspecify.annotations.NullMarked;
