/** What {@code infra/bin/load} runs beside the application: the bare page, the plain support, and the filling of the database. */
@NullMarked
package motette.load;

import org.jspecify.annotations.NullMarked;
