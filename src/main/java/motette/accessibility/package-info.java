/**
 * What the city says about the accessibility of these pages, and what people tell it of barriers: statement and feedback mechanism
 * of Directive (EU) 2016/2102, Art. 7, in the form of Implementing Decision (EU) 2018/1523; in Saxony by the BfWebG.
 */
@NullMarked
package motette.accessibility;

import org.jspecify.annotations.NullMarked;
