package io.symphony.examples;

/** The bundled program. */
public final class Symphony {
    private Symphony() {}

    /** Says which version this is. */
    public static void main(String[] args) {
        System.out.println("symphony " + Symphony.class.getPackage().getImplementationVersion());
    }
}
