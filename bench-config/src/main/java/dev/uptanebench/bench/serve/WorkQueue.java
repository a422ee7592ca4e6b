package dev.uptanebench.bench.serve;

import dev.uptanebench.vehicle.http.Response;
import dev.uptanebench.vehicle.http.socket.Delivery;
import dev.uptanebench.vehicle.uptane.Bytes;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** What takes disk or database, one after the other and away from the sockets. Beyond a number, others have to wait. */
final class WorkQueue implements AutoCloseable {
    private static final int MOST_WAITING = 256;
    private static final int PATIENCE_SECONDS = 20;
    private static final int UNAVAILABLE = 503;

    private final ThreadPoolExecutor thread = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MOST_WAITING), new DefaultThreadFactory("oem", true));

    CompletionStage<Delivery> answer(Callable<Response> work) {
        CompletableFuture<Delivery> answer = new CompletableFuture<>();
        try {
            thread.execute(() -> {
                try {
                    answer.complete(Delivery.of(work.call()));
                } catch (Exception e) {
                    System.err.println("serve: " + e.getMessage());
                    answer.completeExceptionally(e);
                }
            });
        } catch (RejectedExecutionException e) {
            answer.complete(new Delivery.Content(UNAVAILABLE, Bytes.utf8("{\"error\":\"busy\"}")));
        }
        return answer;
    }

    /** What was begun comes to its end. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("serve: something does not end; what was published stands");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
