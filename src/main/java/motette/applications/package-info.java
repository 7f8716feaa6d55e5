/**
 * Applications (Anträge): somebody asks a fund for money, from an idea or directly, with a plan, lines of cost and lines of finance
 * that add up to the cent. The office says what is missing or that everything is there; from that moment follows the session it can
 * be on (Ratsbeschluss VII-DS-01372-NF-10: complete ten working days before). Every version that was sent stays as it was.
 */
@NullMarked
package motette.applications;

import org.jspecify.annotations.NullMarked;
