/**
 * Where somebody lives, and how they showed it: by a code in a letter, at a coordinator's tablet, by an identity provider, or
 * by a register extract. Whatever the way, one person has one entry in the electoral roll; nothing but the quarter, the year
 * of birth and keyed hashes is kept (DSGVO Art. 5 Abs. 1 lit. c; SächsGemO § 10 on who is a resident).
 */
@NullMarked
package motette.residence;

import org.jspecify.annotations.NullMarked;
