/**
 * What people propose: ideas with a place, photos and a public story, the support of neighbours, search and map. An
 * idea's state is never set; it follows from its story.
 */
@NullMarked
package motette.ideas;

import org.jspecify.annotations.NullMarked;
