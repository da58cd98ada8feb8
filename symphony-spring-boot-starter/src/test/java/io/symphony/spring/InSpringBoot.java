package io.symphony.spring;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** An application with an endpoint of its own, and replicas behind the rest: {@code --symphony.command=java,-jar,acts.jar}. */
@SpringBootApplication
@RestController
class InSpringBoot {

    public static void main(String[] options) {
        start(options);
    }

    static ConfigurableApplicationContext start(String... options) {
        return SpringApplication.run(InSpringBoot.class, options);
    }

    @GetMapping("/own")
    String own() {
        return "answered here";
    }
}
