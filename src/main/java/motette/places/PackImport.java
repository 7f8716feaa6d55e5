package motette.places;

/**
 * A storey's part of the import: it reads its files of the city pack and brings its tables in step, any number of times.
 * Rows are added and corrected, never removed: something may refer to them.
 */
public interface PackImport {

    /** Lower storeys first. */
    int storey();

    /** Runs inside the one transaction of the import. */
    void importFrom(CityPack pack);
}
