package io.symphony.proxy.embed;

import io.symphony.proxy.Field;
import io.symphony.proxy.ForwardRequest;
import io.symphony.proxy.Forwarder;
import io.symphony.proxy.Origin;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Forwards what a Jakarta Servlet container is asked, with no thread that waits: asynchronous, and without blocking
 * reads and writes. It must be registered as one that supports that.
 *
 * <pre>{@code
 * ServletRegistration.Dynamic acts = context.addServlet("acts", new ForwardingServlet(forwarder));
 * acts.addMapping("/*");
 * acts.setAsyncSupported(true);
 * }</pre>
 *
 * <p>Replicas see the whole path, with that of the context. The forwarder stays its giver's to close.
 */
public final class ForwardingServlet extends HttpServlet {

    private static final long serialVersionUID = 1;
    private static final String BROKEN = ForwardingServlet.class.getName() + ".broken";

    private final transient Forwarder forwarder;

    public ForwardingServlet(Forwarder forwarder) {
        this.forwarder = forwarder;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (request.getDispatcherType() == DispatcherType.ASYNC) {
            throw new IOException("the replica's response broke off: " + request.getAttribute(BROKEN));
        }
        ForwardRequest forwarded;
        try {
            forwarded = forwarded(request);
        } catch (IllegalArgumentException malformed) {
            response.sendError(HttpServletResponse.SC_BAD_REQUEST);
            return;
        }
        AsyncContext async = request.startAsync(request, response);
        async.setTimeout(0); // the forwarder has the deadlines
        Download download = new Download(async);
        async.addListener(new Ending(download::cancel));
        download.begin(forwarder.answer(forwarded).toCompletableFuture());
    }

    /** Lets a container see that a response which has begun will not be whole: only an exception of ours tells it. */
    static void breakOff(AsyncContext async, Throwable cause) {
        async.getRequest().setAttribute(BROKEN, String.valueOf(cause.getMessage()));
        async.dispatch();
    }

    private static ForwardRequest forwarded(HttpServletRequest request) throws IOException {
        List<Field> fields = new ArrayList<>();
        for (String name : Collections.list(request.getHeaderNames())) {
            Collections.list(request.getHeaders(name)).forEach(value -> fields.add(new Field(name, value)));
        }
        String query = request.getQueryString() == null ? "" : "?" + request.getQueryString();
        ForwardRequest forwarded = ForwardRequest.of(request.getMethod(), request.getRequestURI() + query)
                .withFields(fields)
                .from(origin(request));
        return hasBody(request) ? forwarded.withBody(new ServletUpload(request)) : forwarded;
    }

    private static boolean hasBody(HttpServletRequest request) {
        long length = request.getContentLengthLong();
        boolean framed = request.getHeader("Transfer-Encoding") != null
                || !request.getProtocol().startsWith("HTTP/1");
        return length > 0 || length < 0 && framed;
    }

    private static Origin origin(HttpServletRequest request) throws IOException {
        return new Origin(
                address(request.getRemoteAddr(), request.getRemotePort()),
                address(request.getLocalAddr(), request.getLocalPort()),
                request.getScheme());
    }

    /** These are addresses, so no name is looked up. */
    private static InetSocketAddress address(String literal, int port) throws IOException {
        return new InetSocketAddress(InetAddress.getAllByName(literal)[0], port);
    }
}
