package io.symphony.examples;

import io.symphony.examples.config.Configuration;
import io.symphony.examples.config.Parser;
import io.symphony.examples.config.Parsers;
import io.symphony.examples.config.Setting;
import io.symphony.proxy.ListenerException;
import io.symphony.proxy.admin.Admin;
import io.symphony.proxy.admin.AdminBuilder;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/** Where a person or a monitoring system looks at a service, and orders. */
final class AdminSettings {
    static final Setting<Optional<InetSocketAddress>> ADMIN = Setting.of("admin", "HOST:PORT|off", address())
            .fallback("127.0.0.1:9090")
            .saying("Dashboard, status, metrics and orders; off: none");
    static final Setting<String> ADMIN_TOKEN = Setting.of(
                    "admin-token",
                    "TOKEN",
                    Parsers.text()
                            .when(
                                    text -> !text.isEmpty() && text.chars().allMatch(c -> c > ' ' && c < 127),
                                    "visible ASCII without spaces"))
            .asSecret()
            .saying("What the admin listener demands; needed where other machines reach it. Others on this machine see"
                    + " flags, so rather use the variable");
    static final Setting<List<String>> ADMIN_NAME = Setting.many(
                    "admin-name", "HOST", Parser.each(Parsers.nonEmpty("a host name")))
            .saying("A name that browsers may call the admin listener by; repeatable");

    private AdminSettings() {}

    static List<Setting<?>> all() {
        return List.of(ADMIN, ADMIN_TOKEN, ADMIN_NAME);
    }

    static AdminPlan plan(Configuration values) {
        return new AdminPlan(
                values.value(ADMIN),
                values.find(ADMIN_TOKEN),
                values.find(ADMIN_NAME).orElse(List.of()));
    }

    private static Parser.Single<Optional<InetSocketAddress>> address() {
        Parser.Single<InetSocketAddress> address = Parsers.address();
        return text -> text.strip().equals("off") ? Optional.empty() : Optional.of(address.parse(text));
    }

    /**
     * The admin listener to be.
     *
     * @param at where; empty for none
     */
    record AdminPlan(Optional<InetSocketAddress> at, Optional<String> token, List<String> names) {

        /** Better known before anything is started than after. */
        void requirePort() throws CannotStart {
            if (at.isPresent()) {
                ListenPort.require(at.get(), ADMIN);
            }
        }

        /** Begins to listen, where we are to. */
        Optional<Admin> open(AdminBuilder builder) throws CannotStart {
            if (at.isEmpty()) {
                return Optional.empty();
            }
            builder.at(at.get().getHostString(), at.get().getPort()).knownAs(names.toArray(String[]::new));
            token.ifPresent(builder::token);
            try {
                return Optional.of(builder.start());
            } catch (ListenerException e) {
                throw new CannotStart(String.valueOf(e.getMessage()));
            }
        }

        /** Whether other machines could order without a token. */
        boolean isOpenToAll() {
            return token.isEmpty()
                    && at.map(each -> new InetSocketAddress(each.getHostString(), each.getPort()))
                            .filter(each -> !each.isUnresolved()) // that is another fault, and told by itself
                            .filter(each -> !each.getAddress().isLoopbackAddress())
                            .isPresent();
        }
    }
}
