package io.symphony.proxy.embed;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.symphony.proxy.ForwardResponse;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;

/** A container, such as Tomcat, that holds a lock while it calls us, and takes it when it is asked what is ready. */
class ContainerLockTest {

    private final ReentrantLock lock = new ReentrantLock();
    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    private final CountDownLatch held = new CountDownLatch(1);
    private final CountDownLatch asked = new CountDownLatch(1);

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    @Test
    void anUploadHearsOfItsEndWhileItAsksForMore() throws Exception {
        ServletInputStream source = mock();
        when(source.isReady()).thenAnswer(call -> isReady());
        HttpServletRequest request = mock();
        when(request.getInputStream()).thenReturn(source);
        ServletUpload upload = new ServletUpload(request);
        upload.subscribe(Mockito.<Flow.Subscriber<ByteBuffer>>mock());
        upload.onDataAvailable();

        meet(upload::onAllDataRead, () -> upload.request(1));
    }

    @Test
    void aDownloadHearsOfAnotherPieceWhileItAsksWhetherToWrite() throws Exception {
        CompletableFuture<WriteListener> listener = new CompletableFuture<>();
        ServletOutputStream target = mock();
        when(target.isReady()).thenAnswer(call -> isReady());
        doAnswer(call -> listener.complete(call.getArgument(0))).when(target).setWriteListener(any());
        HttpServletResponse response = mock();
        when(response.getOutputStream()).thenReturn(target);
        AsyncContext async = mock();
        when(async.getResponse()).thenReturn(response);
        Download download = new Download(async);
        download.begin(CompletableFuture.completedFuture(new ForwardResponse(200, List.of(), mock())));
        WriteListener container = listener.get(20, TimeUnit.SECONDS);

        meet(() -> download.onNext(List.of(ByteBuffer.allocate(1))), () -> onWritePossible(container));
    }

    private static void onWritePossible(WriteListener container) {
        try {
            container.onWritePossible();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One thread of the container's has the lock and tells us something, while one of ours asks the container. */
    private void meet(Runnable told, Runnable asks) throws Exception {
        Future<?> container = threads.submit(() -> {
            lock.lock();
            try {
                held.countDown();
                asked.await();
                told.run();
            } finally {
                lock.unlock();
            }
            return null;
        });
        held.await();
        Future<?> ours = threads.submit(asks);

        container.get(20, TimeUnit.SECONDS);
        ours.get(20, TimeUnit.SECONDS);
    }

    private boolean isReady() throws InterruptedException {
        asked.countDown();
        lock.lockInterruptibly();
        try {
            return false;
        } finally {
            lock.unlock();
        }
    }
}
