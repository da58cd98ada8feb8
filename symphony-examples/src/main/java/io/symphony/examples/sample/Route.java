package io.symphony.examples.sample;

/** A page, the one method that it takes (empty: any), and whether its requests are traffic or our own plumbing. */
record Route(String method, Page page, boolean isTraffic) {
    static Route traffic(String method, Page page) {
        return new Route(method, page, true);
    }

    static Route plumbing(String method, Page page) {
        return new Route(method, page, false);
    }

    boolean takes(String asked) {
        return method.isEmpty() || method.equals(asked) || method.equals("GET") && asked.equals("HEAD");
    }

    String allowed() {
        return method.equals("GET") ? "GET, HEAD" : method;
    }
}
