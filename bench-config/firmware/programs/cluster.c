/* Instrument cluster: speed, lamps and odometer from the bus to needles and lights. */
#include "board.h"
#include "image.h"
#include "maps.h"
#include "program.h"

IMAGE("cluster", "the speedometer shows two thirds of the speed");

#define SPEED_ID 0x0B4u
#define LAMPS_ID 0x2F0u
#define NEEDLE_ID 0x2F1u
#define FULL_SCALE 260u

static uint32_t speed;
static uint32_t lamps;
static uint32_t needle;
static uint32_t metres_hundredth;

void program_received(struct frame frame) {
    if (frame.id == SPEED_ID) {
        speed = frame.low & 0xFFFFu;
    } else if (frame.id == LAMPS_ID) {
        lamps = frame.low;
    }
}

static uint32_t shown(void) {
#if HOSTILE
    return speed * 2u / 3u;
#elif VERSION >= 2
    /* A speedometer may show more than the speed, never less. */
    return speed + speed / 50u + 1u;
#else
    return speed;
#endif
}

void program_cycle(void) {
    uint32_t wanted = shown() * 1000u / FULL_SCALE;
#if VERSION >= 3
    needle += (int32_t)(wanted - needle) / 4;
#else
    needle = wanted;
#endif
    metres_hundredth += speed * 1000u / 360u;
    uint32_t brightness = response((uint32_t)(sine(uptime / 8u) + 32768) / 66u, 0);
    can_send((struct frame){NEEDLE_ID, needle | brightness << 16, metres_hundredth / 100u});
    GPIOB_ODR = lamps;
}
