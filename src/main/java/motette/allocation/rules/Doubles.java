package motette.allocation.rules;

import java.math.BigInteger;

/** Doubles next to exact numbers, to see at a glance what needs no exact comparison. */
final class Doubles {

    private static final int BITS = 64;

    private Doubles() {}

    /** The quotient of two whole numbers not below zero, less than one unit in the last place away. */
    static double quotient(BigInteger dividend, BigInteger divisor) {
        int shift = BITS + divisor.bitLength() - dividend.bitLength();
        var quotient =
                shift >= 0 ? dividend.shiftLeft(shift).divide(divisor) : dividend.divide(divisor.shiftLeft(-shift));
        return Math.scalb(quotient.doubleValue(), -shift);
    }
}
