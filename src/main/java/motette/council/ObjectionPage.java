package motette.council;

import io.micronaut.core.annotation.Introspected;
import motette.shared.Problems;

/** A resolution, and for the administration the objection to it. */
@Introspected
record ObjectionPage(
        ResolutionView resolution,
        boolean mayObject,
        boolean mayEnd,
        String outcome,
        String reason,
        Problems problems,
        boolean done) {}
