/** Tells people what became of what they care about; listens to what lower storeys announce and leaves mails in the outbox. */
@NullMarked
package motette.notifications;

import org.jspecify.annotations.NullMarked;
