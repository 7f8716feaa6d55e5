/**
 * Rules of allocation in exact arithmetic: given projects with costs, ballots and a budget, which projects? Pure: everything a
 * rule needs is in {@link motette.allocation.rules.Election} and {@link motette.allocation.rules.Rule}, everything it found out
 * is in {@link motette.allocation.rules.Allocation}; the same arguments give the same result on any machine. Nothing here uses
 * floating point to decide.
 */
@NullMarked
package motette.allocation.rules;

import org.jspecify.annotations.NullMarked;
