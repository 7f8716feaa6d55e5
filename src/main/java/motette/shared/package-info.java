/**
 * The ground floor: money, time, problems and refusals, texts in the reader's language, pages of a list. Small, and
 * without a word of any feature.
 */
@NullMarked
package motette.shared;

import org.jspecify.annotations.NullMarked;
