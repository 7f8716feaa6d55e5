/** The frame around every page, the home page, district pages, errors, legal pages: what a visitor sees first and last. */
@NullMarked
package motette.site;

import org.jspecify.annotations.NullMarked;
