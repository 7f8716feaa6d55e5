/** What a coordinator decides for an area: publish, return, decline, undo, correct a place. Every decision is a row with a reason. */
@NullMarked
package motette.moderation;

import org.jspecify.annotations.NullMarked;
