/**
 * What the platform holds about people, from one list (privacy/register.yml): to see, to download, to erase, to forget in time
 * and to explain. DSGVO Art. 5, 13, 15, 17, 20, 25 and 30.
 */
@NullMarked
package motette.privacy;

import org.jspecify.annotations.NullMarked;
