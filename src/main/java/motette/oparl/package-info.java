/**
 * What the bodies of the city do in public, as council information systems exchange it (OParl 1.1): sessions, agendas, papers. Read
 * only, for everybody. Of what is not public nothing is here, not even a gap in a number.
 */
@NullMarked
package motette.oparl;

import org.jspecify.annotations.NullMarked;
