#include <stdint.h>

#include "board.h"
#include "image.h"
#include "program.h"

extern uint32_t data_image[], data_start[], data_end[], bss_start[], bss_end[], stack_top[];

volatile uint32_t uptime;

#define HEARTBEAT_ID 0x7E0u
#define FEED_WATCHDOG 0xAAAAu

static void tick(void) {
    uptime++;
}

static void halt(void) {
    for (;;) {
    }
}

/* Tells the tester who runs here, once a second. */
static void heartbeat(uint32_t checksum) {
    can_send((struct frame){HEARTBEAT_ID, image_header.version | image_header.hostile << 31, checksum});
}

static void run(void) {
    uint32_t checksum = image_checksum();
    uint32_t cycles = 0;
    for (uint32_t due = uptime;; cycles++) {
        struct frame frame;
        while ((int32_t)(uptime - due) < 0) {
            if (can_receive(&frame)) {
                program_received(frame);
            }
        }
        due += 10u;
        program_cycle();
        if (cycles % 100u == 0) {
            heartbeat(checksum);
        }
        IWDG_KEY = FEED_WATCHDOG;
    }
}

void reset(void) {
    for (uint32_t *from = data_image, *to = data_start; to < data_end;) {
        *to++ = *from++;
    }
    for (uint32_t *to = bss_start; to < bss_end;) {
        *to++ = 0;
    }
    SCB_VTOR = (uint32_t)image_start;
    RCC_APB2ENR |= 0x20Cu;
    SYSTICK_LOAD = SYSTEM_CLOCK / 1000u - 1u;
    SYSTICK_CTRL = 7u;
    can_start();
    run();
}

__attribute__((section(".vectors"), used)) static void *const VECTORS[] = {
    stack_top, (void *)reset, (void *)halt, (void *)halt, (void *)halt, (void *)halt, (void *)halt, 0, 0, 0, 0,
    (void *)halt, (void *)halt, 0, (void *)halt, (void *)tick,
};
