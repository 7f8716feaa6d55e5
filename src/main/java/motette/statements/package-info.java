/**
 * Statements of the administration (Stellungnahmen der Verwaltung): offices say whether an idea or an application can be done, who is
 * competent, whose land it is on and what it costs, before a body decides (Ratsbeschluss VII-DS-01372-NF-10: needed above the sum that
 * the rules of the body name). Offices have a deadline, may forward a request or give it back; what is late stands on a public list.
 * Whoever wrote the idea or asks for the money may appeal once, and somebody else decides that.
 */
@NullMarked
package motette.statements;

import org.jspecify.annotations.NullMarked;
