package motette.votes;

import io.micronaut.core.annotation.Introspected;
import java.util.List;

/** A sheet may be taken now. */
@Introspected
record HandedOutPage(String slug, long id, List<SheetBatch> batches, boolean undoable) {}
