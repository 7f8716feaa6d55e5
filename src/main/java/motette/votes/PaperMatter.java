package motette.votes;

import io.micronaut.core.annotation.Introspected;

/**
 * What has to be settled with ballot papers before a round can be counted.
 *
 * @param kind  box: nobody typed how many lie in the box; missing: in the box are others than are settled; once: typed by one person
 *              only; different: typed differently
 * @param batch the stack
 * @param sheets how many it is about
 */
@Introspected
record PaperMatter(String kind, long batch, String district, long sheets) {}
